import Testing
import Yams

@testable import YAMLFiles

/// How a mapping is read, and what is found in it.
@Suite struct NodeReadingTests {
    private struct Reader: NodeReading {
        var findings = FileFindings(file: "f")
        var found: [String] { findings.sorted.map(\.description) }
    }

    private func root(_ yaml: String) throws -> Node { try YAMLDocument.root(yaml, of: "menu") }

    @Test("members keep their names, their places and their order")
    func members() throws {
        var reader = Reader()
        let members = try #require(reader.members(try root("b: 1\na:\n  é: 2\n"), "a menu"))
        #expect(members.pairs.map(\.name) == ["b", "a"])
        #expect(members.pairs.map(\.mark) == [FilePlace(line: 1, column: 1), FilePlace(line: 2, column: 1)])
        #expect(members["a"]?.place == FilePlace(line: 3, column: 3))
        #expect(members["c"] == nil)
        #expect(reader.found.isEmpty)
    }

    @Test("a column counts characters, not bytes")
    func column() throws {
        var reader = Reader()
        let members = try #require(reader.members(try root("{ \"é😀\": 1, b: 2 }"), "a menu"))
        #expect(members.pairs.map(\.mark) == [FilePlace(line: 1, column: 3), FilePlace(line: 1, column: 12)])
    }

    @Test("what is no mapping is told, where it stands", arguments: ["- a", "a", "[a, b]"])
    func noMapping(_ yaml: String) throws {
        var reader = Reader()
        #expect(reader.members(try root(yaml), "a menu") == nil)
        #expect(reader.found == [#"f:1:1: error: a menu must be written as "name: value" lines"#])
    }

    @Test("a name that is a list is told, and the others are read")
    func listAsName() throws {
        var reader = Reader()
        let members = try #require(reader.members(try root("a: 1\n? [b]\n: 2\nc: 3\n"), "a menu"))
        #expect(members.pairs.map(\.name) == ["a", "c"])
        #expect(reader.found == ["f:2:3: error: a name must be a word, not a list or a mapping"])
    }

    @Test("names that differ in style only are the same name")
    func duplicates() throws {
        var reader = Reader()
        // Yams takes a number and a text for different keys.
        _ = reader.members(try root("1: a\n'1': b\n"), "a menu")
        #expect(reader.found == [#"f:2:1: error: "1" appears more than once"#])
    }

    @Test(
        "a name that is not known is told with the one that may be meant",
        arguments: [
            ("voise", #"; did you mean "voice"?"#), ("vocie", #"; did you mean "voice"?"#),
            ("VOICE", #"; did you mean "voice"?"#),
            ("max-digits", #"; did you mean "max_digits"?"#), ("max", #"; did you mean "max_digits"?"#),
            ("say2", #"; did you mean "say"?"#),
            ("colour", ""), ("x", ""),
        ])
    func nearMisses(_ name: String, _ advice: String) throws {
        var reader = Reader()
        let members = try #require(reader.members(try root("say: a\n\(name): b"), "a menu"))
        reader.check(members, known: ["say", "voice", "max_digits"], of: "a menu")
        #expect(reader.found == ["f:2:1: error: a menu has no \"\(name)\"\(advice)"])
    }

    @Test("a whole number in the range is read, quoted or not", arguments: [("1", 1), ("20", 20), ("'7'", 7)])
    func whole(_ yaml: String, _ expected: Int) throws {
        var reader = Reader()
        #expect(reader.whole(try root(yaml), "digits", 1...20) == expected)
        #expect(reader.found.isEmpty)
    }

    @Test("any other is told with the range", arguments: ["0", "21", "1.5", "x", "[1]", "''", "99999999999999999999"])
    func notWhole(_ yaml: String) throws {
        var reader = Reader()
        #expect(reader.whole(try root(yaml), "digits", 1...20) == nil)
        #expect(reader.whole(try root(yaml), "digits", 50...(.max)) == nil)
        #expect(
            reader.found == [
                "f:1:1: error: digits must be a whole number, 1...20",
                "f:1:1: error: digits must be a whole number, 50 or more",
            ])
    }

    @Test("no number is no finding")
    func noNumber() {
        var reader = Reader()
        #expect(reader.whole(nil, "digits", 1...20) == nil && reader.found.isEmpty)
    }

    @Test("text is any scalar, and nothing else")
    func text() throws {
        var reader = Reader()
        #expect(reader.text(try root("hello"), "say") == "hello")
        #expect(reader.text(try root("'1'"), "say") == "1")
        #expect(reader.found.isEmpty)
        #expect(reader.text(try root("[a]"), "say") == nil)
        #expect(reader.found == ["f:1:1: error: say must be text"])
    }
}
