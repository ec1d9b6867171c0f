import Foundation
import TestSupport
import Testing
import YAMLFiles
import Yams

/// What is read as YAML, and what is refused, and where.
@Suite struct YAMLDocumentTests {
    /// What is wrong with a text, with its line and column; nil if it is read.
    private func failure(_ text: String) -> String? {
        do throws(YAMLDocument.Failure) {
            _ = try YAMLDocument.root(text, of: "menu")
            return nil
        } catch { return "\(error.mark.line):\(error.mark.column): \(error.message)" }
    }

    @Test(
        "an error of any kind has its line and column",
        arguments: [
            ("", "1:1: is empty"),
            ("# a comment\n", "1:1: is empty"),
            ("a: [1, 2", "2:1: not YAML: while parsing a flow sequence did not find expected ',' or ']'"),
            ("a: {b: 1\nc: 2", "2:2: not YAML: while parsing a flow mapping did not find expected ',' or '}'"),
            ("a: 1\n b: 2", "2:3: not YAML: mapping values are not allowed in this context"),
            ("a: \"b", "1:6: not YAML: while scanning a quoted scalar found unexpected end of stream"),
            (
                "a: 1\nb:\n\t- c",
                "3:1: not YAML: while scanning for the next token found character that cannot start any token"
            ),
            ("a: 1\na: 2", "1:1: \"a\" appears more than once"),
            ("b:\n  a: 1\n  c: 2\n  a: 3\n", "2:3: \"a\" appears more than once"),
            ("a: 1\n---\nb: 1", "2:1: not YAML: but found another document"),
            ("a: *b", "1:4: not YAML: found undefined alias"),
            ("a: \u{7}", "1:1: not YAML: control characters are not allowed"),
            ("é: é: 1", "1:5: not YAML: mapping values are not allowed in this context"),
        ])
    func places(_ text: String, _ expected: String) { #expect(failure(text) == expected) }

    @Test("a text may have as many bytes as the limit, and none more")
    func limit() {
        let head = "a: "
        let longest = head + String(repeating: "x", count: YAMLDocument.maximumBytes - head.utf8.count)
        #expect(failure(longest) == nil)
        #expect(failure(longest + "x") == "1:1: has more than 262144 bytes, which no menu needs")
        // Bytes, not characters.
        #expect(failure(longest.dropLast() + "é") == "1:1: has more than 262144 bytes, which no menu needs")
    }

    @Test("values that are nested deeper than the parser allows are refused", arguments: ["[", "{a: ", "- ", "? "])
    func depth(_ level: String) throws {
        let text = try #require(failure(String(repeating: level, count: 20_000)))
        #expect(text.contains("not YAML"))
    }

    @Test(
        "an alias is refused, wherever it is and whatever it stands for",
        arguments: [
            "a: &x 1\nb: *x", "a: &x [1]\nb: [*x, *x]", "b: *x\na: &x 1", "a: &x\n  b: *x",
        ])
    func aliases(_ text: String) {
        #expect(failure(text) == "1:1: has an alias, *x, which menus can't: write the value out")
    }

    @Test(
        "an anchor that nothing refers to, and the signs in a text, are no alias",
        arguments: [
            "a: &x 1", "say: \"5 * 3 & 4\"", "say: \"press * or &\"", "a: \"*x\"", "a: \"AT&T, or *\"",
        ])
    func noAliases(_ text: String) { #expect(failure(text) == nil) }

    @Test("a byte order mark before UTF-8 is not part of the first name")
    func byteOrderMark() throws {
        let root = try YAMLDocument.root("\u{feff}a: 1", of: "menu")
        #expect(root.mapping?.first?.key.string == "a")
    }
}

/// How the text of a file is read.
@Suite struct YAMLFileTextTests {
    /// The text of a file with the bytes; or what is wrong with it.
    private func text(of bytes: [UInt8]) throws -> String {
        let folder = TestFolder()
        try folder.write(bytes, to: "f")
        return result(folder("f")).replacing(folder("f"), with: "f")
    }

    private func result(_ path: String) -> String {
        do throws(FileError) { return try YAMLDocument.text(path: path, of: "menu") } catch { return error.description }
    }

    @Test("UTF-8 is read, with a byte order mark too")
    func utf8() throws {
        #expect(try text(of: Array("a: é".utf8)) == "a: é")
        #expect(try text(of: [0xEF, 0xBB, 0xBF] + Array("a: 1".utf8)) == "\u{feff}a: 1")
    }

    @Test(
        "UTF-16 and Latin-1 are told to be no UTF-8",
        arguments: [
            [0xFF, 0xFE, 0x61, 0x00, 0x3A, 0x00], [0xFE, 0xFF, 0x00, 0x61, 0x00, 0x3A], [0x61, 0x3A, 0x20, 0xE9],
        ] as [[UInt8]])
    func otherEncodings(_ bytes: [UInt8]) throws {
        #expect(try text(of: bytes) == "f:1:1: error: is not UTF-8")
    }

    @Test("a file of as many bytes as the limit is read, and none longer")
    func limit() throws {
        let longest = [UInt8](repeating: 0x61, count: YAMLDocument.maximumBytes)
        #expect(try text(of: longest).utf8.count == longest.count)
        #expect(try text(of: longest + [0x61]) == "f:1:1: error: has more than 262144 bytes, which no menu needs")
    }

    @Test(
        "what is no file, and what is not there, is told",
        arguments: [
            ("/tmp", "/tmp:1:1: error: is not a file"), ("/dev/zero", "/dev/zero:1:1: error: is not a file"),
            ("/nosuch/menu.yaml", "/nosuch/menu.yaml:1:1: error: can't be opened: No such file or directory"),
        ])
    func noFile(_ path: String, _ expected: String) { #expect(result(path) == expected) }

    @Test("a pipe is not waited for")
    func pipe() throws {
        let folder = TestFolder()
        let path = folder("f")
        try #require(mkfifo(path, 0o600) == 0)
        #expect(result(path) == "\(path):1:1: error: is not a file")
    }
}
