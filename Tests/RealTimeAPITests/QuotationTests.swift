import Testing

@testable import RealTimeAPI

/// Text from outside, as people are shown it.
@Suite struct QuotationTests {
    @Test(
        "what acts on a terminal, ends a line or turns the direction of text is escaped as in JSON",
        arguments: [
            ("plain ~ é 😀", "plain ~ é 😀"),
            ("a\u{1B}]0;t\u{7}", #"a\u001b]0;t\u0007"#), ("a\nb\r\tc", #"a\u000ab\u000d\u0009c"#),
            ("\u{7F}\u{80}\u{9B}2J\u{9F}\u{A0}", #"\u007f\u0080\u009b2J\u009f"# + "\u{A0}"),
            ("\u{202A}\u{202E}\u{2066}\u{2069}\u{200F}\u{61C}", #"\u202a\u202e\u2066\u2069\u200f\u061c"#),
            ("\u{2028}\u{2029}\u{85}", #"\u2028\u2029\u0085"#), ("\u{FEFF}\u{200B}\u{AD}", #"\ufeff\u200b\u00ad"#),
            ("\u{E0041}", #"\udb40\udc41"#), ("\0", #"\u0000"#),
        ])
    func harmless(text: String, shown: String) throws {
        #expect(text.harmless == shown && shown.harmless == shown)
        // As JSON it is the same text.
        var parser = JSONParser(Array("\"\(shown)\"".utf8))
        #expect(try parser.whole() == .string(text))
    }

    @Test("JSON that is shown is the same JSON")
    func json() throws {
        let text = "{\"a\u{9B}\\\\\u{202E}\":\"\\\"\u{2028}\"}"
        var (parser, shown) = (JSONParser(Array(text.utf8)), JSONParser(Array(text.harmless.utf8)))
        #expect(try parser.whole() == shown.whole() && text.harmless.utf8.allSatisfy { 32..<127 ~= $0 })
    }

    @Test("a text that is too long to be spoken here is a warning")
    func longText() {
        func findings(_ count: Int) -> [Finding] {
            Command.play(Play(.speech(String(repeating: "a", count: count), voice: "TTS_EN-GB_SERENA"))).findings
        }
        #expect(findings(Media.longestText).isEmpty)
        #expect(findings(Media.longestText + 1).map(\.severity) == [.warning])
        #expect(
            findings(Media.longestText + 1).first?.description
                == "/media_id: the text has 16385 bytes and may not be spoken; 16384 are spoken here: divide it")
    }
}
