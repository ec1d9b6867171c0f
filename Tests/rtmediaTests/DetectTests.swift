import Foundation
import TestSupport
import Testing

/// What `rtmedia detect` tells of recordings.
@Suite(.waiting) struct DetectTests {
    let place = Workplace()

    /// A line of `detect --json`.
    struct DetectRecord: Decodable {
        struct Talkspurt: Decodable {
            let start_ms: Double
            let length_ms: Double
            let silence_ms: Double?
            let leading_pause_ms: Double?
            let qualifies: Bool
            let key: String?
            let reason: String
        }

        let file: String
        let command: String
        let rules: String?
        let explanation: String
        let result: String
        let decided_ms: Double?
        let talk_ms: Double?
        let kept_ms: Double?
        let cause: String?
        let talkspurts: [Talkspurt]
    }

    init() throws { try place.makeCaller() }

    private func record(_ arguments: String...) throws -> DetectRecord { try record(arguments) }

    private func record(_ arguments: [String]) throws -> DetectRecord {
        let run = try place.run("rtmedia", ["detect", "caller.wav", "--json"] + arguments)
        #expect(run.status == 0 && run.errors.isEmpty)
        return try run.json(DetectRecord.self)
    }

    @Test("talk is told with its instant, its length and its talkspurts, null where there is none")
    func talk() throws {
        let talk = try record()
        #expect(talk.file == "caller.wav" && talk.command == "play_talk_detect" && talk.rules == "asterisk")
        // The first silent frame decides; the length is short by silence_ms.
        #expect(talk.result == "TALK" && talk.decided_ms == 1120 && talk.talk_ms == 695)
        #expect(talk.talkspurts.map(\.start_ms) == [400] && talk.talkspurts.map(\.qualifies) == [true])

        let none = try record("--min-ms", "800")
        #expect(none.result == "0" && none.decided_ms == nil && none.talk_ms == nil)
        #expect(none.talkspurts.map(\.length_ms) == [695, 195])
        #expect(none.talkspurts.allSatisfy { !$0.qualifies && $0.reason == "not longer than min_ms 800" })
    }

    @Test("every line of JSON has the same members, null where there is nothing to say")
    func members() throws {
        for name in ["in/a.wav", "in/c.wav"] { try place.write(try place.bytes("caller.wav"), to: name) }
        try place.write([], to: "in/b.wav")
        try place.write(Array("Recorded in May.\n".utf8), to: "in/d.txt")
        let run = try place.rtmedia("detect", "in", "--json", "--min-ms", "800")
        let lines = try run.text.split(separator: "\n").map { line in
            try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }
        try #require(lines.count == 4)
        #expect(Set(lines.map { $0.keys.sorted() }).count == 1)
        #expect(lines.map { $0["result"] as? String } == ["0", "failed", "0", "passed_over"])
        for line in lines {
            #expect(line["decided_ms"] is NSNull && line["talk_ms"] is NSNull)
            #expect(line["command"] as? String == "play_talk_detect" && line["talkspurts"] is [Any])
        }
        #expect(lines[0]["error"] is NSNull && lines[1]["error"] as? String == "is empty: 0 bytes long")
        #expect(lines[1]["duration_ms"] is NSNull && (lines[1]["talkspurts"] as? [Any])?.isEmpty == true)
    }

