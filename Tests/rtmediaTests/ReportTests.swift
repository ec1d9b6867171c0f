import Foundation
import Glibc
import TestSupport
import Testing

/// What is told about the work, and to whom.
@Suite(.waiting) struct ReportTests {
    let place = Workplace()

    @Test("names of files are written so that no terminal acts on them, a line each, and in JSON are as they are")
    func harmless() throws {
        let name = "a\u{1B}[2Jb\nc.mp3"
        let plain = #"in/a\u001b[2Jb\u000ac"#
        try place.copy("chime.mp3", to: "in/\(name)")
        try place.write(Array("text".utf8), to: "in/x\u{9B}2J.txt")
        let converted = try place.rtmedia("convert", "in", "-o", "out")
        #expect(converted.errors.hasPrefix("\(plain).mp3 -> out/\(plain.dropFirst(3)).wav: 0.6 s"))
        #expect(converted.errors.contains("\n" + #"in/x\u009b2J.txt: is text, not audio; skipped"# + "\n"))
        let inspected = try place.rtmedia("inspect", "in", "-q")
        #expect(inspected.status == 65 && inspected.text.hasPrefix("\(plain).mp3: NOT OK"))
        #expect(inspected.text.hasSuffix("fix it: rtmedia convert $'in/a\\033[2Jb\\012c.mp3'\n"))
        let detected = try place.rtmedia("detect", "in", "-q")
        #expect(try place.rtmedia("detect", "in").text.contains("\n\(plain).mp3: "))
        for run in [converted, inspected, detected] {
            #expect(
                !(run.text + run.errors).unicodeScalars.contains {
                    $0 != "\n" && $0.properties.generalCategory == .control
                })
        }
        let missing = try place.rtmedia("convert", "\u{7}\n.mp3")
        #expect(missing.errors == #"rtmedia: \u0007\u000a.mp3: can't be opened: No such file or directory"# + "\n")
        let record = try place.rtmedia("inspect", "in/\(name)", "--json").output
        let file = (try JSONSerialization.jsonObject(with: Data(record)) as? [String: Any])?["file"] as? String
        #expect(file == "in/\(name)")
    }

    @Test(
        "what a handler sends, and names on the command line, act on no terminal and forge no line",
        arguments: [[], ["--json"], ["--calls", "2"], ["--faults", "--calls", "1"], ["--explore"]])
    func handler(options: [String]) throws {
        let hostile = #"x\u001b]0;t\u0007\u009b2J\n   0.000  platform  end       HANGUP\u202e\u2028"#
        let step = #"{"command":"\#(hostile)"}"#
        let handler = try HandlerProgram.steps("[\(step)]")
        let run = try place.run(
            "rtmedia", ["call", handler.address, "--record", "out"].prefix(options.isEmpty ? 4 : 2) + options)
        #expect(run.status == 65 || options.contains("--faults"), "\(run.errors)")
        let shown = run.text + run.errors
        #expect(!shown.unicodeScalars.contains { Self.isHarmful($0) && $0 != "\n" })
        #expect(!shown.split(separator: "\n").contains { $0.hasPrefix("   0.000  platform  end ") })
        guard options.isEmpty else { return }
        #expect(try place.bytes("out/call.txt") == run.output)
        #expect(
            try !String(decoding: place.bytes("out/call.labels.txt"), as: UTF8.self).unicodeScalars.contains {
                Self.isHarmful($0) && $0 != "\n" && $0 != "\t"
            })
        #expect(try String(decoding: place.bytes("out/call.jsonl"), as: UTF8.self).contains(#"\\u202e"#))
    }

    @Test("voices and findings of files are named harmlessly")
    func names() throws {
        let voices = try place.rtmedia("voices", "TTS_FR-FR_A\u{1B}[2J\nTTS", "x\u{202E}\u{9B}2J\ny")
        try place.write(Array("scenario: [\n".utf8), to: "a\u{1B}[2J\nb.yaml")
        let call = try place.rtmedia("call", "http://127.0.0.1:1/", "a\u{1B}[2J\nb.yaml")
        for run in [voices, call] {
            #expect(!(run.text + run.errors).unicodeScalars.contains { Self.isHarmful($0) && $0 != "\n" })
        }
        #expect(voices.text.hasPrefix(#"TTS_FR-FR_A\u001b[2J\u000aTTS "#), "\(voices.text)")
        #expect(call.errors.hasPrefix(#"a\u001b[2J\u000ab.yaml:"#), "\(call.errors)")
    }

    private static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
        [.control, .format, .lineSeparator, .paragraphSeparator].contains(scalar.properties.generalCategory)
    }

    /// A line of `convert --json` for a file that was converted.
    struct ConvertRecord: Decodable {
        let file: String
        let result: String
        let output: String
        let container: String
        let encoding: String
        let decoder: String
        let resampler: String?
        let sample_rate: Int
        let channels: Int
        let frames: Int
        let samples: Int
        let duration_ms: Double
        let clamped: Int
        let payload_bytes: Int
        let active_level_dbov: Double?
        let gain_db: Double?
        let lead_trimmed_ms: Double?
        let trail_trimmed_ms: Double?
        let warnings: [String]
    }

    private func lines<Record: Decodable>(_ text: String, of type: Record.Type = Record.self) throws -> [Record] {
        #expect(text.hasSuffix("}\n"))
        return try text.split(separator: "\n").map { try JSONDecoder().decode(Record.self, from: Data($0.utf8)) }
    }

    @Test("a conversion is one object on one line, on standard output")
    func converted() throws {
        try place.copy("chime.mp3")
        let run = try place.rtmedia("convert", "chime.mp3", "--json", "--level", "-26", "--trim")
        #expect(run.status == 0 && run.errors.isEmpty)
        let record = try #require(try lines(run.text, of: ConvertRecord.self).first)
        #expect(record.file == "chime.mp3" && record.output == "chime.wav" && record.result == "converted")
        #expect(record.container == "MP3" && record.encoding == "MPEG Layer III" && record.decoder == "built-in")
        #expect(record.resampler == "polyphase" && record.sample_rate == 22_050 && record.channels == 1)
        #expect(record.frames == 13_230 && record.samples <= 4800 && record.clamped == 0 && record.warnings.isEmpty)
        #expect(record.duration_ms == Double(record.samples) / 8)
        #expect(record.payload_bytes == (44 + 2 * record.samples + 2) / 3 * 4)
        let level = try #require(record.active_level_dbov), gain = try #require(record.gain_db)
        #expect(abs(level + gain + 26) < 1e-9)
        #expect(record.lead_trimmed_ms != nil && record.trail_trimmed_ms != nil)
        let again = try place.rtmedia("convert", "chime.mp3", "--json", "--level", "-26", "--trim")
        #expect(try lines(again.text, of: ConvertRecord.self).first?.result == "unchanged")
    }

    @Test("what was not asked for is not in the record")
    func absent() throws {
        try place.copy("chime.ulaw")
        let run = try place.rtmedia("convert", "chime.ulaw", "--json")
        let record = try #require(try JSONSerialization.jsonObject(with: Data(run.output)) as? [String: Any])
        #expect(
            record.keys.sorted() == [
                "channels", "clamped", "container", "decoder", "duration_ms", "encoding", "file", "frames", "output",
                "payload_bytes", "result", "sample_rate", "samples", "warnings",
            ])
    }

    @Test("failures are objects too, and tell the kind of error")
    func failed() throws {
        try place.write(Array("Hello\n".utf8), to: "in/text.txt")
        try place.write(Array("Hello\n".utf8), to: "named.txt")
        let run = try place.rtmedia("convert", "missing.wav", "named.txt", "in", "/dev/null", "-o", "out", "--json")
        #expect(run.status == 66 && run.errors.isEmpty)
        let records = try lines(run.text, of: FailureRecord.self)
        try #require(records.count == 4)
        #expect(records.map(\.file) == ["missing.wav", "named.txt", "in/text.txt", "/dev/null"])
        #expect(records.map(\.code) == ["no_input", "not_audio", "not_audio", "damaged"])
        #expect(records.map(\.result) == ["failed", "failed", "passed_over", "failed"])
        #expect(records[1].error == "is text, not audio")
    }

    @Test("where the data goes to standard output, the record goes to standard error")
    func dataAndRecord() throws {
        try place.copy("chime.mp3")
        let run = try place.rtmedia("convert", "chime.mp3", "-o", "-", "--json")
        #expect(run.output.starts(with: Array("RIFF".utf8)))
        #expect(try lines(run.errors, of: ConvertRecord.self).map(\.output) == ["standard output"])
    }

    @Test("a payload that may come too late is warned of, a WAV file is not")
    func warning() throws {
        #expect(try place.run("sox", ["\(Workplace.samples)/chime.wav", "long.wav", "repeat", "99"]).status == 0)
        #expect(
            try place.rtmedia("convert", "long.wav", "-o", "x.wav", "--json").text.hasSuffix(#""warnings":[]}"# + "\n"))
        let run = try place.rtmedia("convert", "long.wav", "--as", "base64", "-o", "long.b64")
        let warning =
            "as play_wav_data it is 1.2 MB, 60 s of audio, which may not arrive within the 5 seconds for an answer"
        #expect(run.errors.hasPrefix("rtmedia: long.wav: \(warning)"))
        #expect(try place.rtmedia("inspect", "x.wav").text.contains("\n  advice: \(warning)"))
    }

    @Test("quiet is silent on success, warnings and all, and not on failure", arguments: ["--quiet", "-q"])
    func quiet(option: String) throws {
        try place.copy("chime.m4a", to: "in/a.m4a")
        try place.write(Array("Hello\n".utf8), to: "in/text.txt")
        #expect(try place.run("sox", ["\(Workplace.samples)/chime.wav", "in/loud.wav", "vol", "20", "dB"]).status == 0)
        let run = try place.rtmedia("convert", "in", "-o", "out", option)
        #expect(run.status == 0 && run.output.isEmpty && run.errors.isEmpty)
        #expect(try place.rtmedia("inspect", "out", option).output.isEmpty)
        let failure = try place.rtmedia("convert", "missing.wav", option)
        #expect(failure.errors == "rtmedia: missing.wav: can't be opened: No such file or directory\n")
    }

    /// What converts a batch whose first file, a pipe, keeps the tool busy past the time in which no bar is drawn: the
    /// clock starts before the pipe is opened, and the pipe is filled 300 ms after.
    private static let slowBatch = "mkfifo slow; (exec 3> slow; sleep 0.3; cat chime.wav >&3) & "

    @Test("there is no progress, and no escape code, where no terminal is")
    func noTerminal() throws {
        try place.copy("chime.wav")
        let run = try place.shell(
            Self.slowBatch + "rtmedia convert slow chime.wav -o out --jobs 1; rtmedia inspect out/*; wait")
        #expect(run.status == 0)
        #expect(!(run.errors + run.text).unicodeScalars.contains { $0.value < 32 && $0 != "\n" })
        #expect(!run.errors.contains("%"))
    }

    @Test("on a terminal there is a bar, which is removed in the end", arguments: [[], ["--quiet"], ["--json"]])
    func terminal(options: [String]) throws {
        try place.copy("chime.wav")
        let words = (["rtmedia convert slow chime.wav -o out --jobs 1"] + options).joined(separator: " ")
        let run = try place.shell(Self.slowBatch + "script -qec '\(words)' /dev/null; wait")
        #expect(run.status == 0)
        let bar = "\r\u{1B}[K[############------------] 50 %  1/2 files"
        #expect(run.text.contains(bar) == options.isEmpty)
        #expect(run.text.contains("\u{1B}") == options.isEmpty)
        guard options.isEmpty else { return }
        let rest = try #require(run.text.components(separatedBy: bar).last?.components(separatedBy: "\r\u{1B}[K"))
        #expect(
            rest.last?.hasPrefix("chime.wav -> out/chime.wav") == true || rest.last?.contains("2 converted in ") == true
        )
    }

    @Test("a WAV file is not written to a terminal")
    func terminalOutput() throws {
        try place.copy("chime.mp3")
        let run = try place.shell("script -qec 'rtmedia convert chime.mp3 -o -' /dev/null")
        #expect(run.status == 64)
        #expect(
            run.text == "rtmedia: won't write a WAV file to the terminal; say -o FILE, or redirect standard output\r\n")
    }

    @Test("what a decoder prints of a damaged file stays out of the WAV file on standard output")
    func decoderRemarks() throws {
        try place.write(Self.damagedSampleDump, to: "dump.sds")
        let run = try place.rtmedia("convert", "dump.sds", "-o", "-", "--quiet")
        #expect(run.status == 0 && run.errors.isEmpty)
        #expect(Array(run.output.prefix(4)) == Array("RIFF".utf8) && run.output.count == 44 + 2 * 400)
    }

    /// A MIDI sample dump of 400 samples at 8000 Hz, whose fourth packet begins with a wrong byte, which libsndfile tells
    /// to standard output.
    private static var damagedSampleDump: [UInt8] {
        func sevenBits(_ value: Int) -> [UInt8] { [0, 7, 14].map { UInt8(value >> $0 & 127) } }
        let head: [UInt8] = [0xF0, 0x7E, 0, 1, 0, 0, 16]
        let lengths = [125_000, 400, 0, 400].flatMap(sevenBits)
        let packets = (0..<10).flatMap { index -> [UInt8] in
            let body = [0x7E, 0, 2, UInt8(index)] + [UInt8](repeating: 64, count: 120)
            return [index == 3 ? 0xE4 : 0xF0] + body + [body.reduce(0, ^) & 127, 0xF7]
        }
        return head + lengths + [0x7F, 0xF7] + packets
    }
}
