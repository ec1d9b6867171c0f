import SpeechSynthesis
import TelephonyAudio
import TestSupport
import Testing

/// Which local voice speaks for which name.
@Suite(.waiting) struct VoiceTests {
    private static let synthesizer = SpeechSynthesizer()

    private func standIn(_ name: String) async throws(SpeechError) -> StandIn {
        try await Self.synthesizer.catalog().standIn(for: name)
    }

    @Test(
        "language and region come from the tag",
        arguments: [
            ("TTS_FR-FR_AUDREY", "roa/fr"), ("TTS_FR-BE_X", "roa/fr-BE"), ("TTS_FR-CA_X", "roa/fr"),
            ("NUANCE_FR_X", "roa/fr"),
            ("TTS_EN-GB_X", "gmw/en"), ("TTS_EN-US_X", "gmw/en-US"), ("TTS_EN-AU_X", "gmw/en"),
            ("TTS_EN-CA_X", "gmw/en-US"),
            ("TTS_EN-SC_FIONA", "gmw/en-GB-scotland"), ("TTS_EN_X", "gmw/en"), ("TTS_ES-ES_X", "roa/es"),
            ("TTS_ES-MX_X", "roa/es-419"), ("TTS_ES-AR_X", "roa/es-419"), ("TTS_PT-BR_X", "roa/pt-BR"),
            ("TTS_PT-PT_X", "roa/pt"), ("TTS_DE-AT_X", "gmw/de"), ("TTS_NO-NO_X", "gmq/nb"), ("TTS_NB-NO_X", "gmq/nb"),
            ("TTS_ZH-CN_X", "sit/cmn-Latn-pinyin"), ("TTS_ZH-TW_X", "sit/cmn-Latn-pinyin"), ("TTS_ZH-HK_X", "sit/yue"),
            ("TTS_CMN-CN_X", "sit/cmn-Latn-pinyin"),
            ("TTS_HE-IL_X", "sem/he"), ("TTS_IW-IL_X", "sem/he"), ("TTS_EU-ES_X", "eu"), ("TTS_KO-KR_X", "ko"),
            ("tts_fr-fr_audrey", "roa/fr"), ("TTS_ZH-HANT-TW_X", "sit/cmn-Latn-pinyin"), ("TTS_fr_CA_X", "roa/fr"),
            ("TTS_DEU_ANNA", "gmw/de"),
        ])
    func language(name: String, file: String) async throws {
        #expect(try await standIn(name).voice.file == file)
    }

    @Test(
        "the sex comes from the given name",
        arguments: [
            ("TTS_EN-GB_SERENA", Sex.female), ("TTS_EN-GB_DANIEL", .male), ("TTS_FR-FR_AUDREY", .female),
            ("NUANCE_FR_AUDREY", .female), ("NUANCE_FR_VIRGINIE", .female), ("NUANCE_FR_SEBASTIEN", .male),
            ("NUANCE_FR_THOMAS", .male), ("TTS_ZH-CN_TING-TING", .female), ("tts_de-de_markus", .male),
        ])
    func sex(name: String, sex: Sex) async throws {
        let standIn = try await standIn(name)
        #expect(standIn.sex == sex)
        #expect(standIn.file.contains(sex == .female ? "+f" : "+m"))
    }

    @Test("a name has one of 35 or 49 sounds of its sex, the same whenever it is asked for")
    func spread() async throws {
        func sounds(_ names: [String]) async throws -> Set<String> {
            var sounds: Set<String> = []
            for name in names { sounds.insert(try await "\(standIn(name).file) \(standIn(name).pitchOffset)") }
            return sounds
        }
        let known = ["AUDREY", "VIRGINIE", "SEBASTIEN", "THOMAS", "SERENA", "DANIEL"].map { "TTS_FR-FR_\($0)" }
        #expect(try await sounds(known).count == known.count)
        func made(_ ending: String) -> [String] {
            let letters = Array("BCDFGHJKLM")
            return (0..<1000).map { number -> String in
                "TTS_FR-FR_\(letters[number / 100])\(letters[number / 10 % 10])\(letters[number % 10])\(ending)"
            }
        }
        #expect(try await sounds(made("LENA")).count == 35)
        #expect(try await sounds(made("ANDER")).count == 49)
        #expect(try await standIn("TTS_FR-FR_AUDREY").file == "roa/fr+f1")
    }

