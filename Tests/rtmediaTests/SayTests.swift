import Foundation
import Glibc
import TestSupport
import Testing

/// What `rtmedia say` makes, and tells.
@Suite(.waiting) struct SayTests {
    let place = Workplace()
    private static let greeting = "TTS|TTS_FR-FR_AUDREY|Bonjour, appuyez sur étoile"

    /// The object of `say --json`.
    struct SayRecord: Decodable {
        let file: String?
        let result: String
        let voice: String
        let stand_in: String
        let explanation: String
        let language: String?
        let sex: String?
        let engine: String
        let duration_ms: Double
        let samples: Int
        let payload_bytes: Int
        let active_level_dbov: Double
        let gain_db: Double
        let played_by: String?
        let warnings: [String]
    }

    private func record<Record: Decodable>(_ text: String) throws -> Record {
        try JSONDecoder().decode(Record.self, from: Data(text.utf8))
    }

    /// A player in the folder `bin`, which keeps what it is to play.
    private func makePlayer(_ name: String, _ lines: String = "cat /dev/fd/3 > played") throws {
        try makeProgram("#!/bin/bash\n\(lines)\n", "bin/\(name)")
    }

    /// Makes a file that can be run.
    ///
    /// It is not written by this process: a program that another test starts meanwhile would hold it
    /// open for a moment, and a file that is open for writing can't be run.
    private func makeProgram(_ text: String, _ name: String) throws {
        try place.write(Array(text.utf8), to: "text")
        try #require(try place.shell("install -D -m 755 text \(name) && rm text").status == 0)
    }

