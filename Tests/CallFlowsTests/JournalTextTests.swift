import Foundation
import RealTimeAPI
import Testing

@testable import CallFlows

/// The text of journals, which comes back byte for byte through any JSON, and the secret that they are authenticated with.
@Suite struct JournalTextTests {
    private func written(_ text: String) -> String {
        var bytes: [UInt8] = []
        JournalText.append(text, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func `what a JSON writer may escape, what separates, and what is not ASCII is written in digits`() {
        for value in 0...127 as ClosedRange<UInt8> {
            let text = String(Character(Unicode.Scalar(value)))
            let isPlain = (33...126).contains(value) && !".%\"\\/".contains(text)
            let digits = (value < 16 ? "0" : "") + String(value, radix: 16)
            #expect(written(text) == (isPlain ? text : "%\(digits)"), "\(value)")
            #expect(JournalText.decode(Array(written(text).utf8)[...]) == text, "\(value)")
        }
        #expect(written("aé😀b") == "a%c3%a9%f0%9f%98%80b")
        #expect(JournalText.decode(Array("a%c3%a9%f0%9f%98%80b".utf8)[...]) == "aé😀b")
        #expect(written("") == "" && JournalText.decode([]) == "")
    }

    @Test func `numbers have eight digits, bytes two, and what is none is nil`() {
        for number: UInt32 in [0, 1, 0x9, 0xA, 0x0123_4567, 0x89AB_CDEF, .max] {
            let digits = JournalText.digits(number)
            #expect(digits.count == 8 && JournalText.number(digits[...]) == number)
        }
        #expect(String(decoding: JournalText.digits(0x0123_ABCD), as: UTF8.self) == "0123abcd")
        let bytes = (UInt8.min ... .max).map { $0 }
        var text: [UInt8] = []
        for byte in bytes { JournalText.append(hexadecimal: byte, to: &text) }
        #expect(String(decoding: text.prefix(8), as: UTF8.self) == "00010203" && text.count == 512)
        #expect(JournalText.bytes(hexadecimal: text[...]) == bytes)
        #expect(JournalText.bytes(hexadecimal: text[2...5]) == [1, 2])
        for wrong in ["0", "000", "0g", "g0", "0x"] {
            #expect(JournalText.bytes(hexadecimal: Array(wrong.utf8)[...]) == nil, "\(wrong)")
        }
        #expect(JournalText.number([]) == nil)
    }

    @Test func `a % that no digits follow is itself`() {
        for text in ["%", "%g0", "a%"] { #expect(JournalText.decode(Array(text.utf8)[...]) == text) }
        #expect(JournalText.decode(Array("%25%2e".utf8)[...]) == "%.")
    }

    @Test(arguments: [
        "", "2", "1.f.1.0.UP.", "3.f.1.0.UP.", "2.f.x.0.UP.", "2.f.1.x.UP.", "2.f.1.0.UP.q1", "2.f.1.0.UP.c",
        "2.f.1.0.UP.cx", "2.f.1.0.UP",
    ])
    func `another form is no journal`(_ text: String) {
        #expect(Journal(text: Array(text.utf8)[...]) == nil)
    }

    @Test(arguments: ["", "x", "Z1", "I", "Iq21", "ozzzzzzzz7", "f"])
    func `another form is no entry`(_ text: String) {
        #expect(JournalEntry(Array(text.utf8)[...]) == nil)
    }

    @Test func `every entry is read as it was written`() {
        for code in UInt8.min..<16 {
            for entry in [
                JournalEntry.result(code: code, ResultText("a.b")),
                .result(code: code, ResultText("-7", isNumber: true)),
                .failure(code: code, "é"), .refusal(code: code, ""),
            ] {
                var text: [UInt8] = []
                entry.append(to: &text)
                #expect(JournalEntry(text[...]) == entry && text[0] == 65 + code)
            }
        }
    }

    @Test func `a journal knows its end, and leaves out what happened before`() throws {
        var journal = Journal(flow: "f.%é", version: 3, firstStatus: .other("X.Y"))
        journal.append(.filler)
        journal.append(.value(name: 7, "{}"))
        journal.advance(to: .command)
        #expect(journal.ending == nil && journal.turn == 1)
        #expect(try #require(Journal(text: journal.text[...])) == journal)
        journal.advance(to: .filler)
        #expect(try #require(Journal(text: journal.text[...])) == journal)
        for conclusion in [Journal.Conclusion.completed, .failed, .rejected] {
            var ended = journal
            ended.advance(to: .ending(Journal.Ending(conclusion: conclusion, position: 12)))
            let read = try #require(Journal(text: ended.text[...]))
            #expect(read.ending == ended.ending && read.turn == 3 && read.entries == [] && read.flow == "f.%é")
            #expect(read.firstStatus == .other("X.Y") && read.version == 3)
        }
    }
}

/// Where the secret comes from.
@Suite struct JournalKeyTests {
    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "rtmedia-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }

    /// The code of a message, by which keys are told apart.
    private func code(_ variables: [String: String]) throws -> [UInt8] {
        try JournalKey.from { variables[$0] }.code([1, 2, 3])
    }

    @Test func `it is RTMEDIA_SECRET, or that of a file which is made once for its owner alone`() throws {
        try withFolder { folder in
            let secret = try code(["RTMEDIA_SECRET": "a secret of the tests", "HOME": folder])
            #expect(secret == testKey.code([1, 2, 3]) && secret.count == 32)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
            let made = try code(["HOME": folder, "XDG_STATE_HOME": ""])
            let file = "\(folder)/.local/state/rtmedia/secret"
            let text = try String(contentsOfFile: file, encoding: .utf8)
            #expect(text.wholeMatch(of: /[0-9a-f]{64}\n/) != nil)
            let attributes = try FileManager.default.attributesOfItem(atPath: file)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
            #expect(try code(["HOME": folder]) == made)
            #expect(try JournalKey(secret: String(text.dropLast())).code([1, 2, 3]) == made)
            let state = try code(["HOME": folder, "XDG_STATE_HOME": "\(folder)/state"])
            #expect(state != made && FileManager.default.fileExists(atPath: "\(folder)/state/rtmedia/secret"))
            // One that is named is read, and never made.
            #expect(try code(["RTMEDIA_SECRET_FILE": file]) == made)
            // The same text is the same key, wherever it stands.
            try Data("a secret of the tests\r\n".utf8).write(to: URL(filePath: file))
            #expect(try code(["RTMEDIA_SECRET_FILE": file]) == secret)
            try Data([UInt8](repeating: 0xFF, count: 32)).write(to: URL(filePath: file))
            #expect(throws: JournalKeyError("\(file): the secret is not text in UTF-8")) {
                try code(["RTMEDIA_SECRET_FILE": file])
            }
            #expect(throws: JournalKeyError.self) {
                try code(["RTMEDIA_SECRET_FILE": "\(folder)/none", "HOME": folder])
            }
        }
    }

    @Test func `what is wrong names the variable or the file`() throws {
        func message(_ variables: [String: String]) -> String? {
            do throws(JournalKeyError) {
                _ = try JournalKey.from { variables[$0] }
                return nil
            } catch { return error.description }
        }
        #expect(message([:]) == "set RTMEDIA_SECRET: there is no home folder to keep a secret in")
        #expect(
            message(["RTMEDIA_SECRET": "short"]) == "RTMEDIA_SECRET: the secret has 5 bytes, and at least 16 are needed"
        )
        #expect(message(["HOME": "/dev/null"])?.hasSuffix("; or set RTMEDIA_SECRET") == true)
        #expect(
            message(["RTMEDIA_SECRET": "a secret of the tests", "RTMEDIA_SECRET_FILE": "/dev/null"])
                == "set RTMEDIA_SECRET or RTMEDIA_SECRET_FILE, not both")
        try withFolder { folder in
            try FileManager.default.createDirectory(atPath: "\(folder)/rtmedia", withIntermediateDirectories: true)
            let file = "\(folder)/rtmedia/secret"
            _ = FileManager.default.createFile(
                atPath: file, contents: Data("short\n".utf8), attributes: [.posixPermissions: 0o600])
            #expect(
                message(["XDG_STATE_HOME": folder])
                    == "\(file): the secret has 5 bytes, and at least 16 are needed")
            #expect(
                message(["RTMEDIA_SECRET_FILE": file])
                    == "\(file): the secret has 5 bytes, and at least 16 are needed")
        }
    }
}
