import Foundation
import TestSupport
import Testing

/// Recordings with the caller in one channel, and somebody else in the other.
@Suite(.waiting) struct DetectChannelTests {
    let place = Workplace()

    private struct Record: Decodable {
        let file: String
        let channel: Int?
        let result: String
        let decided_ms: Double?
        let warnings: [String]
    }

    /// `call.wav`: on the left a caller who talks from 0.4 to 1.1 s, on the right somebody who talks from 2 to 2.8 s.
    init() throws {
        let left = Self.talk(from: 3200, to: 8800)
        let right = Self.talk(from: 16_000, to: 22_400)
        try place.write(TestSound(channels: [left, right]).wav, to: "call.wav")
        try place.write(TestSound(channels: [left, left]).wav, to: "same.wav")
        try place.write(TestSound(left).wav, to: "mono.wav")
    }

    private static func talk(from start: Int, to end: Int) -> [Int16] {
        (0..<28_000).map { (start..<end).contains($0) ? ($0 % 8 < 4 ? 6000 : -6000) : 0 }
    }

    private func records(_ arguments: String...) throws -> [Record] {
        let run = try place.run("rtmedia", ["detect", "--json"] + arguments)
        #expect(run.status == 0, "\(run.errors)")
        return try run.jsonLines(Record.self)
    }

    @Test("the channel that is chosen decides alone: by name, or by number")
    func chosen() throws {
        let run = try records("call.wav", "--channel", "left", "--silence-ms", "300")
        #expect(run.map(\.decided_ms) == [1420] && run[0].channel == 1 && run[0].warnings.isEmpty)
        #expect(try records("call.wav", "--channel", "2", "--silence-ms", "300").map(\.decided_ms) == [3120])
        #expect(try records("call.wav", "--channel", "right", "--silence-ms", "300").map(\.channel) == [2])
        let missing = try place.rtmedia("detect", "call.wav", "--channel", "3")
        #expect(missing.status == 64 && missing.errors.contains("there is no channel 3"))
    }

    @Test("where channels differ and none was chosen, a warning tells how to choose")
    func warning() throws {
        let warned = try place.rtmedia("detect", "call.wav")
        #expect(warned.errors.contains("its 2 channels differ and were mixed"), "\(warned.errors)")
        #expect(warned.errors.contains("--channel left or right takes one"))
        #expect(try records("call.wav")[0].warnings.count == 1)
        for quiet in [["call.wav", "--channel", "mix"], ["same.wav"], ["mono.wav"]] {
            let run = try place.run("rtmedia", ["detect"] + quiet)
            #expect(run.status == 0 && run.errors.isEmpty, "\(quiet): \(run.errors)")
        }
    }

