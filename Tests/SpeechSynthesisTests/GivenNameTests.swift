import SpeechSynthesis
import TelephonyAudio
import TestSupport
import Testing

/// Whose voices platforms' names are.
@Suite(.waiting) struct GivenNameTests {
    private static let synthesizer = SpeechSynthesizer()

    @Test("of 2,000 names of 20 languages, 95 in 100 have the sex that an independent list gives, in each language 88")
    func lists() async throws {
        let catalog = try await Self.synthesizer.catalog()
        var (right, all) = (0, 0)
        for (language, women, men) in IndependentNames.lists {
            var wrong: [String] = []
            var count = 0
            for (names, sex) in [(women, Sex.female), (men, .male)] {
                for name in names.split(whereSeparator: \.isWhitespace) {
                    count += 1
                    if try catalog.standIn(for: "TTS_\(language.uppercased())_\(name)").sex != sex {
                        wrong.append(String(name))
                    }
                }
            }
            right += count - wrong.count
            all += count
            #expect(Double(wrong.count) < 0.12 * Double(count), "\(language): \(wrong)")
        }
        #expect(all == 2000 && IndependentNames.lists.count == 20)
        #expect(Double(right) >= 0.95 * Double(all), "\(right) of \(all)")
    }

    @Test(
        "of 600 names in Greek, Cyrillic, Armenian and Georgian letters, 95 in 100 have the sex that an independent list gives"
    )
    func scripts() async throws {
        let catalog = try await Self.synthesizer.catalog()
        var (right, all) = (0, 0)
        for (language, women, men) in IndependentNames.ownScripts {
            var wrong: [String] = []
            for (names, sex) in [(women, Sex.female), (men, .male)] {
                for name in names.split(whereSeparator: \.isWhitespace) {
                    all += 1
                    let standIn = try catalog.standIn(for: "TTS_\(language.uppercased())_\(name)")
                    if standIn.sex != sex { wrong.append("\(name)\(standIn.isSexGuessed ? " (a guess)" : "")") }
                    right += standIn.sex == sex ? 1 : 0
                }
            }
            #expect(wrong.count <= 12, "\(language): \(wrong)")
        }
        #expect(all == 600 && Double(right) >= 0.95 * Double(all), "\(right) of \(all)")
    }

    @Test(
        "a name in its own script is looked up as its language writes it in Latin letters, with or without accents",
        arguments: [
            ("TTS_EL-GR_ΧΡΙΣΤΊΝΑ", Sex.female), ("TTS_EL-GR_Χριστίνα", .female), ("TTS_EL-GR_Γιώργος", .male),
            ("TTS_EL-GR_ΓΙΩ\u{301}ΡΓΟΣ", .male), ("TTS_RU-RU_НАТАЛЬЯ", .female),
            ("TTS_RU-RU_Андре\u{438}\u{306}", .male),
            ("TTS_UK-UA_ОЛЕКСІЙ", .male), ("TTS_BG-BG_ЦВЕТАНА", .female), ("TTS_HY-AM_ԱՆԱՀԻՏ", .female),
            ("TTS_KA-GE_გიორგი", .male),
        ])
    func ownScript(name: String, sex: Sex) async throws {
        let standIn = try await Self.synthesizer.catalog().standIn(for: name)
        #expect(standIn.sex == sex && !standIn.isSexGuessed)
    }

    @Test(
        "a name that is in no table, or in a script that is not read, is a guess, and that is said",
        arguments: [
            "TTS_EL-GR_ΖΟΡΚΒΕΛΛΑ", "TTS_RU-RU_ЗОРКВЕЛЬД", "TTS_HE-IL_שרה", "TTS_AR_فاطمة", "TTS_HI-IN_सीता", "TTS_EN_X",
        ])
    func guesses(name: String) async throws {
        let standIn = try await Self.synthesizer.catalog().standIn(for: name)
        #expect(standIn.isSexGuessed && standIn.description.hasSuffix("male is a guess"), "\(standIn)")
    }

