import TelephonyAudio
import TestSupport
import Testing

@testable import SpeechSynthesis

/// How words of a lexicon, numbers and letters of other scripts are spoken.
@Suite(.waiting) struct LexiconTests {
    private static let synthesizer = SpeechSynthesizer()

    private func entry(_ word: String, _ spoken: String, _ language: String? = nil) -> Lexicon.Entry {
        Lexicon.Entry(word: word, language: language, pronunciation: .text(spoken))!
    }

    private func sound(_ text: String, _ entries: [Lexicon.Entry], voice: String = "gmw/en", ssml: Bool = false)
        async throws -> [UInt8]
    {
        var utterance = Utterance(text, voice: voice)
        utterance.lexicon = Lexicon(entries)
        utterance.isSSML = ssml
        return try await Self.synthesizer.speech(for: utterance).pcm.bytes
    }

    @Test(
        "words are replaced as wholes, those with capitals only as they are written, the longest first",
        arguments: [
            ("gif gifts", "jif gifts"), ("A Gif.", "A jif."), ("US and us", "U S and us"), ("New York", "Big Apple"),
            ("new york", "new york"), ("gif", "jif"), ("gif2", "gif2"),
        ])
    func words(text: String, spoken: String) async throws {
        let entries = [entry("gif", "jif"), entry("US", "U S"), entry("New", "Old"), entry("New York", "Big Apple")]
        #expect(try await sound(text, entries) == EngineTool.samples(spoken, voice: "gmw/en"))
    }

    @Test("a word of one language is spoken so by its voices alone")
    func language() async throws {
        let entries = [entry("chat", "minou", "fr"), entry("one", "two", "en-US")]
        #expect(try await sound("chat", entries, voice: "roa/fr") == EngineTool.samples("minou", voice: "roa/fr"))
        #expect(try await sound("chat one", entries) == EngineTool.samples("chat one", voice: "gmw/en"))
        #expect(try await sound("one", entries, voice: "gmw/en-US") == EngineTool.samples("two", voice: "gmw/en-US"))
        let mixed = try await sound("chat <lang xml:lang='fr'>chat</lang>", entries, ssml: true)
        #expect(try mixed == EngineTool.samples("chat", voice: "gmw/en") + EngineTool.samples("minou", voice: "roa/fr"))
    }

    @Test("sounds are spoken as espeak-ng's tool speaks them, and brackets of a text are none")
    func phonemes() async throws {
        let sounds = try #require(Lexicon.Entry(word: "hello", pronunciation: .phonemes("h@l'oU")))
        #expect(try await sound("hello", [sounds]) == EngineTool.samples("[[h@l'oU]]", voice: "gmw/en"))
        #expect(try await sound("[[tu:]]", []) != EngineTool.samples("[[tu:]]", voice: "gmw/en"))
        #expect(try await sound("hello [[tu:]]", [sounds]) != EngineTool.samples("[[h@l'oU]] [[tu:]]", voice: "gmw/en"))
        for bad in ["", "a]]b", "_^_fr a", "é", "a\nb", "<b>"] {
            #expect(Lexicon.Entry(word: "a", pronunciation: .phonemes(bad)) == nil)
        }
        #expect(Lexicon.Entry(word: " ", pronunciation: .text("a")) == nil)
        #expect(Lexicon.Entry(word: "a", language: "../x", pronunciation: .text("a")) == nil)
        #expect(Lexicon.Entry(word: "a", pronunciation: .text("a\u{1}b")) == nil)
    }