    @Test(
        "a sentence says which local voice stands in, and what it lacks",
        arguments: [
            ("TTS_FR-FR_AUDREY", "roa/fr+f1 (French (France), female, pitch -4) stands in for TTS_FR-FR_AUDREY"),
            (
                "TTS_FR-CA_CHANTAL",
                "roa/fr+f2 (French (France), female, pitch +4) stands in for TTS_FR-CA_CHANTAL; there is no local voice for fr-ca"
            ), ("TTS_DE-AT_ZORK", "gmw/de+m5 (German, male) stands in for TTS_DE-AT_ZORK; male is a guess"),
            ("TTS_EN_DANIEL", "gmw/en+m7 (English (Great Britain), male, pitch -12) stands in for TTS_EN_DANIEL"),
            (
                "TTS_EN_\u{202E}DANIEL",
                #"gmw/en+m1 (English (Great Britain), male, pitch -12) stands in for TTS_EN_\u202eDANIEL"#
            ),
            ("roa/fr+f2", "roa/fr+f2 (French (France), female) speaks"),
            ("pt-BR", "roa/pt-BR (Portuguese (Brazil), male) stands in for pt-BR"),
        ])
    func sentence(name: String, sentence: String) async throws {
        let standIn = try await standIn(name)
        #expect(standIn.description == sentence)
    }

    @Test("a local voice is chosen by its file or its language, with any variant that there is")
    func local() async throws {
        for (name, file) in [
            ("roa/fr", "roa/fr"), ("roa/fr+f2", "roa/fr+f2"), ("fr+f2", "roa/fr+f2"),
            ("en-us+whisper", "gmw/en-US+whisper"),
            ("eu", "eu"), ("roa/fr+Alicia", "roa/fr+Alicia"), ("FR", "roa/fr"), ("pt_BR", "roa/pt-BR"),
        ] { #expect(try await standIn(name).file == file) }
        for voice in try await Self.synthesizer.catalog().voices {
            #expect(try await standIn(voice.file).voice == voice)
        }
        for variant in try await Self.synthesizer.catalog().variants {
            #expect(try await standIn("roa/fr+\(variant.file)").sex == variant.sex)
        }
    }

    @Test("every voice and every variant of the machine speaks")
    func all() async throws {
        let catalog = try await Self.synthesizer.catalog()
        #expect(catalog.voices.count > 100 && catalog.variants.count > 20)
        for name in catalog.voices.map(\.file) + catalog.variants.map({ "gmw/en+\($0.file)" }) {
            let speech = try await Self.synthesizer.speech(for: Utterance("a 1", voice: name))
            #expect(speech.pcm.sampleRate == 22_050 && speech.duration > .milliseconds(100), "\(name)")
        }
    }

    @Test(
        "a language that nobody speaks lists near ones",
        arguments: [
            ("TTS_FX-FR_AUDREY", ["fa (", "fi (", "fr (French"]), ("TTS_GL-ES_CARMELA", ["ga (", "gd ("]),
            ("TTS_FRENCH_AUDREY", ["French"]),
            ("TTS_RF-FR_AUDREY", ["fr (French"]), ("xx", []),
        ])
    func unknownLanguage(name: String, near: [String]) async throws {
        let failure = try #require(await error { () throws(SpeechError) in try await standIn(name) })
        #expect(failure.code == .unknownLanguage && failure.reason.hasPrefix("no local voice speaks "))
        for word in near { #expect(failure.reason.contains(word), "\(failure)") }
    }

    @Test(
        "what is no voice is refused, and an unknown variant too, which the engine would leave out without a word",
        arguments: [
            "roa/fr+nosuch", "roa/fr+", "fr+f99", "roa/nosuch", "../../etc/passwd", "roa/fr+../../lang/roa/fr", "",
            "+f2", "TTS_",
            "TTS_FR", "TTS_FR-FR", "TTS_FR-FR_", "TTS__AUDREY", "NUANCE_AUDREY", "TTS_F\u{1B}R_AUDREY", "é", "-v",
        ])
    func unknownVoice(name: String) async throws {
        let failure = try #require(await error { () throws(SpeechError) in try await standIn(name) })
        #expect(failure.code == .unknownVoice && !failure.reason.isEmpty, "\(failure)")
        #expect(!failure.description.unicodeScalars.contains { $0.value < 32 })
    }
}