    @Test(
        "a name is known with what tells models apart, with accents and in any case, and is another's in another language",
        arguments: [
            ("TTS_EN-GB_DANIEL-ML", Sex.male), ("TTS_fr_FR_AUDREY", .female), ("TTS_FR-FR_AURÉLIE", .female),
            ("TTS_FRA_SÉBASTIEN", .male), ("tts_de-de_anna-premium", .female), ("TTS_ZH-CN_TING-TING", .female),
            ("TTS_IT-IT_ANDREA", .male), ("TTS_DE-DE_ANDREA", .female), ("TTS_FR-FR_JEAN", .male),
            ("TTS_EN-US_JEAN", .female), ("TTS_FR-FR_JEAN-PIERRE", .male), ("TTS_PL-PL_ZBIGNIEW", .male),
        ])
    func forms(name: String, sex: Sex) async throws {
        let standIn = try await Self.synthesizer.catalog().standIn(for: name)
        #expect(standIn.sex == sex && !standIn.isSexGuessed)
    }

    @Test("a name that is in no table is guessed by its ending, and that is said")
    func guess() async throws {
        let standIn = try await Self.synthesizer.catalog().standIn(for: "TTS_EN-GB_ZORKWELLA")
        #expect(standIn.isSexGuessed && standIn.sex == .female)
        #expect(standIn.description.hasSuffix("stands in for TTS_EN-GB_ZORKWELLA; female is a guess"))
    }

    @Test("models of one voice sound alike, and other names apart, as long as there are sounds for them")
    func cast() async throws {
        let catalog = try await Self.synthesizer.catalog()
        func sounds(_ names: [String], _ book: VoiceBook) throws -> [String] {
            try names.map { name in
                let standIn = try catalog.standIn(for: name, in: book)
                return "\(standIn.file) \(standIn.pitchOffset)"
            }
        }
        let women = Array(IndependentNames.lists[0].women.split(whereSeparator: \.isWhitespace).prefix(35)).map {
            "TTS_EN-GB_\($0)"
        }
        #expect(try Set(sounds(women, VoiceBook())).count < 30)
        let (book, alike) = catalog.cast(women.shuffled(), VoiceBook())
        let all = try sounds(women, book)
        // Some of the list are men's for the table.
        #expect(Set(all).count + alike.count == women.count && alike.count < 3, "\(alike)")
        #expect(try sounds(women, catalog.cast(women.reversed(), VoiceBook()).book) == all)
        let models = ["TTS_EN-GB_SERENA", "TTS_EN-GB_SERENA-ML"]
        let (shared, none) = catalog.cast(models, VoiceBook())
        #expect(try Set(sounds(models, shared)).count == 1 && none.isEmpty)
        let letters = Array("ABCDEFGHIJKLMNOPQRST")
        let many = (0..<60).map { number -> String in "TTS_EN-GB_\(letters[number % 20])\(letters[number / 20])LENA" }
        let crowd = catalog.cast(many, VoiceBook())
        #expect(try Set(sounds(many, crowd.book)).count == 35 && crowd.alike.count == 25)
    }

    @Test("what somebody has decided about a voice counts: sex, local voice, rate and pitch")
    func decided() async throws {
        var book = VoiceBook()
        var entry = VoiceBook.Entry()
        (entry.sex, entry.rate, entry.pitch) = (.male, 140, 60)
        book["tts_en-gb_serena"] = entry
        let catalog = try await Self.synthesizer.catalog()
        let standIn = try catalog.standIn(for: "TTS_EN-GB_SERENA", in: book)
        #expect(standIn.sex == .male && standIn.rate == 140 && standIn.pitch == 60 && standIn.pitchOffset == 0)
        let speech = try await Self.synthesizer.speech(for: Utterance("one", voice: "TTS_EN-GB_SERENA"), in: book)
        #expect(speech.rate == 140 && speech.pitch == 60)
        #expect(try speech.pcm.bytes == EngineTool.samples("one", voice: standIn.file, options: "-s140", "-p60"))
        var utterance = Utterance("one", voice: "TTS_EN-GB_SERENA")
        utterance.rate = 200
        #expect(try await Self.synthesizer.speech(for: utterance, in: book).rate == 200)
        entry.voice = "roa/fr+f3"
        book["TTS_EN-GB_SERENA"] = entry
        #expect(try catalog.standIn(for: "TTS_EN-GB_SERENA", in: book).file == "roa/fr+f3")
    }
}
