import Foundation
import TestSupport
import Testing

/// What `rtmedia detect -` tells while the audio comes.
@Suite(.waiting) struct DetectLiveTests {
    let place = Workplace()

    private struct Line: Decodable {
        struct Talkspurt: Decodable {
            let start_ms: Double
            let length_ms: Double
        }

        let event: String?
        let result: String?
        let decided_ms: Double?
        let talkspurt: Talkspurt?
    }

    /// Two parts of a recording: talk from 0.4 to 1.1 s with half a second of silence, and another second of silence.
    private static let parts: (first: [UInt8], second: [UInt8]) = {
        let talk = (0..<12_800).map { (3200..<8800).contains($0) ? ($0 % 8 < 4 ? Int16(6000) : -6000) : 0 }
        let wav = TestSound(talk + [Int16](repeating: 0, count: 8000)).wav
        return (Array(wav[..<(44 + 25_600)]), Array(wav[(44 + 25_600)...]))
    }()

    /// Starts detection on what comes in two parts, the second once `go` is there.
    private func start(_ head: [UInt8], _ tail: [UInt8], _ options: String) throws -> RunningProgram {
        try place.write(head, to: "head")
        try place.write(tail, to: "tail")
        let line = "(cat head; until [ -e go ]; do sleep 0.02; done; cat tail) | rtmedia detect - \(options)"
        return try place.start("bash", ["-c", line])
    }

    private func finish(_ program: RunningProgram) throws -> [Line] {
        try place.write([], to: "go")
        #expect(try program.wait() == 0, "\(program.said)")
        return try program.said.split(separator: "\n").map {
            try JSONDecoder().decode(Line.self, from: Data($0.utf8))
        }
    }

    @Test(
        "talkspurts and the verdict are told before the audio is over: WAV whose length is not known, or is, and headerless"
    )
    func live() throws {
        var unknown = Self.parts.first
        unknown.replaceSubrange(40..<44, with: [0xFF, 0xFF, 0xFF, 0xFF])
        let raw = Array(Self.parts.first[44...])
        for (head, options) in [
            (unknown, "--json"), (Self.parts.first, "--json"), (raw, "--json --raw s16:8000:1"),
        ] {
            try? FileManager.default.removeItem(atPath: "\(place.path)/go")
            let program = try start(head, Self.parts.second, options + " --silence-ms 300")
            try program.read(until: /"event":"verdict"[^\n]*\n/)
            let lines = try finish(program)
            #expect(lines.map(\.event) == ["talkspurt", "verdict", nil])
            #expect(lines[0].talkspurt?.start_ms == 400 && lines[1].result == "TALK" && lines[1].decided_ms == 1420)
            // The last line is the whole record, as of a file.
            #expect(lines[2].result == "TALK" && lines[2].decided_ms == 1420)
        }
    }

    @Test("people are told as the audio comes, too")
    func people() throws {
        let program = try start(Self.parts.first, Self.parts.second, "--silence-ms 300")
        try program.read(until: /standard input: TALK at 1.42 s\n/)
        try place.write([], to: "go")
        #expect(try program.wait() == 0)
        #expect(
            program.said.contains("= talkspurt of 690 ms at 0.40 s")
                || program.said.contains("= talkspurt of 700 ms at 0.40 s"))
    }

    @Test("a pipe gives what a file gives, whatever its format")
    func same() throws {
        try place.write(Self.parts.first + Self.parts.second, to: "a.wav")
        try #require(
            try place.shell("ffmpeg -v error -i a.wav -b:a 64k a.mp3 && ffmpeg -v error -i a.wav a.flac").status == 0)
        for name in ["a.wav", "a.mp3", "a.flac"] {
            let file = try place.shell("rtmedia detect - --json --silence-ms 300 < \(name)")
            let pipe = try place.shell("cat \(name) | rtmedia detect - --json --silence-ms 300")
            #expect(file.status == 0 && pipe.status == 0, "\(pipe.errors)")
            #expect(pipe.text.split(separator: "\n").last == file.text.split(separator: "\n").last, "\(name)")
        }
        // Two files behind each other are one recording there as well.
        let twice = try place.shell("cat a.wav a.wav | rtmedia detect - --json --command activity | tail -1")
        #expect(twice.text.contains("\"duration_ms\":5200"), "\(twice.text)")
        let cut = try place.shell("head -c 20000 a.wav | rtmedia detect - --json | tail -1")
        #expect(
            cut.text.contains("the file ends 21644 bytes early; the header promises 41600 bytes of audio"),
            "\(cut.text)")
        for hostile in ["", "RIFF", "RIFF1234WAVE", "RIFF1234WAVEdata", "no audio at all"] {
            let run = try place.shell("printf '\(hostile)' | rtmedia detect - --json")
            #expect(run.status == 65, "\(hostile): \(run.text)\(run.errors)")
        }
    }

    @Test("frames have their levels and, where the threshold is adaptive, how probable talk is")
    func frames() throws {
        struct Record: Decodable {
            struct Frames: Decodable {
                let levels: [Int]
                let probabilities: [Double]?
            }

            let frames: Frames?
        }
        try place.write(Self.parts.first + Self.parts.second, to: "a.wav")
        func frames(_ options: String...) throws -> Record.Frames? {
            let run = try place.run("rtmedia", ["detect", "a.wav", "--json"] + options)
            #expect(run.status == 0, "\(run.errors)")
            return try run.json(Record.self).frames
        }
        #expect(try frames() == nil)
        let fixed = try #require(try frames("--frames"))
        #expect(fixed.levels.count == 130 && fixed.levels[0] == 0 && fixed.levels[30] == 6000)
        #expect(fixed.probabilities == nil)
        let adaptive = try #require(try frames("--frames", "--threshold", "adaptive"))
        #expect(adaptive.levels == fixed.levels && adaptive.probabilities?.count == 260)
        #expect(adaptive.probabilities?.allSatisfy { (0...1).contains($0) } == true)
        #expect(try place.rtmedia("detect", "a.wav", "--frames").status == 64)
        let plot = try place.rtmedia("detect", "a.wav", "--threshold", "adaptive", "--plot", "a.svg")
        #expect(plot.status == 0)
        #expect(String(decoding: try place.bytes("a.svg"), as: UTF8.self).contains("probability of talk"))
        let other = try place.rtmedia("detect", "a.wav", "--plot", "b.svg")
        #expect(other.status == 0)
        #expect(!String(decoding: try place.bytes("b.svg"), as: UTF8.self).contains("probability"))
    }
}