    /// A PATH in which the shell's own tools and the players of the test are, and no others.
    private var playerPath: [String: String] {
        get throws {
            for tool in ["bash", "cat"] { symlink("/bin/\(tool)", "\(place.path)/bin/\(tool)") }
            return ["PATH": "\(place.path)/bin"]
        }
    }

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
        let record: SayRecord = try record(run.text)
        let bytes = try place.bytes("a.wav")
        #expect(record.file == "a.wav" && record.result == "spoken" && record.voice == "TTS_FR-FR_AUDREY")
        #expect(record.stand_in == "roa/fr+f1" && record.language == "fr-fr" && record.sex == "female")
        #expect(
            record.explanation.hasSuffix(" stands in for TTS_FR-FR_AUDREY") && record.engine.hasPrefix("espeak-ng 1."))
        #expect(record.samples == (bytes.count - 44) / 2 && record.duration_ms == Double(record.samples) / 8)
        #expect(record.payload_bytes == (bytes.count + 2) / 3 * 4 && record.warnings.isEmpty)
        #expect(abs(record.active_level_dbov + record.gain_db + 26) < 1e-9 && record.played_by == nil)
        let again: SayRecord = try self.record(place.rtmedia("say", Self.greeting, "-o", "a.wav", "--json").text)
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
        let record: SayRecord = try record(
            place.rtmedia("say", "TTS|TTS_FR-FR_AUDRY|Bonjour", "-o", "b.wav", "--json").text)
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
        "--play has a player play what the file would hold, and writes none",
        arguments: ["paplay", "aplay", "ffplay", "play"])
    func play(player: String) throws {
        try makePlayer(player)
        let run = try place.rtmedia("say", Self.greeting, "--play", environment: playerPath)
        #expect(run.status == 0 && run.output.isEmpty && run.errors.hasSuffix("; played by \(player)\n"))
        let written = try place.rtmedia(
            "say", Self.greeting, "--play", "-o", "a.wav", "--json", environment: playerPath)
        let record: SayRecord = try record(written.text)
        #expect(record.played_by == player && record.file == "a.wav")
        #expect(try place.bytes("played") == place.bytes("a.wav") && place.temporaryFiles.isEmpty)
    }

    @Test("a player that fails is passed over for the next; if none can play, the first says why")
    func failingPlayer() throws {
        try makePlayer("paplay", "echo 'Connection refused' >&2; exit 1")
        let failed = try place.rtmedia("say", "hello", "--play", environment: playerPath)
        #expect(failed.status == 69)
        #expect(failed.errors.hasSuffix("rtmedia: \(place.path)/bin/paplay: can't play: Connection refused\n"))
        try makePlayer("ffplay", "echo 'audio open failed' >&2")
        #expect(try place.rtmedia("say", "hello", "--play", environment: playerPath).status == 69)
        try makePlayer("play")
        let played = try place.rtmedia("say", "hello", "--play", environment: playerPath)
        #expect(played.status == 0 && played.errors.hasSuffix("; played by play\n"))
    }

    @Test("without a player, what to install is named")
    func noPlayer() throws {
        let run = try place.rtmedia("say", "hello", "--play", "--quiet", environment: ["PATH": "/nonexistent"])
        #expect(run.status == 69)
        #expect(
            run.errors
                == "rtmedia: --play: needs paplay, aplay, ffplay or play; install one with: apt-get install alsa-utils\n"
        )
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
        let record: FailureRecord = try record(json.text)
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

    @Test("a lexicon and a file of voices decide, and what is wrong in them is told with its line")
    func files() throws {
        try place.write(
            Array("word,spoken,language\r\nGIF,jif,\r\nchat,minou,fr\r\nhello,[[h@l'oU]],\r\n".utf8), to: "lex.csv")
        #expect(
            try place.rtmedia("say", "GIF chat", "--lexicon", "lex.csv", "-q").output
                == place.rtmedia("say", "jif chat", "-q").output)
        try place.write(Array("word,spoken,language\n,a,\nb,[[é]],\nc,d,../x\n".utf8), to: "bad.csv")
        let bad = try place.rtmedia("say", "x", "--lexicon", "bad.csv", "-q")
        #expect(
            bad.status == 65
                && bad.errors.split(separator: "\n").map { $0.prefix(26) }
                    == ["rtmedia: bad.csv:2:1: error", "rtmedia: bad.csv:3:1: error", "rtmedia: bad.csv:4:1: error"].map
                { $0.prefix(26) })
        try place.write(Array("TTS_EN-GB_SERENA: { sex: male, rate: 140, pitch: 60 }\n".utf8), to: "v.yaml")
        let json = try place.rtmedia("say", "one", "--voices", "v.yaml", "-o", "a.wav", "--json").text
        #expect(json.contains(#""rate":140"#) && json.contains(#""pitch":60"#) && json.contains(#""sex":"male""#))
        try place.write(Array("a: { sex: x, rate: 7 }\nb: { hue: 1 }\n".utf8), to: "v.yaml")
        let voices = try place.rtmedia("say", "one", "--voices", "v.yaml", "-q")
        #expect(
            voices.status == 65 && voices.errors.contains("v.yaml:1:11: error: sex must be")
                && voices.errors.contains("v.yaml:2:6: error"))
        #expect(
            try place.rtmedia("say", "4711", "--digits", "-q").output == place.rtmedia("say", "4 7 1 1", "-q").output)
        #expect(try place.rtmedia("say", "one", "--lexicon", "nosuch.csv", "-q").status == 66)
    }

    @Test(
        "what a lexicon says twice, or for a language that nobody speaks, is told; a PLS lexicon is told as what it is")
    func lexicons() throws {
        try place.write(
            Array("word,spoken,language\nGIF,jif,\ngif,gift,\ngif,geef,xx\nGIF,gif,\nhi,[[zzz!!]],en_GB\n".utf8),
            to: "l.csv")
        let warnings = [
            "l.csv:4:1: warning: no local voice speaks \"xx\": its words are never spoken so",
            "l.csv:5:1: warning: \"GIF\" is in line 2 already; this line counts",
        ]
        let run = try place.rtmedia("say", "hi", "--lexicon", "l.csv", "-o", "a.wav")
        let lines = run.errors.split(separator: "\n").map(String.init)
        #expect(run.status == 0 && Array(lines.prefix(2)) == warnings.map { "rtmedia: \($0)" }, "\(run.errors)")
        #expect(lines.contains { $0.contains("knows no sound \"!!\" of [[zzz!!]]") }, "\(run.errors)")
        let told: SayRecord = try record(place.rtmedia("say", "hi", "--lexicon", "l.csv", "-o", "b.wav", "--json").text)
        #expect(told.warnings.count == 3 && told.warnings.starts(with: warnings))
        try place.write(Array("id,text\na,hi\n".utf8), to: "s.csv")
        let sheet = try place.rtmedia("say", "--sheet", "s.csv", "-o", "p", "--lexicon", "l.csv")
        #expect(sheet.status == 0 && warnings.allSatisfy { sheet.errors.contains("\($0)\n") }, "\(sheet.errors)")
        #expect(
            sheet.errors.contains("s.csv:2: a: warning: gmw/en (English (Great Britain)) knows no sound"),
            "\(sheet.errors)")
        let entries = String(repeating: "<lexeme><grapheme>a</grapheme><alias>b</alias></lexeme>\n", count: 500)
        let pls =
            "<?xml version=\"1.0\"?>\n<lexicon version=\"1.0\" xmlns=\"http://www.w3.org/2005/01/pronunciation-lexicon\">\n\(entries)</lexicon>\n"
        try place.write(Array(pls.utf8), to: "l.pls")
        let refused = try place.rtmedia("say", "hi", "--lexicon", "l.pls", "-q")
        #expect(
            refused.status == 65
                && refused.errors
                    == "rtmedia: l.pls:1:1: error: is a PLS lexicon (XML), which is not read; write CSV with the columns word, spoken and language\n"
        )
        try place.write(Array(String(repeating: "x", count: 100_000).utf8), to: "long.csv")
        let long = try place.rtmedia("say", "hi", "--lexicon", "long.csv", "-q")
        #expect(long.status == 65 && long.errors.contains("has no column \"xxx") && long.errors.utf8.count < 400)
    }

    @Test("with little memory it ends: a text is spoken, or it is said why not")
    func littleMemory() throws {
        for kilobytes in [400_000, 100_000, 60_000, 30_000, 10_000] {
            let run = try place.shell("ulimit -v \(kilobytes); timeout 300 rtmedia say hello -q -o a.wav -f")
            #expect(run.status != 124, "\(kilobytes)")
        }
    }

    @Test(
        "where there is too little memory, fewer prompts are worked on at a time, or it is said, and nothing aborts or hangs"
    )
    func lackOfMemory() throws {
        try place.write(
            Array(("id,text\n" + (1...8).map { "p\($0),Please hold the line \($0).\n" }.joined()).utf8), to: "s.csv")
        let sheet = "say --sheet s.csv -o p -f -q"
        let text = #"say "$(yes 'Please hold the line.' | head -n 300)" -o x.wav -f -q"#
        var statuses: [String: Set<Int32>] = [:]
        for kilobytes in stride(from: 86_000, through: 140_000, by: 6000) {
            for line in [sheet, text] {
                let run = try place.shell("rm -rf p; ulimit -v \(kilobytes); timeout 300 rtmedia \(line)")
                statuses[line, default: []].insert(run.status)
                // 127 and 139 are of the program itself, which does not fit.
                #expect([0, 69, 71, 127, 139].contains(run.status), "\(kilobytes): \(run.status) \(run.errors)")
                if run.status == 71 { #expect(run.errors.contains(": there is too little memory"), "\(run.errors)") }
            }
        }
        #expect(statuses[sheet]?.contains(0) == true && statuses[text]?.contains(71) == true, "\(statuses)")
    }

    @Test(
        "a folder for temporary files that is none is named, with the cause; another program as the worker is unavailable"
    )
    func surroundings() throws {
        let run = try place.rtmedia("say", "hello", "-q", environment: ["TMPDIR": "/nonexistent"])
        #expect(
            run.status == 74
                && run.errors
                    == "rtmedia: a temporary file: can't be made in /nonexistent, which is TMPDIR or else /tmp: No such file or directory\n"
        )
        try place.copy("chime.mp3")
        #expect(
            try place.rtmedia("convert", "chime.mp3", "-o", "-", environment: ["TMPDIR": "/nonexistent"]).status
                == run.status)
        try #require(try place.shell("mkdir alone; cp \(Workplace.products)/rtmedia{,-full} alone/").status == 0)
        let wrong = try place.run(
            "\(place.path)/alone/rtmedia", ["say", "hello"], environment: ["RTMEDIA_SPEECH_WORKER": "/bin/cat"])
        #expect(wrong.status == 69 && wrong.errors.hasPrefix("rtmedia: /bin/cat: does not list its voices"))
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

    @Test("an engine that is not installed exits with 69, and names the package; everything else still works")
    func missingEngine() throws {
        try place.write([], to: "broken/libespeak-ng.so.1")
        let environment = ["LD_LIBRARY_PATH": "\(place.path)/broken"]
        for words in [["say", "hello", "-o", "a.wav"], ["voices"], ["voices", "--local"]] {
            let run = try place.run("rtmedia", words, environment: environment)
            #expect(run.status == 69 && run.output.isEmpty)
            #expect(run.errors.contains("apt-get install libespeak-ng1 espeak-ng-data"))
        }
        try place.copy("chime.mp3")
        #expect(try place.rtmedia("convert", "chime.mp3", environment: environment).status == 0)
    }

    @Test("a worker that is not beside the tool is looked for where RTMEDIA_SPEECH_WORKER says")
    func worker() throws {
        try #require(try place.shell("mkdir alone; cp \(Workplace.products)/rtmedia{,-full} alone/").status == 0)
        let alone = "\(place.path)/alone/rtmedia"
        let missing = try place.run(alone, ["say", "hello"])
        #expect(missing.status == 69 && missing.output.isEmpty)
        #expect(missing.errors.contains("rtmedia-speech: is not beside \(alone)"))
        #expect(missing.errors.contains("apt-get install libespeak-ng-dev"))
        let elsewhere = try place.run(alone, ["say", "hello"], environment: ["RTMEDIA_SPEECH_WORKER": "/nonexistent"])
        #expect(
            elsewhere.status == 69 && elsewhere.errors.contains("neither at /nonexistent (RTMEDIA_SPEECH_WORKER) nor"))
        // Programs that are there, but may not be started.
        try #require(try place.shell("echo > alone/rtmedia-speech").status == 0)
        let refused = try place.run(alone, ["say", "hello"])
        #expect(
            refused.status == 69
                && refused.errors
                    == "rtmedia: \(place.path)/alone/rtmedia-speech: can't be started: Permission denied\n",
            "\(refused.errors)")
        try #require(
            try place.shell("mkdir half; cp \(Workplace.products)/rtmedia half/; echo > half/rtmedia-full").status == 0)
        let half = try place.run("\(place.path)/half/rtmedia", ["say", "hello"])
        #expect(half.status == 69 && half.errors.hasSuffix("/half/rtmedia-full: can't be started: Permission denied\n"))
        let found = try place.run(
            alone, ["say", "hello", "-q"],
            environment: ["RTMEDIA_SPEECH_WORKER": "\(Workplace.products)/rtmedia-speech"])
        #expect(found.status == 0)
        #expect(try found.output == place.rtmedia("say", "hello", "-q").output)
        try makeProgram(
            """
            #!/bin/bash
            [ "$1" = --voices ] || kill -SEGV $$
            exec '\(Workplace.products)/rtmedia-speech' "$@"

            """, "crash")
        let crashed = try place.run(
            alone, ["say", "hello", "-q"], environment: ["RTMEDIA_SPEECH_WORKER": "\(place.path)/crash"])
        #expect(crashed.status == 65 && crashed.output.isEmpty)
        #expect(
            crashed.errors
                == "rtmedia: \"hello\": the engine crashed on it (Segmentation fault); other texts are not affected\n")
    }

    @Test("no executable but the worker links the engine")
    func links() throws {
        func needs(_ name: String) throws -> Bool {
            String(decoding: try Workplace.bytes("\(Workplace.products)/\(name)"), as: UTF8.self).contains(
                "libespeak-ng.so")
        }
        #expect(try needs("rtmedia-speech"))
        for name in ["rtmedia", "rtmedia-full"] {
            let dynamic = try place.shell("ldd '\(Workplace.products)/\(name)'")
            #expect(dynamic.status == 0 && dynamic.text.contains("libsndfile") && !dynamic.text.contains("espeak"))
        }
    }
}
