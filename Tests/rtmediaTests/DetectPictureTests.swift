import Foundation
import TestSupport
import Testing

/// The pictures of `rtmedia detect`: the strip in the terminal, and drawings.
@Suite(.waiting) struct DetectPictureTests {
    let place = Workplace()

    init() throws { try place.makeCaller() }

    /// What is printed below the levels of a file, without the list of talkspurts.
    private func strip(_ arguments: String..., columns: String = "80") throws -> [String] {
        let run = try place.run("rtmedia", ["detect", "caller.wav"] + arguments, environment: ["COLUMNS": columns])
        let lines = run.text.split(separator: "\n").map(String.init)
        let first = try #require(lines.firstIndex { $0.hasPrefix("         -60") })
        let last = try #require(lines.firstIndex { $0.hasPrefix("         0 s") })
        return Array(lines[(first + 1)...last])
    }

    @Test("the end of the analysis time and of the media are marked where they are")
    func limits() throws {
        // 80 columns less 14: 66 for 3.2 s, so that 2.3 s is column 47.
        let margin = String(repeating: " ", count: 13)
        let analysis = try strip("--analysistime-ms", "2300", "--min-ms", "800")
        #expect(analysis[1] == margin + String(repeating: " ", count: 26) + "analysis over 2.30 s ┊")
        let media = try strip("--media-ms", "1600", "--min-ms", "800", "--analysistime-ms", "60000")
        #expect(media.contains { $0.hasSuffix(" media over 1.60 s ┊") })
        #expect(try strip("--analysistime-ms", "3300").allSatisfy { !$0.contains("┊") })
        let run = try place.rtmedia("detect", "caller.wav", "--analysistime-ms", "2300", "--min-ms", "800")
        #expect(run.text.split(separator: "\n").count { $0.contains("┊") && !$0.contains("analysis") } >= 3)
    }

    @Test("commands that wait for silence show talk, and the pauses that count")
    func pauses() throws {
        let rows = try strip("--command", "wait_for_silence", "--silence-ms", "500", "--iterations", "1")
        // What follows the decision at 1.60 s is cut off.
        #expect(rows[0].hasPrefix("        talk ····") && rows[0].contains("####") && !rows[0].contains("="))
        #expect(rows[1].hasPrefix("      pauses ---") && rows[1].contains("====") && !rows[1].contains("#"))
        #expect(rows.contains { $0.hasSuffix("^ SILENCE 1.60 s") || $0.hasSuffix("SILENCE 1.60 s ^") })
        let run = try place.rtmedia("detect", "caller.wav", "--command", "wait_for_silence", "--silence-ms", "1400")
        #expect(
            run.text.contains("- talkspurt of 700 ms at 0.40 s: less than 1400 ms of silence followed, but 1300 ms"))
    }

    @Test("of a long recording that part is drawn in which things are decided")
    func longRecording() throws {
        try #require(try place.shell("sox -D caller.wav long.wav repeat 9 && mv long.wav caller.wav").status == 0)
        #expect(try strip().last?.hasSuffix(" 4.40 s of 32.00 s") == true)
        #expect(try strip("--command", "record", "--silence", "1").last?.hasSuffix(" 2.40 s of 32.00 s") == true)
        #expect(try strip("--command", "activity").last?.hasSuffix(" 32.00 s") == true)
    }

    @Test("in a narrow terminal no line is too long, and words are not divided", arguments: [40, 60])
    func narrow(columns: Int) throws {
        let line = "script -qec 'rtmedia detect caller.wav --min-ms 800' /dev/null"
        let run = try place.shell(line, environment: ["COLUMNS": "\(columns)", "NO_COLOR": "1"])
        let lines = run.text.replacingOccurrences(of: "\r", with: "").split(separator: "\n")
        #expect(run.status == 0 && lines.count > 12)
        for line in lines { #expect(line.count <= columns, "\(line)") }
        let text = lines.joined(separator: " ").split(separator: " ").joined(separator: " ")
        #expect(text.contains("- talkspurt of 695 ms at 0.40 s: not longer than min_ms 800"))
        // Where a program reads it, a line stays a line.
        let piped = try place.rtmedia("detect", "caller.wav", "--min-ms", "800", environment: ["COLUMNS": "40"])
        #expect(piped.text.contains("  - talkspurt of 695 ms at 0.40 s: not longer than min_ms 800\n"))
    }

    @Test("of several files each has a line, unless more is asked for")
    func batch() throws {
        for name in ["in/a.wav", "in/b.wav"] { try place.write(try place.bytes("caller.wav"), to: name) }
        let run = try place.rtmedia("detect", "in")
        #expect(
            run.text == """
                play_talk_detect: min_ms 500, max_ms 60000, silence_ms 5, analysistime_ms 4000, \
                by asterisk rules, frames of 20 ms, threshold 512 (-36.1 dBov)
                in/a.wav: TALK at 1.12 s: 695 ms of talk, then silence
                in/b.wav: TALK at 1.12 s: 695 ms of talk, then silence

                """)
        #expect(run.errors.hasPrefix("2 × TALK in "))
        let explained = try place.rtmedia("detect", "in", "--explain")
        #expect(explained.text.components(separatedBy: "talkspurts ··").count == 3)
    }

    @Test("a drawing is well-formed SVG, or a PNG picture")
    func drawings() throws {
        let run = try place.rtmedia("detect", "caller.wav", "-q", "--plot", "a<b>.svg")
        #expect(run.status == 0)
        #expect(
            try place.shell("/usr/bin/python3 -c 'import xml.dom.minidom; xml.dom.minidom.parse(\"a<b>.svg\")'").status
                == 0)
        #expect(try place.rtmedia("detect", "caller.wav", "-q", "--plot", "{name}.png").status == 0)
        let size = try place.shell(
            "ffprobe -v error -show_entries stream=codec_name,width,height -of csv=p=0 caller.png")
        #expect(size.text == "png,1200,560\n")
        let missing = try place.rtmedia(
            "detect", "caller.wav", "-q", "--plot", "b.png", environment: ["PATH": "/nowhere"])
        #expect(
            missing.status == 69 && missing.errors.contains("b.png: needs ffmpeg") && !place.files.contains("b.png"))
    }

    @Test("a drawing says in words what became of each talkspurt, and nothing reaches over its edge")
    func drawnReasons() throws {
        let run = try place.rtmedia("detect", "caller.wav", "-q", "--min-ms", "800", "--plot", "a.svg")
        #expect(run.status == 0)
        let svg = String(decoding: try place.bytes("a.svg"), as: UTF8.self)
        #expect(!svg.contains("fill=\"#dddddd\""))
        for reason in ["Talkspurt of 695 ms at 0.40 s", "Talkspurt of 195 ms at 2.40 s"] {
            #expect(svg.contains(">\(reason): not longer than min_ms 800</text>"))
        }
        #expect(svg.contains("height=\"580\""))
        let waiting = ["--command", "wait_for_silence", "--silence-ms", "1400", "-q", "--plot", "c.svg"]
        #expect(try place.run("rtmedia", ["detect", "caller.wav"] + waiting).status == 0)
        #expect(String(decoding: try place.bytes("c.svg"), as: UTF8.self).contains("fill=\"#dddddd\""))
        try #require(try place.shell("sox caller.wav b.wav trim 0 3").status == 0)
        #expect(try place.rtmedia("detect", "b.wav", "-q", "--plot", "b.svg").status == 0)
        let other = String(decoding: try place.bytes("b.svg"), as: UTF8.self)
        #expect(other.contains(#"<text x="1190" y="502" font-size="11" text-anchor="end""#))
    }
}
