import Foundation
import Glibc
import SpeechMarkup
import Testing

/// What is understood of markup, and what the engine is handed of it.
@Suite struct SSMLTests {
    /// The pieces as text: pauses as `(300)`, parts that others speak with what is wanted of them before them.
    private func written(_ text: String) throws -> String {
        try SSML(text).pieces.map { piece in
            switch piece {
            case .pause(let pause): return "(\(Int(pause / .milliseconds(1))))"
            case .speech(let part):
                let wishes = part.wishes.map { wish in
                    "{\(wish.names.joined(separator: "|"))\(wish.language ?? "")\(wish.sex ?? "")\(wish.variant.map(String.init) ?? "")}"
                }
                return wishes.joined() + part.engineText(base: 50).text
            }
        }.joined(separator: " ")
    }

    @Test(
        "what is understood is written anew, and nothing else",
        arguments: [
            ("hello", "hello"), ("<speak>hello</speak>", "hello"),
            (#"<?xml version="1.0"?><speak version='1.1' xml:lang="en">a</speak>"#, "{en}a"),
            ("a<!-- b > c -->d<?e f?>g", "adg"), ("<![CDATA[1 < 2 & <b>]]>", "1 < 2 & <b>"),
            ("fish &amp; chips &#233; &#xE9; &quot;&apos;", "fish & chips é é \"'"),
            ("&#60;audio src=&#x22;a&#34;/&gt;", "<audio src=\"a\"/>"), ("&amp;lt;", "&lt;"),
            ("<prosody rate='50%'>&amp;lt;</prosody>", #"<prosody rate="50%">&amp;lt;</prosody>"#),
            ("a\r\nb\rc", "a\nb\nc"),
            (#"a<break time = "1.5s" />b<break time='20ms'/>"#, "a (1500) b (20)"), ("<break>a</break>", "(400) a"),
            ("a<break strength='none'/>b", "ab"), ("<p>a</p><p>b<s>c</s></p>", "a (600) b (300) c"),
            ("<p>a</p><break time='1s'/><p>b</p>", "a (1000) b"), ("<p/>", ""), ("<P>a</P>", "a"),
            (#"<sub alias="a &gt; b">c<s>d</s></sub>"#, "a > b"),
            ("<metadata>a</metadata><b>b</b><script>c</script>", "b"), ("<h1>a</h1><br/>", "a"),
            (#"a<unheard-of x="1">b</unheard-of>c"#, "a b c"),
            (
                #"<prosody rate='slow' contour="(0%,+20Hz)" pitch="+2st">a</prosody>"#,
                #"<prosody rate="80%" pitch="62">a</prosody>"#
            ),
            (
                "<prosody rate='50%'>a<prosody rate='50%' volume='-6.0206dB'>b</prosody></prosody>",
                #"<prosody rate="50%">a</prosody><prosody rate="25%" volume="50">b</prosody>"#
            ),
            // The loudest is the engine's own: nothing is louder than it can be.
            (
                "a<prosody volume='+6.0206dB'>b</prosody>",
                #"<prosody volume="50">a</prosody>b"#
            ),
            (
                #"<voice name="roa/fr+f2" gender="female" required="name">a</voice>"#, "{roa/fr+f2female}a"
            ), (#"<voice name="TTS_DE-DE_ANNA en" variant="2">a</voice>"#, "{TTS_DE-DE_ANNA en|TTS_DE-DE_ANNA|en2}a"),
            (#"<say-as interpret-as="date">1/2</say-as>"#, "1/2"),
            (#"<say-as interpret-as="digits">Room 101</say-as>"#, "Room 1 0 1"),
            (#"<say-as interpret-as="characters">ab</say-as>"#, #"<say-as interpret-as="characters">ab</say-as>"#),
            (#"a <phoneme alphabet="x-espeak-ng" ph="h@l'oU">b</phoneme>[[c]]"#, "a  [[h@l'oU]]   c]]"),
        ])
    func understood(text: String, expected: String) throws {
        #expect(try written(text) == expected)
    }

    @Test(
        "more than one <speak>, and what stands around it, is spoken, with a warning",
        arguments: [
            ("<speak>a</speak><speak>b</speak>", ["line 1, column 17: a second <speak> is spoken too"]),
            ("<speak>a<speak>b</speak></speak>", ["line 1, column 9: <speak> within <speak> has no effect"]),
            ("<p><speak>b</speak></p>", ["line 1, column 1: what is outside", "line 1, column 4: <speak> within <p>"]),
            ("<speak>a</speak>\nb", ["line 1, column 17: what is outside <speak> is spoken too"]),
            ("<break/><speak>a</speak>", ["line 1, column 1: what is outside"]),
            ("<?xml version='1.0'?>\n<!-- c -->\n<speak>a</speak>\n", []), ("a <p>b</p>", []),
        ])
    func roots(text: String, warnings: [String]) throws {
        let told = try SSML(text).warnings.map(\.description)
        #expect(told.count == warnings.count && zip(told, warnings).allSatisfy { $0.hasPrefix($1) }, "\(told)")
    }

    @Test("the engine is handed prosody and letters, and the worker reads nothing else")
    func engineText() throws {
        for text in [
            "a &lt;b&gt;", #"<prosody rate="50%" pitch="99" range="10" volume="0">a</prosody>"#,
            #"<prosody rate="50%"><say-as interpret-as="characters">a</say-as></prosody>"#,
        ] { #expect(try EngineText(text).text == text) }
        for text in [
            "<speak>a</speak>", "<p>a</p>", "<break/>", #"<voice name="en">a</voice>"#,
            #"<prosody rate="x">a</prosody>"#,
            #"<prosody rate="50%" onload="a">a</prosody>"#, #"<audio src="a"/>"#, "<prosody>", "</prosody>", "&#1;",
            #"<prosody rate="1%"/>"#, #"<say-as interpret-as="audio">a</say-as>"#,
            "<prosody><prosody><prosody>a</prosody></prosody></prosody>",
        ] { #expect(throws: MarkupFinding.self, "\(text)") { try EngineText(text) } }
    }

    @Test("the table has every element and attribute of SSML 1.1 once")
    func table() {
        let names = SSML.table.map { "\($0.element) \($0.attribute ?? "")" }
        #expect(Set(names).count == names.count)
        let elements = [
            "speak", "lexicon", "lookup", "meta", "metadata", "p", "s", "token", "w", "say-as", "phoneme", "sub",
            "lang", "voice", "emphasis", "break", "prosody", "audio", "mark", "desc",
        ]
        #expect(Set(SSML.table.filter { $0.attribute == nil }.map(\.element)) == Set(elements))
    }

    @Test(
        "what stands for a file, a program or a command of the engine is refused",
        arguments: [
            (#"<audio src="/etc/hostname"/>"#, "<audio> would play a file"),
            ("<speak>a<AuDiO>b</AuDiO></speak>", "<AuDiO> would play a file"),
            (#"<x:audio src="a"/>"#, "<x:audio> would play a file"), (#"<lexicon uri="a"/>"#, "<lexicon> would read"),
            ("<p><s><prosody rate='slow'><audio/></prosody></s></p>", "<audio> would play a file"),
            (#"<voice name="en+../../../etc/hostname">a</voice>"#, "must be the name of a voice"),
            (#"<voice name="../../etc/hostname">a</voice>"#, "must be the name of a voice"),
            (#"<voice name="/etc/hostname">a</voice>"#, "must be the name of a voice"),
            (#"<voice name="mb/mb-de5">a</voice>"#, "starts no other program"),
            (#"<voice name="german-MBROLA-5">a</voice>"#, "starts no other program"),
            (#"<p xml:lang="../x">a</p>"#, "must be a language"), ("&#1;5V", "stands for no character"),
            ("&#x1;0I", "stands for no character"), ("a\u{1}0I", "holds the character 1"), ("&#0;", "no character"),
            ("&#xD800;", "no character"), ("&#1114112;", "no character"),
            ("&#x110000000000;", "does not begin a reference"),
            (
                #"<!DOCTYPE speak [<!ENTITY a SYSTEM "file:///etc/hostname">]><speak>&a;</speak>"#,
                "<! begins a declaration"
            ),
            ("&foo;", "&foo; is not known"), ("&nbsp;", "&nbsp; is not known"),
        ])
    func hostile(text: String, message: String) {
        #expect(finding(text)?.message.contains(message) == true, "\(finding(text)?.description ?? "accepted")")
    }

    @Test("a letter that espeak-ng takes for another one makes no element of it")
    func wideLetters() throws {
        // Of U+0161 its tag reader sees the low byte, 61, which is a.
        #expect(try SSML(#"<šudio src="/etc/hostname"/>"#).pieces.isEmpty)
    }

    @Test(
        "what is not well-formed is refused where it stands",
        arguments: [
            ("<p>a", 1, 1, "<p> is never closed; end it with </p>"), ("a</p>", 1, 2, "</p> ends nothing"),
            ("<p>\n<s>a</p></s>", 2, 5, "</p> is where </s> should be"),
            ("a & b", 1, 3, "& does not begin a reference"),
            ("1 < 2", 1, 3, "a tag has no name; for a < that is not a tag, write &lt;"),
            ("<p", 1, 1, "the tag is not closed by >"),
            ("<break time=1s/>", 1, 8, "the value of time in <break> needs quotes"),
            (#"<break time="1s/>"#, 1, 8, "is not closed by \""), ("<break time/>", 1, 8, "time has no value"),
            (#"<break a="1"b="2"/>"#, 1, 13, "is something that is not an attribute"),
            (#"<p xml:lang="a<b">"#, 1, 4, "is not ended by \" before the next tag"),
            (#"<p a="1" a="2">b</p>"#, 1, 10, "<p> has a twice"),
            ("</p a='1'>", 1, 5, "is something that is not an attribute"),
            ("é\n\n<!-- a", 3, 1, "<!-- is not closed by -->"), ("<!-- a -- b -->", 1, 1, "a comment holds --"),
            ("<![CDATA[ a", 1, 1, "<![CDATA[ is not closed by ]]>"),
            ("a]]>", 1, 2, "]]> is not the end of a CDATA section"),
            ("<?a", 1, 1, "<? is not closed by ?>"),
            ("a<?xml version='1.0'?>", 1, 2, "<?xml is for the very beginning"),
            ("<?xml version='1.0'", 1, 1, "<? is not closed by ?>"), ("<sub>a</sub>", 1, 1, "has no alias"),
        ])
    func broken(text: String, line: Int, column: Int, message: String) throws {
        let finding = try #require(self.finding(text))
        #expect(finding.line == line && finding.column == column && finding.message.contains(message), "\(finding)")
    }

    @Test(
        "a value that an element can't have is refused, with those that it can",
        arguments: [
            (
                #"<prosody rate="fastest">a</prosody>"#,
                "must be default, x-slow, slow, medium, fast, x-fast, or as in 80%"
            ),
            (#"<prosody volume="99999">a</prosody>"#, "must be default, silent"),
            (#"<prosody pitch="0x10">a</prosody>"#, "must be default, x-low"),
            (#"<break strength="huge"/>"#, "must be none, x-weak, weak, medium, strong, x-strong"),
            (#"<break time="1h"/>"#, "must be 0s...600s"), (#"<break time="601s"/>"#, "must be 0s...600s"),
            (#"<break time="-1s"/>"#, "must be 0s...600s"), (#"<voice variant="x">a</voice>"#, "must be 1...99"),
            (#"<break time="7200s"/>"#, "must be 0s...600s"),
            (#"<emphasis level="loud">a</emphasis>"#, "must be strong"),
        ])
    func wrongValues(text: String, message: String) {
        #expect(finding(text)?.message.contains(message) == true, "\(finding(text)?.description ?? "accepted")")
    }

    @Test("pauses are ten minutes in all, and elements lie sixteen deep, at the most")
    func bounds() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "<p>", count: depth) + "a" + String(repeating: "</p>", count: depth)
        }
        _ = try SSML(nested(16))
        #expect(finding(nested(17))?.message == "<p> is nested deeper than 16 elements")
        let pause = #"<break time="300s"/>"#
        _ = try SSML(pause + pause)
        #expect(finding(pause + pause + #"<break time="1ms"/>"#)?.message.contains("longer than 600 s in all") == true)
    }

    @Test(
        "what has no effect is told",
        arguments: [
            ("a <mark name='x'/>", "line 1, column 3: <mark> has no effect; what is in it is spoken"),
            (
                #"<phoneme ph="a">b</phoneme>"#,
                "line 1, column 1: ph of <phoneme> has no effect without alphabet=\"x-espeak-ng\""
            ),
            (
                #"<phoneme alphabet="ipa" ph="a">b</phoneme>"#,
                "line 1, column 10: alphabet=\"ipa\" of <phoneme> has no effect"
            ),
            (#"<prosody pitch="200Hz">a</prosody>"#, "line 1, column 10: pitch=\"200Hz\" of <prosody> has no effect"),
            ("<p>\n<prosody duration='1s'>a</prosody></p>", "line 2, column 10: duration of <prosody> has no effect"),
            (#"<speak xml:base="/etc/">a</speak>"#, "line 1, column 8: xml:base of <speak> has no effect"),
            (
                #"<say-as interpret-as="date">a</say-as>"#,
                "line 1, column 9: interpret-as=\"date\" of <say-as> has no effect"
            ),
        ])
    func warnings(text: String, message: String) throws {
        #expect(try SSML(text).warnings.map(\.description) == [message])
    }

    @Test("whatever is read, what is written holds nothing that the engine would resolve, and reads the same")
    func damaged() throws {
        var damage = Damage(seed: 7)
        var (accepted, tagged) = (0, 0)
        for _ in 0..<20_000 {
            let text = damage.text()
            guard let markup = try? SSML(text) else { continue }
            accepted += 1
            for case .speech(let part) in markup.pieces {
                let (written, isMarkup, _) = part.engineText(base: 50)
                #expect(SpokenCharacters.control(in: written) == nil)
                guard isMarkup else { continue }
                #expect(try EngineText(written).text == written, "\(text.debugDescription)")
                tagged += 1
                let tags = written.split(separator: "<").dropFirst(written.hasPrefix("<") ? 0 : 1)
                #expect(
                    tags.allSatisfy {
                        $0.wholeMatch(of: /\/?(prosody|say-as)( [a-z-]+="[a-z0-9%]+")*>.*/.dotMatchesNewlines()) != nil
                    })
            }
        }
        #expect(tagged > 200)
        #expect(accepted > 2000)
    }

    private func finding(_ text: String) -> MarkupFinding? {
        do throws(MarkupFinding) { _ = try SSML(text) } catch { return error }
        return nil
    }
}

/// The article about the table.
@Suite struct SSMLArticleTests {
    private static let path =
        "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        + "/Sources/SpeechSynthesis/SpeechSynthesis.docc/SSML.md"

    @Test("the article shows the table as it is; RERECORD=1 writes it anew")
    func article() throws {
        let rows = SSML.table.map { row in
            "| \(row.attribute == nil ? "`<\(row.element)>`" : "`\(row.attribute ?? "")` of `<\(row.element)>`") | \(row.handling.rawValue) | \(row.meaning) |\n"
        }
        let table = "| element, attribute | is | here |\n|---|---|---|\n" + rows.joined()
        let text = try String(contentsOfFile: Self.path, encoding: .utf8)
        let head = text.components(separatedBy: "| element, attribute |")[0]
        if getenv("RERECORD") != nil {
            try Data((head + table).utf8).write(to: URL(fileURLWithPath: Self.path))
            Issue.record("SSML.md was written anew: look at what has changed, and run without RERECORD")
        }
        #expect(text == head + table)
    }
}
