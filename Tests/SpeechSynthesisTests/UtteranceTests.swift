import RealTimeAPI
import SpeechSynthesis
import TelephonyAudio
import TestSupport
import Testing

/// What is refused before the engine is asked, and what is spoken.
@Suite(.waiting) struct UtteranceTests {
    private static let synthesizer = SpeechSynthesizer()

    private func failure(_ utterance: Utterance) async -> SpeechError? {
        await error { () throws(SpeechError) in try await Self.synthesizer.speech(for: utterance) }
    }

    @Test(
        "a text that is no text is refused, and it is said why",
        arguments: [
            ("", "the text is empty"), (" \t\n\u{A0}\u{3000}", "the text is empty"), ("a\0b", "holds a null byte"),
            ("\0", "holds a null byte"), ("a\u{1}20P", "holds the control character 1"),
            ("a\u{1B}[2J", "holds the control character 27"), ("...", "holds nothing that the voice gmw/en can speak"),
            ("★☆", "holds nothing that the voice gmw/en can speak"),
        ])
    func refused(text: String, message: String) async throws {
        let failure = try #require(await failure(Utterance(text, voice: "en-GB")))
        #expect(failure.code == .text && failure.reason.contains(message), "\(failure)")
        #expect(!failure.description.unicodeScalars.contains { $0.value < 32 })
    }

    @Test("a text may be as long as a message's")
    func longest() { #expect(SpeechLimits().maximumTextBytes == Media.longestText) }

    @Test(
        "bytes that are no UTF-8 are refused",
        arguments: [[0xFF], [0x41, 0xC3], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80]] as [[UInt8]])
    func notUTF8(bytes: [UInt8]) async throws {
        let failure = await error { () throws(SpeechError) in try Utterance(utf8: bytes, voice: "fr") }
        #expect(failure?.code == .text && failure?.reason.contains("UTF-8") == true)
    }

    @Test("rates and pitches are those that the engine has", arguments: [(79, 50), (451, 50), (175, -1), (175, 100)])
    func outOfRange(rate: Int, pitch: Int) async throws {
        var utterance = Utterance("Bonjour", voice: "fr")
        (utterance.rate, utterance.pitch) = (rate, pitch)
        #expect(await failure(utterance)?.code == .usage)
    }

    @Test("a text that is too long is refused, with the length that is accepted")
    func tooLong() async throws {
        let failure = try #require(await failure(Utterance(String(repeating: "a ", count: 600_000), voice: "fr")))
        #expect(failure.code == .limit)
        #expect(failure.reason == "the text has 1200000 bytes; 16384 are accepted; divide it")
        #expect(failure.subject.count < 50)
    }

    @Test(
        "what looks like the engine's own commands is only text",
        arguments: [
            "[[b@n'dZu@]] hello", "<speak>hello</speak> & < >", "--voices", "-v de", "%s%n hello", "he\u{301}llo",
        ])
    func harmless(text: String) async throws {
        #expect(try await !Self.synthesizer.speech(for: Utterance(text, voice: "en-GB")).pcm.bytes.isEmpty)
    }

    @Test(
        "whatever the text, there is audio or an error that names it",
        arguments: ["fr", "sit/cmn", "en-US", "he", "qu+f2"])
    func random(voice: String) async throws {
        var random = SplitMix64(seed: 5)
        var spoken = 0
        for index in 0..<40 {
            let scalars = (0..<Int.random(in: 1...60, using: &random)).map { _ -> Character in
                Character(Unicode.Scalar(UInt32.random(in: index % 2 == 0 ? 32...0x2FF : 32...0xD7FF, using: &random))!)
            }
            var utterance = Utterance(String(scalars), voice: voice)
            utterance.isSSML = index % 4 == 3
            do {
                #expect(try await !Self.synthesizer.speech(for: utterance).pcm.bytes.isEmpty)
                spoken += 1
            } catch {
                #expect(
                    error.code == .text || error.code == .markup && utterance.isSSML,
                    "\(utterance.text.unicodeScalars.map(\.value)): \(error)")
            }
        }
        // Those without markup, but for a few that no voice can say.
        #expect(spoken >= 20)
    }

    @Test(
        "SSML that is not well-formed is refused with the place and the remedy",
        arguments: [
            ("<speak>hello", "the SSML is refused: line 1, column 1: <speak> is never closed; end it with </speak>"),
            ("<speak>a\n & b</speak>", "line 2, column 2: & does not begin a reference; write &amp;"),
            ("<speak>1 < 2</speak>", "line 1, column 10: a tag has no name; for a < that is not a tag, write &lt;"),
        ])
    func brokenMarkup(text: String, message: String) async throws {
        var utterance = Utterance(text, voice: "en-GB")
        utterance.isSSML = true
        let failure = try #require(await failure(utterance))
        #expect(failure.code == .markup && failure.reason.contains(message), "\(failure)")
        utterance.isSSML = false
        #expect(await self.failure(utterance) == nil)
    }

    @Test(
        "SSML that is well-formed is spoken",
        arguments: [
            "<speak>hello</speak>", "hello", #"<?xml version="1.0"?><speak version='1.1' xml:lang="en">hello</speak>"#,
            "<!-- a > b --><p><s>hello</s></p>", "fish &amp; chips &#233; &#xE9;", #"a <break time = "1s" /> b"#,
            #"<mark name="a>b"/>hello"#, "<unheard-of>hello</unheard-of>", "<p>étoile</p >", "<![CDATA[a < b]]>",
        ])
    func goodMarkup(text: String) async throws {
        var utterance = Utterance(text, voice: "en-GB")
        utterance.isSSML = true
        #expect(await failure(utterance) == nil)
    }
}