    @Test("each member of a line of JSON is what it says")
    func values() throws {
        func line(_ options: String...) throws -> NSDictionary {
            let run = try place.run("rtmedia", ["detect", "caller.wav", "--json"] + options)
            #expect(run.status == 0 && run.errors.isEmpty)
            return try #require(try JSONSerialization.jsonObject(with: Data(run.output)) as? NSDictionary)
        }
        let null = NSNull()
        var expected: [String: Any] = [
            "cause": null, "code": null, "command": "play_talk_detect", "decided_ms": 1620, "duration_ms": 3200,
            "error": null, "explanation": "1100 ms of talk, then silence", "file": "caller.wav", "frame_ms": 20,
            "kept_ms": null, "result": "TALK", "rules": "asterisk", "talk_ms": 1100, "threshold": 512,
            "warnings": [String](), "channel": null, "silence_ms": 500, "frames": null, "with_usual_pause": null,
            "talkspurts": [
                [
                    "start_ms": 0, "length_ms": 1100, "silence_ms": 520, "leading_pause_ms": 400, "qualifies": true,
                    "reason": "qualifies",
                ] as [String: Any]
            ],
        ]
        #expect(try line("--silence-ms", "500") == expected as NSDictionary)
        // -30 dBov is 1036.2 of 32768.
        expected.merge([
            "decided_ms": 2900, "explanation": "200 ms of talk, then silence", "frame_ms": 10, "rules": "documented",
            "talk_ms": 200, "threshold": 1037, "silence_ms": 300,
            "talkspurts": [
                [
                    "start_ms": 400, "length_ms": 700, "silence_ms": 300, "leading_pause_ms": 0, "qualifies": false,
                    "reason": "not shorter than max_ms 600",
                ] as [String: Any],
                [
                    "start_ms": 2400, "length_ms": 200, "silence_ms": 300, "leading_pause_ms": 0, "qualifies": true,
                    "reason": "qualifies",
                ],
            ],
        ]) { $1 }
        #expect(
            try line(
                "--silence-ms", "300", "--min-ms", "100", "--max-ms", "600", "--rules", "documented", "--threshold",
                "-30dBov", "--frame-ms", "10") == expected as NSDictionary)
        expected.merge([
            "cause": "HUMAN-800-800", "command": "amd", "decided_ms": 1900, "frame_ms": 20, "result": "HUMAN",
            "explanation": "800 ms of silence after the greeting (after_greeting_silence 800)", "rules": null,
            "talk_ms": 700, "threshold": 256, "silence_ms": null,
            "talkspurts": [
                [
                    "start_ms": 400, "length_ms": 700, "silence_ms": 800, "leading_pause_ms": 0, "qualifies": true,
                    "reason": "qualifies",
                ] as [String: Any]
            ],
        ]) { $1 }
        #expect(try line("--command", "amd") == expected as NSDictionary)
    }

    @Test("each parameter of play_talk_detect has its effect")
    func parameters() throws {
        #expect(try record("--max-ms", "600", "--min-ms", "100").talk_ms == 195)
        #expect(try record("--analysistime-ms", "1120").result == "0")
        #expect(try record("--analysistime-ms", "1121").result == "TALK")
        #expect(try record("--silence-ms", "300").decided_ms == 1420)
        #expect(try record("--media-ms", "1100").result == "0")
        #expect(try record("--threshold", "-6dBov").talkspurts.isEmpty)
        #expect(try record("--rules", "documented").decided_ms == 1105)
        #expect(try record("--frame-ms", "10").decided_ms == 1110)
    }

    @Test("wait_for_silence, record and AMD are told by their own words")
    func otherCommands() throws {
        let silence = try record("--command", "wait_for_silence", "--silence-ms", "500", "--iterations", "2")
        #expect(silence.result == "SILENCE" && silence.decided_ms == 2100)
        let timeout = try record("--command", "wait_for_silence", "--silence-ms", "1400", "--timeout", "2")
        #expect(timeout.result == "TIMEOUT" && timeout.decided_ms == 2000)
        let recording = try record("--command", "record", "--silence", "1")
        #expect(recording.result == "SILENCE" && recording.decided_ms == 2120 && recording.kept_ms == 2120)
        let hangup = try record("--command", "record")
        #expect(hangup.result == "HANGUP" && hangup.decided_ms == 3200)
        let human = try record("--command", "amd")
        #expect(human.result == "HUMAN" && human.cause == "HUMAN-800-800" && human.decided_ms == 1900)
        let activity = try record("--command", "activity")
        #expect(
            activity.talkspurts.map(\.start_ms) == [400, 2400] && activity.talkspurts.map(\.length_ms) == [700, 200])
    }

    @Test("reasons say what was counted, and why nothing was")
    func reasons() throws {
        let silences = try record("--command", "wait_for_silence", "--silence-ms", "500", "--iterations", "3")
        #expect(
            silences.talkspurts.map(\.reason) == [
                "500 ms of silence followed: silence 2 of 3", "500 ms of silence followed: silence 3 of 3",
            ])
        #expect(
            try record("--analysistime-ms", "300", "--min-ms", "100").explanation
                == "no talk in the first 300 ms (analysistime_ms)")
        #expect(try record("--media-ms", "300").explanation == "no talk before the media ended (media_ms 300)")
        #expect(
            try record("--threshold", "20000").explanation.hasPrefix("nothing reaches the threshold 20000: the loudest")
        )
        let recording = try record("--command", "record", "--silence", "0")
        #expect(recording.talkspurts.first?.reason == "silence does not end it")
        let machine = try record("--command", "amd")
        #expect(machine.explanation == "800 ms of silence after the greeting (after_greeting_silence 800)")
    }

    // MARK: The adaptive threshold

    @Test(
        "the adaptive threshold hears no talk in sounds that go on, however loud",
        arguments: ["sine 440 vol 0.3", "square 300 vol 0.2", "whitenoise vol 0.1", "pinknoise vol 0.2"])
    func steadySounds(sound: String) throws {
        // The same noise each time.
        try #require(try place.shell("sox -D -R -n -r 8000 -b 16 caller.wav synth 2 \(sound) pad 1 2").status == 0)
        for command in [["--command", "activity"], ["--silence-ms", "200"]] {
            let (fixed, adaptive) = (try record(command), try record(command + ["--threshold", "adaptive"]))
            #expect(fixed.result == "TALK" && fixed.talkspurts.map(\.start_ms) == [1000])
            #expect(adaptive.result == "0" && adaptive.talkspurts.isEmpty)
        }
    }

    @Test("the adaptive threshold hears a voice over noise that is louder than any fixed one would bear")
    func noisyLine() throws {
        let voice = "/usr/share/asterisk/sounds/en_US_f_Allison/vm-intro.wav"
        let recipe = """
            sox -D \(voice) voice.wav pad 2 2 && sox -R -D -n -r 8000 -b 16 noise.wav synth 9.6 pinknoise vol 0.1
            sox -D -m -v 1 voice.wav -v 1 noise.wav caller.wav
            """
        let made = try place.shell(recipe)
        try #require(made.status == 0, "\(made.errors)")
        // Where the voice begins and ends: frames of 20 ms by their mean magnitude, without the noise.
        let samples = try TestSound(wav: place.bytes("voice.wav")).samples
        let loud = stride(from: 0, to: samples.count - 160, by: 160).filter { start in
            samples[start..<start + 160].reduce(0) { $0 + Int($1.magnitude) } > 160 * 512
        }
        let (start, end) = (try #require(loud.first) / 8, try #require(loud.last) / 8 + 20)
        let fixed = try record("--silence-ms", "200", "--analysistime-ms", "9000")
        #expect(fixed.result == "0" && fixed.talkspurts.map(\.start_ms) == [0])
        let adaptive = try record("--silence-ms", "200", "--analysistime-ms", "9000", "--threshold", "adaptive")
        #expect(adaptive.result == "TALK" && adaptive.explanation.contains("of talk, then silence"))
        let activity = try record("--command", "activity", "--threshold", "adaptive").talkspurts
        let (first, last) = (try #require(activity.first), try #require(activity.last))
        #expect(abs(Int(first.start_ms) - start) <= 100, "\(first.start_ms) ms, not \(start)")
        #expect(
            abs(Int(last.start_ms + last.length_ms) - end) <= 200, "\(last.start_ms + last.length_ms) ms, not \(end)")
        // Of what the voice fills, nine tenths; and of the seconds before and after, nothing.
        #expect(activity.reduce(0) { $0 + $1.length_ms } > 0.9 * Double(loud.count * 20))
        let words = try place.rtmedia("detect", "caller.wav", "--threshold", "adaptive", "--analysistime-ms", "9000")
        #expect(words.text.contains("\n  by asterisk rules, frames of 20 ms, adaptive threshold\n"))
    }

    @Test("keys are heard")
    func keys() throws {
        let recipe = "sox -D -n -r 8000 -b 16 caller.wav synth 0.1 sine 770 sine 1336 vol 0.3 remix - pad 0.2 0.2"
        try #require(try place.shell(recipe).status == 0)
        let heard = try record("--command", "dtmf")
        #expect(heard.result == "5" && heard.talkspurts.map(\.key) == ["5"])
        #expect(abs(heard.talkspurts[0].start_ms - 200) <= 5 && abs(heard.talkspurts[0].length_ms - 100) <= 5)
    }

    @Test("people are told the verdict first, then a strip, then why")
    func words() throws {
        let run = try place.rtmedia("detect", "caller.wav", "--silence-ms", "300", "--min-ms", "300")
        let lines = run.text.split(separator: "\n")
        #expect(run.status == 0 && run.errors.isEmpty)
        #expect(lines[0] == "caller.wav: TALK at 1.42 s: 700 ms of talk, then silence")
        #expect(lines[1] == "  play_talk_detect: min_ms 300, max_ms 60000, silence_ms 300, analysistime_ms 4000")
        #expect(lines[2] == "  by asterisk rules, frames of 20 ms, threshold 512 (-36.1 dBov)")
        #expect(lines.contains { $0.contains("512 >") && $0.contains("╌") })
        #expect(lines.contains { $0.hasPrefix("  talkspurts ··") && $0.contains("====") })
        #expect(lines.contains { $0.hasSuffix("^ TALK 1.42 s") })
        #expect(lines.last == "  = talkspurt of 700 ms at 0.40 s: qualifies")
        #expect(!run.text.contains("\u{1B}"))
    }

    @Test("a leading pause that was counted is mentioned")
    func leadingPause() throws {
        let run = try place.rtmedia("detect", "caller.wav", "--silence-ms", "500")
        #expect(
            run.text.contains(
                "talkspurt of 1100 ms at 0.00 s: qualifies; 400 ms of leading pause were counted, as Asterisk does"))
    }

    @Test("talkspurts that short pauses divide are explained by them")
    func division() throws {
        let recipe = """
            sox -D -n -r 8000 -b 16 a.wav synth 0.3 sine 440 vol 0.3 pad 0 0.1 && sox a.wav a.wav a.wav caller.wav
            """
        try #require(try place.shell(recipe).status == 0)
        #expect(
            try record().explanation
                == "none of its 3 talkspurts qualifies: the longest lasts 295 ms, and pauses as short as 105 ms divide them (silence_ms 5)"
        )
        #expect(try record("--silence-ms", "100").result == "0")
        #expect(
            try record("--silence-ms", "200").explanation.contains("the audio ended before enough silence had followed")
        )
    }

    @Test("a level without its unit is told how to be written")
    func thresholdUnit() throws {
        let run = try place.rtmedia("detect", "caller.wav", "--threshold", "-36")
        #expect(run.status == 64 && run.errors.contains("a level of -36 dBov is written -36dBov"))
        let range = try place.rtmedia("detect", "caller.wav", "--media-ms", "-5")
        #expect(range.status == 64 && range.errors.contains("--media-ms -5: must lie in 0...86400000 ms"))
    }

    @Test("labels are written in the format of their ending", arguments: ["txt", "TextGrid", "rttm", "csv"])
    func labels(ending: String) throws {
        let run = try place.rtmedia(
            "detect", "caller.wav", "--command", "activity", "-q", "--labels", "out/l.\(ending)")
        #expect(run.status == 0 && run.errors.isEmpty && run.output.isEmpty)
        let text = String(decoding: try place.bytes("out/l.\(ending)"), as: UTF8.self)
        switch ending {
        case "txt": #expect(text == "0.400000\t1.100000\ttalk\n2.400000\t2.600000\ttalk\n")
        case "rttm":
            #expect(
                text == "SPEAKER caller 1 0.400000 0.700000 <NA> <NA> talk <NA> <NA>\n"
                    + "SPEAKER caller 1 2.400000 0.200000 <NA> <NA> talk <NA> <NA>\n")
        case "csv":
            #expect(
                text == "file,start_s,end_s,qualifies,label,channel\ncaller.wav,0.400000,1.100000,true,talk,\n"
                    + "caller.wav,2.400000,2.600000,true,talk,\n")
        default:
            #expect(
                text.hasPrefix("File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\nxmin = 0\nxmax = 3.200000\n")
            )
            #expect(text.contains("intervals: size = 5") && text.components(separatedBy: "text = \"talk\"").count == 3)
        }
    }

    @Test("drawings and labels replace other files only with --force, and never twice in one call")
    func existing() throws {
        try place.write([1], to: "l.txt")
        #expect(try place.rtmedia("detect", "caller.wav", "-q", "--labels", "l.txt").status == 73)
        #expect(try place.bytes("l.txt") == [1])
        #expect(try place.rtmedia("detect", "caller.wav", "-q", "--labels", "l.txt", "--force").status == 0)
        try place.write(try place.bytes("caller.wav"), to: "b/caller.wav")
        let run = try place.rtmedia("detect", "caller.wav", "b/caller.wav", "-q", "--labels", "{name}.csv")
        #expect(run.status == 73 && run.errors.contains("was just written for another input of the same name"))
    }

    @Test("a batch is in order, and a bad file is one error")
    func batch() throws {
        for name in ["in/c.wav", "in/a.wav"] { try place.write(try place.bytes("caller.wav"), to: name) }
        try place.write(Array("RIFF".utf8) + [0, 0, 0, 0] + Array("WAVE".utf8), to: "in/b.wav")
        let run = try place.rtmedia("detect", "in", "--json", "--labels", "all.csv")
        #expect(run.status == 65)
        let files = run.text.split(separator: "\n").map { $0.split(separator: "\"file\":\"")[1].prefix { $0 != "\"" } }
        #expect(files == ["in/a.wav", "in/b.wav", "in/c.wav"])
        let labels = String(decoding: try place.bytes("all.csv"), as: UTF8.self).split(separator: "\n")
        #expect(labels.map { $0.prefix { $0 != "," } } == ["file", "in/a.wav", "in/c.wav"])
    }

    @Test(
        "what makes no sense is refused with what is allowed",
        arguments: [
            ["--min-ms", "0"], ["--max-ms", "60001"], ["--silence-ms", "5001"], ["--threshold", "loud"],
            ["--threshold", "3dBov"], ["--frame-ms", "0"], ["--iterations", "2"], ["--timeout", "1"],
            ["--command", "wait_for_silence", "--iterations", "11"], ["--command", "record", "--silence", "21"],
            ["--command", "record", "--min-ms", "5"], ["--command", "amd", "--rules", "documented"],
            ["--command", "dtmf", "--threshold", "512"], ["--plot", "a.gif"], ["--labels", "a.doc"],
            ["--command", "sing"], ["--media-ms", "-5"], ["--min-ms", "-1"], ["--frame-ms", "-20"],
        ])
    func usage(options: [String]) throws {
        let run = try place.run("rtmedia", ["detect", "caller.wav"] + options)
        #expect(run.status == 64 && run.output.isEmpty && options.suffix(2).contains(where: run.errors.contains))
    }

    @Test("nobody is advised to use an option that detect lacks, or that means something else there")
    func advice() throws {
        try place.write([UInt8](repeating: 0xFF, count: 90_000), to: "long")
        let long = try place.rtmedia("detect", "long", "--raw", "ulaw:1:1")
        #expect(long.status == 65)
        #expect(long.errors == "rtmedia: long: is longer than the 86400 seconds that are accepted\n")
        try place.copy("chime.wav")
        #expect(try place.shell("ffmpeg -v error -i chime.wav -af volume=32dB -c:a pcm_f32le loud.wav").status == 0)
        let loud = try place.rtmedia("detect", "loud.wav")
        #expect(loud.errors.hasSuffix(" samples lay beyond full scale and were clamped\n"), "\(loud.errors)")
    }
}
