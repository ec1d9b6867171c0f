import Foundation
import TestSupport
import Testing

/// What `rtmedia say` makes, and tells.
@Suite(.waiting) struct SayTests {
    let place = Workplace()
    private static let greeting = "TTS|TTS_FR-FR_AUDREY|Bonjour, appuyez sur étoile"

    @Test("a text becomes a WAV file that the platform takes, and who speaks is told")
    func file() throws {
        let run = try place.rtmedia("say", Self.greeting, "-o", "out/a.wav")
        #expect(run.status == 0 && run.output.isEmpty)
        let lines = run.errors.split(separator: "\n")
        try #require(lines.count == 2)
        #expect(
            lines[0] == "rtmedia: roa/fr+f1 (French (France), female, pitch -4) stands in for TTS_FR-FR_AUDREY")
        #expect(
            lines[1].wholeMatch(of: /TTS_FR-FR_AUDREY -> out\/a\.wav: 1\.\d+ s \(-\d+\.\d dBov, gain -\d+\.\d dB\)/)
                != nil)
        let inspection = try place.rtmedia("inspect", "out/a.wav")
        #expect(inspection.status == 0 && inspection.text.contains("ok (WAV, 16-bit PCM, 8000 Hz, mono, 1."))
        #expect(inspection.text.contains("-26.0 dBov)"))
    }

    @Test("JSON has the file, the duration, the voice and its stand-in")
    func json() throws {
        let run = try place.rtmedia("say", Self.greeting, "-o", "a.wav", "--json")
        #expect(run.status == 0 && run.errors.isEmpty)
        let record = try run.json(SayRecord.self)
        let bytes = try place.bytes("a.wav")
        #expect(record.file == "a.wav" && record.result == "spoken" && record.voice == "TTS_FR-FR_AUDREY")
        #expect(record.stand_in == "roa/fr+f1" && record.language == "fr-fr" && record.sex == "female")
        #expect(
            record.explanation.hasSuffix(" stands in for TTS_FR-FR_AUDREY") && record.engine.hasPrefix("espeak-ng 1."))
        #expect(record.samples == (bytes.count - 44) / 2 && record.duration_ms == Double(record.samples) / 8)
        #expect(record.payload_bytes == (bytes.count + 2) / 3 * 4 && record.warnings.isEmpty)
        #expect(abs(record.active_level_dbov + record.gain_db + 26) < 1e-9 && record.played_by == nil)
        let again = try place.rtmedia("say", Self.greeting, "-o", "a.wav", "--json").json(SayRecord.self)
        #expect(again.result == "unchanged")
    }

    @Test("the outputs are those of convert, byte for byte", arguments: ["wav", "base64", "command"])
    func forms(form: String) throws {
        let said = try place.rtmedia("say", Self.greeting, "--as", form, "-q", "--pad", "0")
        #expect(said.status == 0 && said.errors.isEmpty)
        let spoken = try place.shell(
            "espeak-ng -z -p46 -v roa/fr+f1 -w a.wav 'Bonjour, appuyez sur étoile' && rtmedia convert a.wav --level -26 -q --as \(form) -o -"
        )
        #expect(spoken.status == 0 && said.output == spoken.output)
        let other = try place.rtmedia(
            "say", Self.greeting, "--as", form, "-o", "b", "--level", "-20", "--trim", "--preview", "alaw", "--json")
        #expect(other.status == 0)
        let converted = try place.shell(
            "rtmedia convert a.wav --level -20 --trim --preview alaw -q --as \(form) -o - | cmp - b")
        #expect(converted.status == 0)
    }

    @Test("the response is one that the platform accepts")
    func response() throws {
        let run = try place.shell("rtmedia say 'Please hold' --as command -q | rtmedia validate")
        #expect(run.status == 0 && run.text == "standard input: ok\n")
    }

    @Test(
        "standard input is the same as an argument, whole",
        arguments: ["Bonjour", "TTS|TTS_DE-DE_ANNA|eins | zwei | drei", "étoile"])
    func standardInput(text: String) throws {
        let argument = try place.rtmedia("say", text, "-q")
        try place.write(Array("\(text)\n".utf8), to: "text")
        let input = try place.rtmedia("say", "-", "-q", input: "\(place.path)/text")
        #expect(argument.status == 0 && !argument.output.isEmpty && argument.output == input.output)
    }

    @Test("the text is split at the first two bars only, and --voice says another voice")
    func voices() throws {
        let bars = try place.rtmedia("say", "TTS|roa/fr|un | deux", "-q").output
        #expect(try place.rtmedia("say", "un | deux", "--voice", "roa/fr", "-q").output == bars)
        #expect(try place.rtmedia("say", "TTS|TTS_EN-GB_DANIEL|un | deux", "--voice", "roa/fr", "-q").output == bars)
        #expect(try place.rtmedia("say", "un", "--voice", "roa/fr", "-q").output != bars)
        #expect(
            try place.rtmedia("say", "un", "-q").output
                == place.rtmedia("say", "TTS|TTS_EN-GB_SERENA|un", "-q").output)
    }

    @Test("a voice that the platform may not know is a warning, with the one that may be meant")
    func unknownVoice() throws {
        let run = try place.rtmedia("say", "TTS|TTS_FR-FR_AUDRY|Bonjour", "-o", "a.wav")
        #expect(run.status == 0)
        #expect(
            run.errors.hasPrefix(
                "rtmedia: the voice \"TTS_FR-FR_AUDRY\" is not known; did you mean \"TTS_FR-FR_AUDREY\"?\n"))
        let told = try place.rtmedia("say", "TTS|TTS_FR-FR_AUDRY|Bonjour", "-o", "b.wav", "--json")
        let record = try told.json(SayRecord.self)
        #expect(record.warnings.count == 1)
        // Names that are no slips of known ones: any name works.
        for name in ["TTS_EN-GB_LILY", "TTS_EN-GB_GEORGE", "TTS_FR-FR_MARIE", "TTS_EN-GB_SERENA-ML", "TTS_DE-DE_ANNA"] {
            let run = try place.rtmedia("say", "one", "--voice", name, "-o", "c.wav", "-f")
            #expect(run.errors.hasPrefix("rtmedia: the voice \"\(name)\" is not known\n"), "\(run.errors)")
        }
    }

    @Test("rate, pitch and SSML change the sound")
    func settings() throws {
        let texts = [[], ["--rate", "250"], ["--pitch", "80"], ["--ssml"]]
        let outputs = try texts.map { try place.run("rtmedia", ["say", "<s>Please</s> hold", "-q"] + $0).output }
        #expect(Set(outputs).count == 4 && !outputs.contains([]))
    }

    @Test(
        "what can't be spoken exits with 65, and a sentence",
        arguments: [
            ([""], "the text is empty; there is nothing to speak"),
            (["TTS|TTS_FR-FR_AUDREY|"], "the text is missing"),
            (["TTS||Bonjour"], "the voice or the text is missing"), (["TTS|x"], "the voice or the text is missing"),
            (["x", "--voice", "TTS_XX-YY_ANNA"], "no local voice speaks xx"),
            (["x", "--voice", "roa/fr+nosuch"], "there is no variant \"nosuch\"; near it are Nguyen, norbert"),
            (["x", "--voice", "?"], "is not a voice; write a name such as TTS_FR-FR_AUDREY"),
            (["x", "--voice", "TTS_FR"], "is not the name of a voice"),
            (["<b>x", "--ssml"], "<b> is never closed"), (["<speak>x</speak>"], "looks like SSML; --ssml reads it"),
            ([" <?xml version='1.0'?><speak>x</speak>"], "--no-ssml speaks it as plain text"),
            (["..."], "holds nothing that the voice gmw/en+f2 can speak"),
        ])
    func badText(words: [String], message: String) throws {
        let run = try place.run("rtmedia", ["say", "-o", "a.wav"] + words)
        #expect(run.status == 65 && run.output.isEmpty && place.files.isEmpty)
        #expect(run.errors.hasPrefix("rtmedia: ") && run.errors.contains(message) && run.errors.hasSuffix("\n"))
        let json = try place.run("rtmedia", ["say", "-o", "a.wav", "--json"] + words)
        let record = try json.json(FailureRecord.self)
        #expect(json.status == 65 && json.errors.isEmpty && record.result == "failed" && record.error.contains(message))
    }

    @Test(
        "bytes that are no text are refused, from standard input and as an argument",
        arguments: [
            #"printf 'a\0b' | rtmedia say - -q"#, #"printf 'a\xff' | rtmedia say - -q"#, #"rtmedia say $'a\xff' -q"#,
        ])
    func badBytes(line: String) throws {
        let run = try place.shell(line)
        #expect(run.status == 65 && run.output.isEmpty)
        #expect(run.errors.contains("holds a null byte") || run.errors.contains("is not valid UTF-8"))
    }

    @Test("markup that would read a file is refused, and what has no effect is told")
    func markup() throws {
        let run = try place.rtmedia("say", "--ssml", #"<speak>one <audio src="/etc/hostname"/> two</speak>"#, "-q")
        #expect(run.status == 65 && run.output.isEmpty)
        #expect(run.errors.contains("the SSML is refused: line 1, column 12: <audio> would play a file or a URL"))
        let told = try place.rtmedia("say", "--ssml", "one <mark name='a'/> two", "-o", "a.wav")
        #expect(told.status == 0)
        #expect(told.errors.contains("rtmedia: the SSML, line 1, column 5: <mark> has no effect; what is in it is"))
    }

    @Test("<speak> is spoken as it stands, or read, as is said")
    func looksLikeMarkup() throws {
        let plain = try place.rtmedia("say", "<speak>one</speak>", "--no-ssml", "-q")
        let marked = try place.rtmedia("say", "<speak>one</speak>", "--ssml", "-q")
        #expect(plain.status == 0 && marked.status == 0 && plain.output != marked.output)
        #expect(try marked.output == place.rtmedia("say", "one", "-q").output)
    }

    @Test("speech is followed by a pause of 250 ms, unless something is said about its ends")
    func pause() throws {
        func samples(_ words: String...) throws -> Int {
            try (place.run("rtmedia", ["say", "one", "-q"] + words).output.count - 44) / 2
        }
        let plain = try samples("--pad", "0")
        #expect(abs(try samples() - plain - 2000) <= 1)
        #expect(try samples("--fade", "10") == plain && samples("--pad", "100") == plain + 1600)
        let bytes = try place.rtmedia("say", "one", "-q").output
        #expect(bytes.suffix(3000).allSatisfy { $0 == 0 })
    }

    @Test(
        "marks of byte order, spaces and small letters before TTS| are taken for what they mean, which is told",
        arguments: [
            "\u{FEFF}TTS|roa/fr|un", "  TTS|roa/fr|un", "tts|roa/fr|un", "\u{FEFF}\n Tts|roa/fr|un",
            "Tts | roa/fr | un",
            "TTS |roa/fr|un", "TTS| roa/fr |un ", "tts\t|\troa/fr\t|\tun",
        ])
    func variants(text: String) throws {
        let run = try place.rtmedia("say", text, "-o", "a.wav")
        #expect(
            run.status == 0
                && run.errors.contains("the text is read as TTS|VOICE|text; for the platform TTS must be in capitals"))
        #expect(try place.bytes("a.wav") == Array(place.rtmedia("say", "TTS|roa/fr|un", "-q").output))
    }

    @Test("a text that begins with a dash is told how to be said", arguments: ["-5 degrees", "- one", "-5", "–x"])
    func dash(text: String) throws {
        if text.hasPrefix("-") {
            let run = try place.rtmedia("say", text, "-q")
            #expect(
                run.status == 64
                    && run.errors
                        == "rtmedia: \(text): begins with a dash, as options do: write -- before the text, after all options\n"
            )
        }
        let run = try place.rtmedia("say", "-q", "--", text)
        #expect(run.status == 0 || text == "–x")
        #expect(try place.rtmedia("say", "one", "--level", "-30", "-q").status == 0)
    }

    @Test("a text that is too long is refused with the limit, at once")
    func tooLong() throws {
        let run = try place.rtmedia("say", String(repeating: "many words ", count: 1500), "-q")
        #expect(run.status == 65 && run.output.isEmpty)
        #expect(run.errors.hasSuffix("the text has 16500 bytes; 16384 are accepted; divide it\n"))
    }

    @Test("endless input is refused")
    func endless() throws {
        let run = try place.shell("yes | rtmedia say - -q")
        #expect(run.status == 65 && run.errors.contains("holds more than the 16384 bytes"))
    }

    @Test(
        "wrong usage is told before anything is spoken",
        arguments: [
            (["x", "--rate", "79"], "--rate 79: must lie in 80...450"),
            (["x", "--pitch", "100"], "--pitch 100: must lie in 0...99"),
            (["x", "--pad", "60001"], "--pad 60001"), (["x", "-o", "."], "-o .: is a folder; name a file"),
            ([], "Missing expected argument '<text>'"), (["x", "y"], "nexpected argument"),
        ])
    func usage(words: [String], message: String) throws {
        let run = try place.run("rtmedia", ["say"] + words)
        #expect(run.status == 64 && run.errors.contains(message) && run.output.isEmpty && place.files.isEmpty)
    }

    @Test("a file that exists is replaced only with --force")
    func existing() throws {
        try place.write([1], to: "a.wav")
        let run = try place.rtmedia("say", "hello", "-o", "a.wav")
        #expect(
            run.status == 73 && run.errors.hasSuffix("a.wav: exists already, with other content; --force replaces it\n")
        )
        #expect(try place.rtmedia("say", "hello", "-o", "a.wav", "-f").status == 0)
        let full = try place.rtmedia("say", "hello", "-q", output: "/dev/full")
        #expect(full.status == 74)
    }
}
