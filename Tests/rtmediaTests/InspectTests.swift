import Foundation
import TestSupport
import Testing

/// What `rtmedia inspect` thinks of files, and whether what it advises helps.
@Suite(.waiting) struct InspectTests {
    let place = Workplace()

    @Test("what the tool converts, the tool accepts", arguments: ["wav", "mp3", "m4a", "opus", "alaw", "g722"])
    func accepted(ending: String) throws {
        try place.copy("chime.\(ending)")
        #expect(try place.rtmedia("convert", "chime.\(ending)", "-o", "a.wav", "--quiet").status == 0)
        let run = try place.rtmedia("inspect", "a.wav")
        #expect(run.status == 0 && run.errors.isEmpty)
        #expect(run.text.hasPrefix("a.wav: ok (WAV, 16-bit PCM, 8000 Hz, mono, 0.6 s, -"))
    }

    @Test("base64 of a canonical file is accepted, and a response is made of it")
    func base64() throws {
        try place.copy("chime.wav")
        #expect(try place.rtmedia("convert", "chime.wav", "--as", "base64", "-o", "a.b64").status == 0)
        #expect(try place.rtmedia("inspect", "a.b64").status == 0)
        #expect(try place.rtmedia("inspect", "-", input: "\(place.path)/a.b64").text.hasPrefix("standard input: ok ("))
    }