    @Test("of each channel its own warnings are told, and once what all have in common")
    func warningsOfChannels() throws {
        // 1000 floats of one channel are no numbers.
        try #require(
            try place.shell(
                "sox -n -r 8000 -b 32 -e float -c 1 ok.wav synth 2 sin 440 gain -12; "
                    + "(head -c 58 ok.wav; head -c 4000 /dev/zero | tr '\\0' '\\377'; tail -c +4059 ok.wav) > bad.wav; "
                    + "ffmpeg -v error -i ok.wav -i bad.wav -filter_complex amerge -c:a pcm_f32le both.wav; "
                    + "head -c 100000 both.wav > cut.wav"
            ).status == 0)
        let run = try place.rtmedia("detect", "cut.wav", "--channel", "each", "--partial")
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.errors.components(separatedBy: "not numbers and were silenced").count == 2, "\(run.errors)")
        #expect(run.errors.components(separatedBy: "bytes early").count == 2, "\(run.errors)")
    }

    @Test("the warning comes for files whose decoder mixes, too", arguments: ["mp3", "ogg", "flac"])
    func warningOfDecoders(_ ending: String) throws {
        try #require(try place.shell("ffmpeg -v error -i call.wav coded.\(ending)").status == 0)
        let run = try place.rtmedia("detect", "coded.\(ending)")
        #expect(run.status == 0 && run.errors.contains("channels differ"), "\(run.errors)")
        try #require(try place.shell("ffmpeg -v error -i same.wav same.\(ending)").status == 0)
        #expect(try place.rtmedia("detect", "same.\(ending)").errors.isEmpty)
    }

    @Test("each channel by itself is a row of its own")
    func each() throws {
        let rows = try records("call.wav", "mono.wav", "--channel", "each", "--silence-ms", "300")
        #expect(rows.map(\.file) == ["call.wav", "call.wav", "mono.wav"])
        #expect(rows.map(\.channel) == [1, 2, 1] && rows.map(\.decided_ms) == [1420, 3120, 1420])
        let people = try place.rtmedia("detect", "call.wav", "mono.wav", "--channel", "each", "--silence-ms", "300")
            .text
        #expect(people.contains("call.wav (left): TALK at 1.42 s"))
        #expect(people.contains("call.wav (right): TALK at 3.12 s"))
        #expect(people.contains("mono.wav: TALK at 1.42 s"))
        #expect(try place.shell("rtmedia detect - --channel each < call.wav").status == 64)
    }

    @Test("labels name the channel, and tune finds each channel's own")
    func labels() throws {
        let labels = try place.rtmedia(
            "detect", "call.wav", "--channel", "each", "--silence-ms", "300", "--labels", "out.csv")
        #expect(labels.status == 0)
        let text = String(decoding: try place.bytes("out.csv"), as: UTF8.self)
        #expect(
            text == """
                file,start_s,end_s,qualifies,label,channel
                call.wav,0.400000,1.100000,true,talk,1
                call.wav,2.000000,2.800000,true,talk,2

                """)
        let plots = try place.rtmedia("detect", "call.wav", "--channel", "each", "--plot", "{name}.svg")
        #expect(plots.status == 0 && place.files.contains("call-1.svg") && place.files.contains("call-2.svg"))
        let rttm = try place.rtmedia(
            "detect", "call.wav", "--channel", "2", "--silence-ms", "300", "--labels", "out.rttm")
        #expect(rttm.status == 0)
        #expect(
            String(decoding: try place.bytes("out.rttm"), as: UTF8.self)
                == "SPEAKER call 2 2.000000 0.800000 <NA> <NA> talk <NA> <NA>\n")
    }

    @Test("tune and levels take the channel that is chosen, or those that labels name")
    func tuning() throws {
        let silence = [Int16](repeating: 0, count: 28_000)
        for index in 0..<4 {
            let talk = Self.talk(from: 3200 + 160 * index, to: 8800 + 240 * index)
            try place.write(TestSound(channels: [silence, talk]).wav, to: "calls/\(index).wav")
        }
        let lines = (0..<4).flatMap { ["\($0).wav,left,no", "\($0).wav,right,talk"] }
        try place.write(Array((["file,channel,label"] + lines).joined(separator: "\n").utf8), to: "labels.csv")
        let environment = ["XDG_CACHE_HOME": "\(place.path)/cache"]
        func tune(_ arguments: String...) throws -> TuneTests.TuneRecord {
            let run = try place.run("rtmedia", ["tune", "--json"] + arguments, environment: environment)
            try #require(run.status == 0, "\(run.errors)")
            return try run.json(TuneTests.TuneRecord.self)
        }
        for _ in 0..<2 {
            let found = try tune("calls", "--labels", "labels.csv")
            #expect(
                found.files.map(\.label).sorted() == ["no-talk", "no-talk", "no-talk", "no-talk"]
                    + [String](repeating: "talk", count: 4))
            #expect(found.files.allSatisfy(\.right) && found.findings.isEmpty)
        }
        // Level files hold channels by name.
        let levels = try place.run(
            "rtmedia", ["levels", "calls", "--channel", "each", "-o", "calls.levels", "--json"],
            environment: environment)
        #expect(levels.status == 0 && levels.text.contains("\"recordings\":8"), "\(levels.text) \(levels.errors)")
        #expect(try tune("calls.levels", "--labels", "labels.csv").files.count == 8)
        // Without a choice there is a warning, also where levels were kept, and by whatever choice.
        let mix = try place.run(
            "rtmedia", ["levels", "calls", "--channel", "mix", "-o", "mix.levels"], environment: environment)
        #expect(mix.status == 0 && !mix.errors.contains("differ"), "\(mix.errors)")
        for _ in 0..<2 {
            let mixed = try place.run("rtmedia", ["levels", "calls", "-o", "m.levels", "-f"], environment: environment)
            #expect(mixed.status == 0 && mixed.errors.contains("channels differ"), "\(mixed.errors)")
        }
        let chosen = try place.run(
            "rtmedia", ["levels", "calls", "--channel", "right", "-o", "r.levels"], environment: environment)
        #expect(chosen.status == 0 && !chosen.errors.contains("differ"))
        let wrong = try place.run(
            "rtmedia", ["tune", "calls.levels", "--labels", "wrong.csv", "--json"], environment: environment)
        #expect(wrong.status == 66)
    }

    @Test("a channel that is none is an error of its label")
    func wrongChannel() throws {
        try place.write(Array("file,label,channel\nmono.wav,talk,middle\ncall.wav,no,\n".utf8), to: "labels.csv")
        let run = try place.run(
            "rtmedia", ["tune", "mono.wav", "call.wav", "--labels", "labels.csv"],
            environment: ["XDG_CACHE_HOME": "\(place.path)/cache"])
        #expect(run.errors.contains("labels.csv:2: the channel \"middle\" is neither a number"), "\(run.errors)")
    }
}
