import SpeechMarkup
import Testing

/// What is understood of markup, and what the engine is handed of it.
@Suite struct SSMLTests {
    @Test(
        "what is understood is written anew, and nothing else",
        arguments: [
            ("hello", "hello"), ("<speak>hello</speak>", "<speak>hello</speak>"),
            (#"<?xml version="1.0"?><speak version='1.1' xml:lang="en">a</speak>"#, #"<speak xml:lang="en">a</speak>"#),
            ("a<!-- b > c -->d<?e f?>g", "adg"), ("<![CDATA[1 < 2 & <b>]]>", "1 &lt; 2 &amp; &lt;b&gt;"),
            ("fish &amp; chips &#233; &#xE9; &quot;&apos;", "fish &amp; chips é é \"'"),
            ("&#60;audio src=&#x22;a&#34;/&gt;", "&lt;audio src=\"a\"/&gt;"),
            ("&amp;lt;", "&amp;lt;"), ("a\r\nb\rc", "a\nb\nc"),
            (#"<break time = "1.5s" /><break time='20ms'/>"#, #"<break time="1500ms"/><break time="20ms"/>"#),
            ("<break>a</break>", "<break/>a"), ("<p/>", "<p></p>"), ("<P>a</P>", "<p>a</p>"),
            (#"<sub alias="a &gt; b">c<s>d</s></sub>"#, "a &gt; b"),
            ("<metadata>a</metadata><b>b</b><script>c</script>", "b"), ("<h1>a</h1><br/>", "<p>a</p><br/>"),
            (#"a<unheard-of x="1">b</unheard-of>c"#, "a b c"),
            (
                #"<prosody rate='slow' contour="(0%,+20Hz)" pitch="+2st">a</prosody>"#,
                #"<prosody rate="slow" pitch="+2st">a</prosody>"#
            ),
            (
                #"<voice name="roa/fr+f2" gender="female" required="name">a</voice>"#,
                #"<voice name="roa/fr+f2" gender="female">a</voice>"#
            ),
            (#"<say-as interpret-as="date">1/2</say-as>"#, "1/2"),
            (#"<say-as interpret-as="characters">ab</say-as>"#, #"<say-as interpret-as="characters">ab</say-as>"#),
        ])
    func understood(text: String, expected: String) throws {
        let markup = try SSML(text)
        #expect(markup.engineText == expected)
        let again = try SSML(expected)
        #expect(again.engineText == expected && again.warnings.isEmpty)
    }

    @Test(
        "what stands for a file, a program or a command of the engine is refused",
        arguments: [
            (#"<audio src="/etc/hostname"/>"#, "<audio> would play a file"),
            ("<speak>a<AuDiO>b</AuDiO></speak>", "<AuDiO> would play a file"),
            (#"<x:audio src="a"/>"#, "<x:audio> would play a file"), (#"<lexicon uri="a"/>"#, "<lexicon> would read"),
            ("<p><s><prosody rate='slow'><audio/></prosody></s></p>", "<audio> would play a file"),
            (#"<voice name="en+../../../etc/hostname">a</voice>"#, "must be the name of a voice of this machine"),
            (#"<voice name="../../etc/hostname">a</voice>"#, "must be the name of a voice of this machine"),
            (#"<voice name="/etc/hostname">a</voice>"#, "must be the name of a voice of this machine"),
            (#"<voice name="mb/mb-de5">a</voice>"#, "starts no other program"),
            (#"<voice name="german-MBROLA-5">a</voice>"#, "starts no other program"),
            (#"<p xml:lang="../x">a</p>"#, "must be a language"), ("&#1;5V", "stands for no character"),
            ("&#x1;0I", "stands for no character"), ("a\u{1}0I", "holds the character 1"), ("&#0;", "no character"),
            ("&#xD800;", "no character"), ("&#1114112;", "no character"), ("&#x110000000000;", "begins no reference"),
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
        #expect(try SSML(#"<šudio src="/etc/hostname"/>"#).engineText == "  ")
    }

    @Test(
        "what is not well-formed is refused where it stands",
        arguments: [
            ("<p>a", 1, 1, "<p> is never closed; end it with </p>"), ("a</p>", 1, 2, "</p> ends nothing"),
            ("<p>\n<s>a</p></s>", 2, 5, "</p> is where </s> should be"), ("a & b", 1, 3, "& begins no reference"),
            ("1 < 2", 1, 3, "a tag has no name; for a < that is no tag write &lt;"),
            ("<p", 1, 1, "the tag is never ended by >"),
            ("<break time=1s/>", 1, 8, "the value of time in <break> needs quotes"),
            (#"<break time="1s/>"#, 1, 8, "is never ended by \""), ("<break time/>", 1, 8, "time has no value"),
            (#"<break a="1"b="2"/>"#, 1, 13, "stands something that is no attribute"),
            (#"<p xml:lang="a<b">"#, 1, 4, "is not ended by \" before the next tag"),
            (#"<p a="1" a="2">b</p>"#, 1, 10, "<p> has a twice"),
            ("</p a='1'>", 1, 5, "stands something that is no attribute"),
            ("é\n\n<!-- a", 3, 1, "<!-- is never ended by -->"), ("<!-- a -- b -->", 1, 1, "a comment holds --"),
            ("<![CDATA[ a", 1, 1, "<![CDATA[ is never ended by ]]>"), ("a]]>", 1, 2, "]]> ends no CDATA section"),
            ("<?a", 1, 1, "<? is never ended by ?>"),
            ("a<?xml version='1.0'?>", 1, 2, "<?xml is for the very beginning"),
            ("<?xml version='1.0'", 1, 1, "<? is never ended by ?>"), ("<sub>a</sub>", 1, 1, "has no alias"),
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
            (#"<break time="-1s"/>"#, "must be 0s...600s"), (#"<voice age="x">a</voice>"#, "must be 1...120"),
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
        #expect(finding(nested(17))?.message == "<p> lies deeper than 16 elements")
        let pause = #"<break time="300s"/>"#
        _ = try SSML(pause + pause)
        #expect(finding(pause + pause + #"<break time="1ms"/>"#)?.message.contains("longer than 600 s in all") == true)
    }

    @Test(
        "what has no effect is told",
        arguments: [
            ("a <mark name='x'/>", "line 1, column 3: <mark> has no effect; what is in it is spoken"),
            (#"<phoneme ph="a">b</phoneme>"#, "line 1, column 1: <phoneme> has no effect; what is in it is spoken"),
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
        var accepted = 0
        for _ in 0..<20_000 {
            let text = damage.text()
            guard let markup = try? SSML(text) else { continue }
            accepted += 1
            let written = markup.engineText
            let again = try SSML(written)
            #expect(again.engineText == written && again.warnings.isEmpty, "\(text.debugDescription)")
            for part in ["<audio", "<lexicon", "xml:base", "src=", "+.", "../"] {
                // In the text they are only text.
                let tags = written.split(separator: "<").dropFirst(written.hasPrefix("<") ? 0 : 1).map {
                    "<" + $0.prefix { $0 != ">" }
                }
                #expect(!tags.contains { $0.lowercased().contains(part) }, "\(text.debugDescription)")
            }
            #expect(SpokenCharacters.control(in: written) == nil)
        }
        #expect(accepted > 2000)
    }

    private func finding(_ text: String) -> MarkupFinding? {
        do throws(MarkupFinding) { _ = try SSML(text) } catch { return error }
        return nil
    }
}