    @Test(
        "sounds that a voice does not know are told, in a lexicon and in markup, and are left out, as the engine does")
    func unknownSounds() async throws {
        func warnings(_ phonemes: String, voice: String = "gmw/en") async throws -> [String] {
            var utterance = Utterance("hi there", voice: voice)
            utterance.lexicon = Lexicon([Lexicon.Entry(word: "hi", pronunciation: .phonemes(phonemes))!])
            let warnings = try await Self.synthesizer.speech(for: utterance).warnings
            var markup = Utterance(
                "<phoneme alphabet='x-espeak-ng' ph=\"\(phonemes)\">hi</phoneme> there", voice: voice)
            markup.isSSML = true
            #expect(try await Self.synthesizer.speech(for: markup).warnings == warnings)
            return warnings
        }
        for (phonemes, unknown) in [("zzz!!", "!!"), ("zzz!!%%", "!!%%"), ("h@9l'oU", "9l'oU"), ("a Q!", "!")] {
            let told = try await warnings(phonemes)
            #expect(
                told.count == 1
                    && told[0].hasPrefix(
                        "gmw/en (English (Great Britain)) knows no sound \"\(unknown)\" of [[\(phonemes)]];"),
                "\(told)")
            let known = phonemes.replacing(unknown, with: "")
            #expect(
                try EngineTool.samples("[[\(phonemes)]]", voice: "gmw/en")
                    == EngineTool.samples("[[\(known)]]", voice: "gmw/en"))
        }
        for phonemes in ["h@l'oU", "nw'i@n", "t|S", "a||b", "'aI ,@m"] {
            #expect(try await warnings(phonemes).isEmpty, "\(phonemes)")
        }
        // What one language has another one lacks.
        #expect(try await warnings("y", voice: "gmw/de").isEmpty)
        #expect(try await warnings("W~", voice: "gmw/en").count == 1)
        #expect(try await warnings("W~", voice: "roa/fr").isEmpty)
    }

    @Test("every voice of the machine knows its sounds, and no others")
    func soundTables() async throws {
        for voice in try await Self.synthesizer.catalog().voices {
            #expect(try await Self.synthesizer.catalog().unknownSound(in: "^^^", of: voice) != nil, "\(voice.file)")
            #expect(try await Self.synthesizer.catalog().unknownSound(in: "t", of: voice) == nil, "\(voice.file)")
        }
    }

    @Test("numbers are said digit by digit if that is wanted")
    func digits() async throws {
        var utterance = Utterance("Room 4711.", voice: "gmw/en")
        utterance.saysDigits = true
        #expect(
            try await Self.synthesizer.speech(for: utterance).pcm.bytes
                == EngineTool.samples("Room 4 7 1 1.", voice: "gmw/en"))
    }

    @Test(
        "what a voice can't read is told, and what it can is not",
        arguments: [
            ("東京 です", "ja", "can't pronounce 2 of 4 letters: 東京; write Japanese in kana"), ("です", "ja", nil),
            ("你好", "zh", nil), ("你好", "zh-HK", nil), ("你好 hello", "en", "can't pronounce 2 of 7 letters: 你好"),
            ("さ", "en", "use a Japanese voice"), ("สวัสดี", "en", "use a voice of that language"),
            ("Привет Γειά hello", "fr", nil),
        ] as [(String, String, String?)])
    func legibility(text: String, voice: String, warning: String?) async throws {
        let warnings = try await Self.synthesizer.speech(for: Utterance(text, voice: voice)).warnings
        #expect(warnings.count == (warning == nil ? 0 : 1))
        if let warning { #expect(warnings.first?.contains(warning) == true, "\(warnings)") }
    }

    @Test("Mandarin is read with the sounds of Mandarin, in characters and in Pinyin")
    func mandarin() async throws {
        #expect(
            try EngineTool.phonemes("你好", voice: "sit/cmn-Latn-pinyin")
                == EngineTool.phonemes("ni3 hao3", voice: "sit/cmn-Latn-pinyin"))
        for name in ["zh", "cmn", "zho", "TTS_ZH-CN_TINGTING", "zh-TW"] {
            #expect(try await Self.synthesizer.catalog().standIn(for: name).voice.file == "sit/cmn-Latn-pinyin")
        }
        #expect(try await Self.synthesizer.catalog().standIn(for: "sit/cmn").file == "sit/cmn")
    }

    @Test(
        "codes of three letters are those of two",
        arguments: [("fra", "fr"), ("fre", "fr"), ("deu", "de"), ("ger", "de"), ("eng-US", "en-US"), ("nob", "nb")])
    func codes(long: String, short: String) async throws {
        let catalog = try await Self.synthesizer.catalog()
        #expect(try catalog.standIn(for: long).file == catalog.standIn(for: short).file)
    }
}