    @Test("a level that is wanted is met or not, and the remedy meets it")
    func level() throws {
        try place.copy("chime.wav")
        #expect(try place.rtmedia("convert", "chime.wav", "-o", "a.wav", "--level", "-26", "--quiet").status == 0)
        #expect(try place.rtmedia("inspect", "a.wav", "--level", "-26").status == 0)
        #expect(try place.rtmedia("inspect", "a.wav", "--level", "-28", "--within", "2.1").status == 0)
        let run = try place.rtmedia("inspect", "a.wav", "--level", "-20.5", "--within", "0.5")
        #expect(
            run.status == 65 && run.text.contains("problem: its active speech level is -26.0 dBov; -21.0 dBov to -20.0")
        )
        let remedy = try #require(run.text.firstMatch(of: /fix it: (rtmedia convert .*)/)?.1)
        #expect(remedy == "rtmedia convert a.wav --level -20.5")
        #expect(try place.shell("\(remedy) --quiet --force -o b.wav").status == 0)
        #expect(try place.rtmedia("inspect", "b.wav", "--level", "-20.5", "--within", "0.1").status == 0)
        #expect(try place.shell("sox -n -r 8000 -b 16 silent.wav trim 0 1").status == 0)
        let silent = try place.rtmedia("inspect", "silent.wav", "--level", "-26", "--json")
        #expect(silent.status == 65 && silent.text.contains("nothing in it is loud enough to have a level"))
        // No gain would help.
        #expect(!(try place.rtmedia("inspect", "silent.wav", "--level", "-26")).text.contains("--level -26"))
        #expect(try place.rtmedia("inspect", "a.wav", "--within", "1").status == 64)
        #expect(try place.rtmedia("inspect", "a.wav", "--level", "-26", "--within", "-1").status == 64)
    }

    /// A file that the platform does not play, or that is no plain one, made by another tool.
    struct Flawed: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// The shell's line that makes the file, of `chime.wav` and `8k.wav`.
        let recipe: String
        let problems: [String]
        var advice: [String] = []
    }

    static let flawed = [
        Flawed(
            testDescription: "another rate", recipe: "cp chime.wav 'a b.wav'",
            problems: ["its rate is 22050 Hz, not 8000 Hz"]),
        Flawed(
            testDescription: "stereo", recipe: "sox 8k.wav -c 2 'a b.wav'", problems: ["it has 2 channels, not 1"]),
        Flawed(
            testDescription: "8 bits", recipe: "sox 8k.wav -b 8 'a b.wav'",
            problems: ["its samples are 8-bit unsigned PCM, not 16-bit PCM"]),
        Flawed(
            testDescription: "mu-law", recipe: "sox 8k.wav -e mu-law 'a b.wav'",
            problems: ["its samples are mu-law, not 16-bit PCM"]),
        Flawed(
            testDescription: "ADPCM", recipe: "sox 8k.wav -e ms-adpcm 'a b.wav'",
            problems: ["its samples are Microsoft ADPCM, not 16-bit PCM"]),
        Flawed(
            testDescription: "extra chunks", recipe: "ffmpeg -v error -i 8k.wav -metadata title=x 'a b.wav'",
            problems: [], advice: ["it has chunks besides the audio (LIST), which some players play as clicks"]),
        Flawed(
            testDescription: "something behind", recipe: "cp 8k.wav 'a b.wav'; printf behind >> 'a b.wav'",
            problems: [], advice: ["6 bytes follow the audio, which some players play as clicks"]),
        Flawed(
            testDescription: "a stream's sizes",
            recipe: "ffmpeg -v error -i 8k.wav -bitexact -f wav - | cat > 'a b.wav'", problems: [],
            advice: ["the sizes in its header are wrong: 4294967295 bytes of audio, 9600 are there, and Asterisk"]),
        Flawed(
            testDescription: "extensible", recipe: "ffmpeg -v error -i 8k.wav -c:a pcm_s24le -ar 8000 -ac 3 'a b.wav'",
            problems: ["its samples are 24-bit PCM, not 16-bit PCM", "it has 3 channels, not 1"]),
        Flawed(
            testDescription: "cut off", recipe: "head -c 6000 8k.wav > 'a b.wav'", problems: [],
            advice: [
                "the sizes in its header are wrong: 9600 bytes of audio, 5956 are there",
                "the file ends 3644 bytes early; the header promises 9600 bytes of audio; 0.37 s were recovered",
            ]),
        Flawed(
            testDescription: "MP3", recipe: "lame --quiet chime.wav 'a b.wav'", problems: ["it is MP3, not a WAV file"]),
        Flawed(
            testDescription: "too quiet, off centre and late",
            recipe: "sox chime.wav -r 16000 'a b.wav' vol -30 dB dcshift 0.02 pad 1 0.7",
            problems: ["its rate is 16000 Hz, not 8000 Hz"],
            advice: ["its samples have a DC offset of ", "its active speech level is "]),
    ]

    @Test("a flaw is told with a remedy, and the remedy makes a file that is accepted", arguments: flawed)
    func remedy(_ flawed: Flawed) throws {
        try place.copy("chime.wav")
        #expect(try place.rtmedia("convert", "chime.wav", "-o", "8k.wav", "--quiet").status == 0)
        let made = try place.shell(flawed.recipe)
        try #require(made.status == 0 && place.files.contains("a b.wav"))
        let run = try place.rtmedia("inspect", "a b.wav")
        #expect(run.status == (flawed.problems.isEmpty ? 0 : 65) && run.errors.isEmpty)
        let lines = run.text.split(separator: "\n").map(String.init)
        #expect(lines[0].hasPrefix("a b.wav: \(flawed.problems.isEmpty ? "ok" : "NOT OK") ("))
        #expect(lines.filter { $0.hasPrefix("  problem: ") } == flawed.problems.map { "  problem: \($0)" })
        for advice in flawed.advice { #expect(lines.contains { $0.hasPrefix("  advice: \(advice)") }) }
        let remedy = try #require(lines.last.flatMap { $0.hasPrefix("  fix it: ") ? String($0.dropFirst(10)) : nil })
        #expect(remedy.hasPrefix("rtmedia convert 'a b.wav'"))
        #expect(try place.shell(remedy + " --quiet").status == 0)
        let mended = try place.rtmedia("inspect", "a b.8k.wav")
        #expect(mended.status == 0 && !mended.text.contains("\n  "), "\(mended.text)")
    }

    @Test(
        "a remedy names the file so that a shell takes it",
        arguments: [
            "a.mp3", "-a.mp3", "- a.mp3", "it's.mp3", "\"$(touch x)\";*.mp3", "größe ☎.mp3", "a\nb.mp3",
            "it's\t☎\\\u{1B}[2J.mp3",
        ])
    func quoting(name: String) throws {
        try place.copy("chime.mp3", to: name)
        let run = try place.rtmedia("inspect", "--json", "--", name)
        let remedy = try #require(try run.json(Record.self).remedy)
        #expect(try place.shell(remedy).status == 0)
        #expect(place.files == [name, name.replacingOccurrences(of: ".mp3", with: ".wav")].sorted())
    }

    @Test("a remedy has the options that help, each once, and - for standard input")
    func options() throws {
        let recipe =
            "sox -D chime.wav -r 8000 whole.wav vol -30 dB dcshift 0.02 pad 1 0.7; head -c -2000 whole.wav > a.wav"
        try place.copy("chime.wav")
        #expect(try place.shell(recipe).status == 0)
        let run = try place.rtmedia("inspect", "-", input: "\(place.path)/a.wav")
        // What is cut off is played as far as it goes.
        #expect(run.status == 0)
        #expect(
            run.text.hasSuffix("\n  fix it: rtmedia convert - --band-limit --level -26 --trim --partial\n"),
            "\(run.text)")
    }

    @Test("samples beyond full scale are a problem, told with the option that helps")
    func clamped() throws {
        try place.copy("chime.wav")
        #expect(try place.shell("ffmpeg -v error -i chime.wav -af volume=32dB -c:a pcm_f32le b.wav").status == 0)
        let run = try place.rtmedia("inspect", "b.wav")
        #expect(run.status == 65)
        #expect(
            run.text.contains(" samples lay beyond full scale and were clamped; --level brings it down\n"),
            "\(run.text)")
        #expect(run.text.hasSuffix("\n  fix it: rtmedia convert b.wav --band-limit --level -26\n"))
    }

    @Test("a file without a sample is one that the platform plays, in silence; another is no audio")
    func noSamples() throws {
        #expect(try place.shell("sox -n -r 8000 -b 16 -c 1 empty.wav trim 0 0").status == 0)
        let run = try place.rtmedia("inspect", "empty.wav")
        #expect(run.status == 0 && run.errors.isEmpty)
        #expect(
            run.text.hasPrefix("empty.wav: ok (") && run.text.contains("advice: it holds no samples: nothing is heard"))
        #expect(try place.rtmedia("convert", "empty.wav", "-o", "a.wav").status == 65)
    }

    @Test("what is only advised does not count")
    func advice() throws {
        #expect(
            try place.run("sox", ["-D", "\(Workplace.samples)/chime.wav", "-r", "8000", "in.wav", "vol", "-30", "dB"])
                .status == 0)
        let run = try place.rtmedia("inspect", "in.wav")
        #expect(run.status == 0 && run.text.contains("\n  advice: its active speech level is -50."))
        #expect(run.text.hasSuffix("  fix it: rtmedia convert in.wav --level -26\n"))
    }

    /// A line of `inspect --json`.
    struct Record: Decodable {
        struct Finding: Decodable {
            let severity: String
            let text: String
        }
        let file: String
        let ok: Bool
        let container: String
        let encoding: String
        let sample_rate: Int
        let channels: Int
        let duration_ms: Double
        let peak_dbfs: Double?
        let active_level_dbov: Double?
        let offset: Double
        let leading_silence_ms: Double
        let trailing_silence_ms: Double
        let clipped_runs: Int
        let payload_bytes: Int
        let findings: [Finding]
        let remedy: String?
    }

    @Test("an inspection is one object on one line")
    func json() throws {
        try place.copy("chime.wav")
        #expect(try place.rtmedia("convert", "chime.wav").status == 0)
        let run = try place.rtmedia("inspect", "chime.8k.wav", "chime.wav", "--json")
        #expect(run.status == 65 && run.errors.isEmpty)
        let records = try run.jsonLines(Record.self)
        try #require(records.count == 2)
        #expect(records[0].ok && records[0].findings.isEmpty && records[0].remedy == nil)
        #expect(records[0].file == "chime.8k.wav" && records[0].sample_rate == 8000 && records[0].duration_ms == 600)
        #expect(records[0].payload_bytes == 12_860 && records[0].clipped_runs == 0 && abs(records[0].offset) < 0.001)
        #expect(!records[1].ok && records[1].remedy == "rtmedia convert chime.wav")
        #expect(records[1].findings.map(\.severity) == ["problem"] && records[1].channels == 1)
    }

    @Test("a folder is inspected whole, and what is accepted is counted")
    func folder() throws {
        try place.copy("chime.wav", to: "in/a.wav")
        try place.copy("chime.mp3", to: "in/b/c.mp3")
        try place.write(Array("Hello\n".utf8), to: "in/text.txt")
        #expect(try place.rtmedia("convert", "in/b/c.mp3", "--quiet").status == 0)
        let run = try place.rtmedia("inspect", "in", "missing.wav")
        #expect(run.status == 66)
        let first = run.text.split(separator: "\n").filter { !$0.hasPrefix(" ") }.map { $0.prefix { $0 != "(" } }
        #expect(first == ["in/a.wav: NOT OK ", "in/b/c.mp3: NOT OK ", "in/b/c.wav: ok "])
        let errors = run.errors.split(separator: "\n")
        #expect(
            errors.dropLast() == [
                "in/text.txt: is text, not audio; skipped",
                "rtmedia: missing.wav: can't be opened: No such file or directory",
            ])
        #expect(errors.last?.hasPrefix("1 of 4 files can be played as they are, 1 failed, 1 skipped in ") == true)
    }
}
