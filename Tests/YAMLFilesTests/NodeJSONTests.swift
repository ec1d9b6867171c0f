import RealTimeAPI
import Testing
import YAMLFiles
import Yams

/// What YAML is as JSON.
@Suite struct NodeJSONTests {
    /// The JSON text of a value.
    private func json(_ yaml: String) throws -> String {
        let root = try YAMLDocument.root("a: \(yaml)", of: "menu")
        let value = try #require(root.mapping?.first?.value)
        return String(decoding: try JSONText(encoding: value.json).bytes, as: UTF8.self)
    }

    @Test(
        "what is not quoted is a number, a truth value or nothing if JSON has it so, and text else",
        arguments: [
            ("1", "1"), ("-2", "-2"), ("1.50", "1.50"), ("1e3", "1e3"), ("true", "true"), ("false", "false"),
            ("null", "null"), ("~", "null"), ("", "null"),
            // YAML 1.1 takes these for numbers, truth values and nothing.
            ("007", #""007""#), ("+33612345678", #""+33612345678""#), (".5", #"".5""#), ("0x10", #""0x10""#),
            ("1_000", #""1_000""#), (".inf", #"".inf""#), ("yes", #""yes""#), ("off", #""off""#), ("True", #""True""#),
            ("Null", #""Null""#), ("2026-01-31", #""2026-01-31""#), ("12:30", #""12:30""#),
            ("hello", #""hello""#), ("Press 1.", #""Press 1.""#),
        ])
    func plain(_ yaml: String, _ expected: String) throws { #expect(try json(yaml) == expected) }

    @Test(
        "what is quoted, or a block, is text",
        arguments: [
            (#""1""#, #""1""#), ("'1'", #""1""#), ("'true'", #""true""#), ("'~'", #""~""#), ("''", #""""#),
            (#""a\tb""#, #""a\tb""#), ("|\n  1\n", #""1\n""#), (">-\n  1\n  2\n", #""1 2""#),
        ])
    func quoted(_ yaml: String, _ expected: String) throws { #expect(try json(yaml) == expected) }

    @Test(
        "lists and mappings keep their order",
        arguments: [
            ("[1, a, [~]]", #"[1,"a",[null]]"#), ("{b: 1, a: {c: x}}", #"{"b":1,"a":{"c":"x"}}"#), ("[]", "[]"),
            ("{}", "{}"),
            ("{1: x, true: y}", #"{"1":"x","true":"y"}"#),
        ])
    func collections(_ yaml: String, _ expected: String) throws { #expect(try json(yaml) == expected) }

    @Test("nothing is written where nothing, ~ or null is, without quotes")
    func null() throws {
        let root = try YAMLDocument.root("[~, null, \"~\", 'null', \"\", Null, {}]", of: "menu")
        #expect(try YAMLDocument.root("a:", of: "menu").mapping?.first?.value.isNull == true)
        let values = try #require(root.sequence)
        #expect(values.map(\.isNull) == [true, true, false, false, false, false, false])
    }
}
