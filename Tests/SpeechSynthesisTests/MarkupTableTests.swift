import SpeechMarkup
import SpeechSynthesis
import TelephonyAudio
import TestSupport
import Testing

/// Each row of the table of SSML 1.1 is answered for by listening to the real engine.
@Suite(.waiting) struct MarkupTableTests {
    private static let synthesizer = SpeechSynthesizer()
    private static let voice = "gmw/en"

    private func speech(_ markup: String) async throws(SpeechError) -> Speech {
        var utterance = Utterance(markup, voice: Self.voice)
        utterance.isSSML = true
        return try await Self.synthesizer.speech(for: utterance)
    }

    private func sound(_ markup: String) async throws -> [UInt8] { try await speech(markup).pcm.bytes }

    /// What the engine's own tool says.
    private func said(_ text: String, _ voice: String = Self.voice, _ options: String...) throws -> [UInt8] {
        let all = ["-z"] + options + ["-v", voice, "--stdout", "--", text]
        return Array(try EngineTool.output(all).dropFirst(44))
    }

    private func pause(_ milliseconds: Int) -> [UInt8] {
        [UInt8](repeating: 0, count: 2 * ((22_050 * milliseconds + 500) / 1000))
    }

    private func samples(_ bytes: [UInt8]) -> [Double] {
        stride(from: 0, to: bytes.count - 1, by: 2).map {
            Double(Int16(bitPattern: UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8))
        }
    }

    /// The level in decibels, of what is loud.
    private func level(_ bytes: [UInt8]) -> Double {
        let samples = samples(bytes)
        let power = samples.reduce(0) { $0 + $1 * $1 } / Double(max(1, samples.count))
        var (decibels, rest) = (0.0, max(power, 1))
        while rest >= 1.259 { (rest, decibels) = (rest / 1.258_925, decibels + 1) }
        return decibels
    }

    private func peak(_ bytes: [UInt8]) -> Double { samples(bytes).map(abs).max() ?? 0 }

    /// The frequency of a voice: the middle of those of its voiced parts.
    private func pitch(_ bytes: [UInt8]) -> Double {
        let samples = samples(bytes)
        var found: [Double] = []
        for start in stride(from: 0, to: max(0, samples.count - 1500), by: 700) {
            let part = samples[start..<(start + 1400)].map { $0 }
            guard part[..<700].reduce(0, { $0 + $1 * $1 }) > 700 * 1e6 else { continue }
            let best = (60..<300).max { left, right in
                func likeness(_ lag: Int) -> Double {
                    stride(from: 0, to: 700, by: 2).reduce(0) { $0 + part[$1] * part[$1 + lag] }
                }
                return likeness(left) < likeness(right)
            }
            found.append(22_050 / Double(best!))
        }
        return found.sorted()[found.count / 2]
    }

