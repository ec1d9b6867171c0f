import ArgumentParser
import AudioConversion
import Glibc
import RealTimeProtocol

/// `rtmedia validate`.
struct ValidateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Tell whether a handler's answer is one that the platform accepts, and if not, why.",
        discussion: """
            Reads responses, or requests, as JSON or as lines of JSON. Prints each finding with the JSON Pointer of its \
            field. Exits with 0 if there is no error, with 65 if there is one; warnings alone do not count.
            """
    )

    @Argument(help: "Files with JSON; - is standard input, which is read if none is named.", completion: .file())
    var files: [String] = ["-"]

    @Flag(help: "Validate requests, which the platform sends, instead of responses.")
    var request = false

    @Flag(help: "Report as JSON, one object per message and line.")
    var json = false

    @Flag(name: .shortAndLong, help: "Say nothing but errors.")
    var quiet = false

    func run() throws {
        var failure: ExitCode?
        for file in files {
            do throws(ConversionError) {
                for message in try Messages(file).messages where validate(message) {
                    failure = failure ?? ExitStatus.badData
                }
            } catch {
                failure = failure ?? ExitStatus.code(for: error)
                if json {
                    Console.data(jsonLine(FailureRecord(error, result: "failed")))
                } else {
                    Console.note("rtmedia: \(error)")
                }
            }
        }
        try Console.checkData()
        if let failure { throw failure }
    }

    /// Tells the findings on a message, and whether there is an error among them.
    private func validate(_ message: Messages.Message) -> Bool {
        let findings = request ? Request.validate(json: message.bytes) : Response.validate(json: message.bytes)
        let isRefused = findings.contains { $0.severity == .error }
        if json {
            Console.data(jsonLine(ValidateRecord(message, findings, isRefused: isRefused)))
            return isRefused
        }
        for finding in findings where finding.severity == .error || !quiet {
            Console.data("\(message.place): \(finding.severity.rawValue): \(finding)")
        }
        if findings.isEmpty, !quiet { Console.data("\(message.place): ok") }
        return isRefused
    }
}

/// The messages in a file: one, or one on each line.
private struct Messages {
    struct Message {
        let file: String
        /// From 1; nil if the file is one message.
        let line: Int?
        let bytes: ArraySlice<UInt8>

        var place: String { line.map { "\(file):\($0)" } ?? file }
    }

    let messages: [Message]

    /// The most bytes that are read: far more than a message can have.
    private static let limit = 256 << 20

    /// - Throws: `noInput` if the file can't be read, `limit` if it is too long.
    init(_ path: String) throws(ConversionError) {
        let name = path == "-" ? "standard input" : path
        let bytes = try Self.read(path, name: name)
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated().filter {
            _, line in
            line.contains { $0 > 32 }
        }
        // Several lines are several messages if the first of them is one by itself.
        if lines.count > 1, let first = lines.first?.element,
            (try? JSONText(String(decoding: first, as: UTF8.self))) != nil
        {
            messages = lines.map { Message(file: name, line: $0.offset + 1, bytes: $0.element) }
        } else {
            messages = [Message(file: name, line: nil, bytes: bytes[...])]
        }
    }

    private static func read(_ path: String, name: String) throws(ConversionError) -> [UInt8] {
        let number = path == "-" ? dup(0) : open(path, O_RDONLY | O_CLOEXEC)
        guard number >= 0 else { throw ConversionError(.noInput, file: name, "can't be opened: \(systemErrorText)") }
        defer { close(number) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(number, &buffer, buffer.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw ConversionError(.noInput, file: name, "can't be read: \(systemErrorText)") }
            if count == 0 { return bytes }
            bytes += buffer[..<count]
            guard bytes.count <= limit else {
                throw ConversionError(.limit, file: name, "holds more than the \(limit) bytes that are accepted")
            }
        }
    }
}

/// A validation in JSON.
private struct ValidateRecord: Encodable {
    struct Item: Encodable {
        let severity: String
        let pointer: String
        let message: String
    }

    let file: String
    let line: Int?
    let ok: Bool
    let findings: [Item]

    init(_ message: Messages.Message, _ findings: [Finding], isRefused: Bool) {
        file = message.file
        line = message.line
        ok = !isRefused
        self.findings = findings.map { Item(severity: $0.severity.rawValue, pointer: $0.pointer, message: $0.message) }
    }
}
