import Foundation
import TestSupport
import Testing

@testable import RealTimeAPI

/// The schema beside what validates, by the judgment of Python's `jsonschema`.
@Suite("Schema", .waiting)
struct SchemaTests {
    @Test("the schema is valid, and refuses just the messages in which there are errors")
    func agreement() throws {
        let corpus = try Corpus()
        let folder = TestFolder()
        try folder.write(JSONSchema.text, to: "schema.json")
        try folder.write(corpus.lines.joined(separator: "\n"), to: "lines.jsonl")
        // Python 3.12 and later call what all versions know deprecated.
        let judge = try RunningProgram.run(
            "/usr/bin/python3",
            ["-W", "ignore", #filePath.replacing("SchemaTests.swift", with: "schema.py"), folder("schema.json")],
            input: folder("lines.jsonl"))
        #expect(judge.status == 0, "\(judge.errors)")
        #expect(judge.text == "\(corpus.lines.count) messages, \(corpus.verdictCount) verdicts\n")
        // Or else the judge would have seen little.
        #expect(corpus.lines.count > 3000 && corpus.validCount > 1000 && corpus.verdictCount - corpus.validCount > 3000)
    }

    @Test("the schema has a definition of requests, responses, targets and every command, and no other")
    func definitions() throws {
        let schema = try JSONText(JSONSchema.text).value
        #expect(schema["$schema"] == .string("https://json-schema.org/draft/2020-12/schema"))
        #expect(schema["$ref"] == .string("#/$defs/Response"))
        guard case .object(let definitions)? = schema["$defs"] else { throw JSONError(offset: 0, reason: "no $defs") }
        #expect(definitions.map(\.name) == ["Request", "Response", "Target"] + Command.names)
    }
}

/// Messages, and what validates says of them.
private struct Corpus {
    private(set) var lines: [String] = []
    private(set) var verdictCount = 0
    private(set) var validCount = 0

    init() throws {
        for object in ObjectCase.all {
            for text in Self.texts(object) {
                try add(Array(object.message(text).utf8))
                if Command.names.contains(object.name) || object.name == "Target" {
                    try add(Array(text.utf8), definition: object.name)
                }
            }
        }
        for example in CommandExample.all { try add(Response(example.command, commandID: "x").json) }
        for message in MessageTests.pageExamples { try add(Array(message.utf8)) }
        for number in 0..<10_000 { try add(DamagedMessage.bytes(number)) }
    }

    /// An object with every value that its members may and may not have, and what is no such object.
    private static func texts(_ object: ObjectCase) -> [String] {
        let changed = object.fields.flatMap { field in
            (field.accepted + field.refused).map { object.text([field.name: $0]) } + [
                object.text([field.name: nil as String?])
            ]
        }
        return changed + [
            object.text(), object.text(more: #""x":[7]"#), "null", "true", "7", "1.5", #""x""#, "[]", "[7]", "{}",
        ]
    }

    /// Adds a message, or a part of one that a definition is for.
    private mutating func add(_ bytes: [UInt8], definition: String? = nil) throws {
        // Depth is a thing that a schema can't tell, and so is what stands behind the format of a WAV file.
        let isTooDeep = Request.validate(json: bytes).contains { $0.message.contains("nesting deeper") }
        guard !isTooDeep, try !Self.isOddWAV(bytes) else { return }
        let verdicts =
            (try? JSONText(String(validating: bytes, as: UTF8.self) ?? "")) == nil ? [] : verdicts(bytes, definition)
        verdictCount += verdicts.count
        validCount += verdicts.filter(\.isValid).count
        let members = verdicts.map { JSON.Member($0.name, .bool($0.isValid)) }
        let line = JSON.object([
            .init("text", .string(Data(bytes).base64EncodedString())), .init("verdicts", .object(members)),
        ])
        lines.append(String(decoding: JSONWriter.bytes(line), as: UTF8.self))
    }

    /// Whether a file in base64 is refused that begins as one that may be right.
    private static func isOddWAV(_ bytes: [UInt8]) throws -> Bool {
        guard let text = String(validating: bytes, as: UTF8.self), let value = (try? JSONText(text))?.value,
            case .string(let audio)? = (value["params"] ?? value)["audio_data"]
        else { return false }
        return try Regex(WAVText.pattern).firstMatch(in: audio) != nil
            && WAVText.findings(audio).contains { $0.severity == .error }
    }

    private func verdicts(_ bytes: [UInt8], _ definition: String?) -> [(name: String, isValid: Bool)] {
        guard let definition else {
            let isResponse = !Response.validate(json: bytes).containsError
            return [
                ("", isResponse), ("Response", isResponse), ("Request", !Request.validate(json: bytes).containsError),
            ]
        }
        var parser = JSONParser(bytes)
        guard let value = try? parser.whole() else { return [] }
        let object = CommandForm.byName[definition]?.definition ?? Dialout.Target.definition
        return [(definition, !object.findings(value).containsError)]
    }
}