    @Test("the row is what happens", arguments: SSML.table.map { "\($0.element) \($0.attribute ?? "")" })
    func row(name: String) async throws {
        let row = try #require(SSML.table.first { "\($0.element) \($0.attribute ?? "")" == name })
        switch row.handling {
        case .refused:
            let attribute = row.attribute.map { " \($0)=\"x\"" } ?? ""
            let failure = await error { () throws(SpeechError) in
                try await speech("one <\(row.element)\(attribute)/> two")
            }
            #expect(failure?.code == .markup && failure?.reason.contains("line 1, column 5: <\(row.element)>") == true)
        case .warned:
            let other = ["sub": " alias='one'", "phoneme": " alphabet='x-espeak-ng' ph='w02n'"][row.element] ?? ""
            let attribute = row.attribute.map { " \($0)=\"x\"" } ?? ""
            let with = try await speech("<\(row.element)\(other)\(attribute)>one</\(row.element)>")
            let without = try await speech(
                row.attribute == nil ? "one" : "<\(row.element)\(other)>one</\(row.element)>")
            #expect(with.pcm == without.pcm)
            let subject = row.attribute ?? "<\(row.element)>"
            #expect(
                with.warnings.contains { $0.hasPrefix("the SSML, line 1, column ") && $0.contains(subject) }
                    || with.warnings.contains { $0.contains("<\(row.element)> has no effect") }, "\(with.warnings)")
        case .honoured, .replaced:
            try await heard(name)
        }
    }

    /// Listens for what a row promises.
    private func heard(_ name: String) async throws {
        let (one, two) = (try said("one"), try said("two"))
        switch name {
        case "speak ", "speak version":
            let speech = try await speech("<speak version='1.1'>one</speak>")
            #expect(speech.pcm.bytes == one && speech.warnings.isEmpty)
        case "speak xml:lang", "p xml:lang", "s xml:lang", "token xml:lang", "w xml:lang", "lang xml:lang",
            "voice xml:lang", "lang ":
            let element = name.split(separator: " ")[0]
            #expect(try await sound("<\(element) xml:lang='fr'>un</\(element)>") == said("un", "roa/fr"))
            let unknown = try await speech("<\(element) xml:lang='xx'>one</\(element)>")
            #expect(unknown.pcm.bytes == one)
            #expect(
                unknown.warnings.contains {
                    $0.contains("line 1, column 1: no local voice speaks \"xx\"; gmw/en continues")
                })
        case "meta ", "meta name", "meta http-equiv", "meta content":
            #expect(try await sound("<meta name='a' http-equiv='b' content='c'/>one") == one)
        case "metadata ": #expect(try await sound("<metadata>two</metadata>one") == one)
        case "desc ", "desc xml:lang": #expect(try await sound("one<desc xml:lang='fr'>two</desc>") == one)
        case "p ": #expect(try await sound("<p>one</p><p>two</p>") == one + pause(600) + two)
        case "s ": #expect(try await sound("<s>one</s> <s>two</s>") == one + pause(300) + two)
        case "token ", "w ":
            let element = name.dropLast()
            #expect(try await sound("one<\(element)>two</\(element)>") == said("one two"))
        case "say-as ": #expect(try await sound("<say-as>12</say-as>") == said("12"))
        case "say-as interpret-as":
            for kind in ["digits", "telephone"] {
                #expect(try await sound("<say-as interpret-as='\(kind)'>2026</say-as>") == said("2 0 2 6"))
            }
            for kind in ["characters", "spell-out"] {
                let spelled = try await sound("<say-as interpret-as='\(kind)'>tea</say-as>")
                #expect(try spelled == said("<say-as interpret-as='characters'>tea</say-as>", Self.voice, "-m"))
                #expect(try Double(spelled.count) > 1.5 * Double(said("tea").count))
            }
            for kind in ["date", "time", "currency", "ordinal"] {
                let speech = try await speech("<say-as interpret-as='\(kind)'>12</say-as>")
                #expect(try speech.pcm.bytes == said("12"))
                #expect(
                    speech.warnings == [
                        "the SSML, line 1, column 9: interpret-as=\"\(kind)\" of <say-as> has no effect"
                    ])
            }
        case "phoneme ", "phoneme ph", "phoneme alphabet":
            let spoken = try await sound("<phoneme alphabet='x-espeak-ng' ph=\"h@l'oU\">x</phoneme>")
            #expect(try spoken == said("[[h@l'oU]]"))
            let ipa = try await speech("<phoneme alphabet='ipa' ph='a'>one</phoneme>")
            #expect(ipa.pcm.bytes == one && ipa.warnings.count == 1)
        case "sub ", "sub alias": #expect(try await sound("<sub alias='one'>two</sub>") == one)
        case "emphasis ", "emphasis level":
            let plain = try said("one two three four")
            func emphasis(_ level: String) async throws -> [UInt8] {
                try await sound("<emphasis\(level)>one two three four</emphasis>")
            }
            let (usual, strong) = (try await emphasis(""), try await emphasis(" level='strong'"))
            #expect(try await usual == emphasis(" level='moderate'"))
            #expect(try await emphasis(" level='none'") == plain)
            #expect(plain.count < usual.count && usual.count < strong.count)
            #expect(pitch(strong) > 1.02 * pitch(plain) && peak(strong) < 32_000)
            #expect(try await emphasis(" level='reduced'").count < plain.count)
            // Louder than what stands beside it.
            let beside = try await sound(
                "one two three four<break time='1s'/><emphasis level='strong'>one two three four</emphasis>")
            #expect(level(Array(beside.suffix(strong.count))) - level(Array(beside.prefix(plain.count))) > 2)
        case "prosody ": #expect(try await sound("<prosody>one</prosody>") == one)
        case "prosody rate":
            let plain = Double(try said("one two three four").count)
            for (rate, factor) in [("50%", 2.0), ("200%", 0.5), ("+50%", 0.67), ("slow", 1.25), ("0.5", 2)] {
                let count = try await sound("<prosody rate='\(rate)'>one two three four</prosody>").count
                #expect(abs(Double(count) / plain / factor - 1) < 0.15, "\(rate): \(Double(count) / plain)")
            }
        case "prosody pitch":
            let plain = pitch(try said("one two three four"))
            for (change, factor) in [("+4st", 1.26), ("-4st", 0.79), ("+20%", 1.2), ("high", 1.15), ("low", 0.87)] {
                let high = try await pitch(sound("<prosody pitch='\(change)'>one two three four</prosody>"))
                #expect(abs(high / plain / factor - 1) < 0.1, "\(change): \(high / plain)")
            }
        case "prosody range":
            let all = try await [
                sound("one two"), sound("<prosody range='x-low'>one two</prosody>"),
                sound("<prosody range='200%'>one two</prosody>"),
            ]
            #expect(Set(all).count == 3)
        case "prosody volume":
            let plain = try said("one two three four")
            for (volume, decibels) in [("-6dB", -6.0), ("50%", -6), ("25", -12), ("x-soft", -10.5)] {
                let soft = try await sound("<prosody volume='\(volume)'>one two three four</prosody>")
                #expect(abs(level(soft) - level(plain) - decibels) < 1.5, "\(volume): \(level(soft) - level(plain))")
            }
            let beside = try await sound(
                "one two three four<break time='1s'/><prosody volume='+6dB'>one two three four</prosody>")
            #expect(peak(beside) < 32_000)
            #expect(abs(level(Array(beside.suffix(plain.count))) - level(Array(beside.prefix(plain.count))) - 6) < 1.5)
            #expect(try await Set(sound("one <prosody volume='silent'>two</prosody>").suffix(4000)) == [0])
        case "voice ", "voice name":
            let standIn = try await Self.synthesizer.catalog().standIn(for: "TTS_DE-DE_MARKUS")
            let spoken = try await speech("one <voice name='TTS_DE-DE_MARKUS'>drei</voice>")
            #expect(try spoken.pcm.bytes == one + said("drei", standIn.file, "-p\(50 + standIn.pitchOffset)"))
            #expect(spoken.otherVoices == [standIn])
            #expect(try await sound("<voice name='roa/fr+f2'>un</voice>") == said("un", "roa/fr+f2"))
            #expect(
                try await sound("<voice name='nosuch TTS_DE-DE_MARKUS'>drei</voice>")
                    == said("drei", standIn.file, "-p\(50 + standIn.pitchOffset)"))
            let accented = try await speech("<voice name='TTS_FR-FR_AURÉLIE'>un</voice>")
            #expect(accented.otherVoices.first?.sex == .female)
            let failure = await error { () throws(SpeechError) in
                try await speech("one\n<voice name='no/such'>a</voice>")
            }
            #expect(failure?.reason.hasPrefix("the SSML, line 2, column 1: ") == true, "\(failure?.description ?? "")")
        case "voice languages":
            #expect(try await sound("<voice languages='fr:fr-CA en'>un</voice>") == said("un", "roa/fr"))
        case "voice gender":
            #expect(try await sound("<voice gender='female'>one</voice>") == said("one", "gmw/en+f1"))
            #expect(try await sound("<voice gender='neutral'>one</voice>") == one)
        case "voice variant":
            #expect(try await sound("<voice gender='female' variant='2'>one</voice>") == said("one", "gmw/en+f2"))
        case "break ": #expect(try await sound("one<break/>two") == one + pause(400) + two)
        case "break time":
            for (time, milliseconds) in [("1.5s", 1500), ("20ms", 20), (".5s", 500), ("0s", 0)] where milliseconds > 0 {
                #expect(try await sound("one <break time='\(time)'/> two") == one + pause(milliseconds) + two)
            }
            // Of 22,050 samples a second.
            for (time, samples) in [("0.0335s", 739), ("33.5ms", 739), ("0.0005s", 11), ("0.00125s", 28)] {
                let silence = [UInt8](repeating: 0, count: 2 * samples)
                #expect(try await sound("one <break time='\(time)'/> two") == one + silence + two, "\(time)")
            }
            #expect(try await sound("<break time='1s'/>one<break time='2s'/>") == pause(1000) + one + pause(2000))
            let slow = try await sound("<prosody rate='50%'>one<break time='1s'/>two</prosody>")
            let parts = try await (
                sound("<prosody rate='50%'>one</prosody>"), sound("<prosody rate='50%'>two</prosody>")
            )
            #expect(slow == parts.0 + pause(1000) + parts.1)
            #expect(try await sound("one<break time='1s' strength='weak'/>two") == one + pause(1000) + two)
        case "break strength":
            for (strength, length) in SSML.strengths where length > .zero {
                let milliseconds = Int(length / .milliseconds(1))
                #expect(try await sound("one<break strength='\(strength)'/>two") == one + pause(milliseconds) + two)
            }
            #expect(try await sound("one <break strength='none'/>two") == said("one two"))
        default: Issue.record("nobody listens to \(name)")
        }
    }
}
