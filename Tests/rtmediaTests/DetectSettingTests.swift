import Foundation
import TestSupport
import Testing

/// What `rtmedia detect` says of the settings themselves: what they can't do, and what others would.
@Suite(.waiting) struct DetectSettingTests {
    let place = Workplace()

    private struct Record: Decodable {
        struct Other: Decodable {
            let silence_ms: Int
            let result: String
            let decided_ms: Double?
        }

        let file: String
        let silence_ms: Int?
        let result: String
        let decided_ms: Double?
        let explanation: String
        let warnings: [String]
        let with_usual_pause: Other?
    }

    init() throws { try place.makeCaller() }

    private func records(_ arguments: [String]) throws -> [Record] {
        let run = try place.run("rtmedia", ["detect", "caller.wav", "--json"] + arguments)
        #expect(run.status == 0, "\(run.errors)")
        return try run.jsonLines(Record.self)
    }

    @Test("wait_for_silence with silence_ms that is not longer than a packet is SILENCE at once, with a warning")
    func packets() throws {
        let wait = ["--command", "wait_for_silence", "--threshold", "0"]
        let live = try records(wait + ["--silence-ms", "20"])[0]
        #expect(live.result == "SILENCE" && live.decided_ms == 20)
        #expect(live.explanation.contains("no packet comes for 20 ms"))
        #expect(live.warnings.first?.contains("20 is not longer than a packet of 20 ms") == true)
        let audio = try records(wait + ["--silence-ms", "20", "--clock", "audio"])[0]
        #expect(audio.result == "HANGUP" && audio.warnings.isEmpty)
        #expect(try records(wait + ["--silence-ms", "21"])[0].result == "HANGUP")
        #expect(try records(wait + ["--silence-ms", "20", "--rules", "documented"])[0].result == "HANGUP")
        // By frames of 60 ms.
        #expect(try records(wait + ["--silence-ms", "60", "--frame-ms", "60"])[0].decided_ms == 60)
        let people = try place.rtmedia("detect", "caller.wav", "--command", "wait_for_silence", "--silence-ms", "5")
        #expect(people.errors.contains("a live line answers SILENCE at once, whatever is heard; --clock audio"))
        #expect(try place.rtmedia("detect", "caller.wav", "--clock", "audio").status == 64)
    }

    @Test("validate warns of it, too")
    func validation() throws {
        func findings(_ silence: Int) throws -> String {
            let text =
                "{\"command\":\"wait_for_silence\",\"command_id\":1,\"params\":{\"silence_ms\":\(silence)},\"variables\":{}}"
            try place.write(Array(text.utf8), to: "answer.json")
            return try place.rtmedia("validate", "answer.json").text
        }
        #expect(try findings(20).contains("/params/silence_ms: 20 is not longer than a packet of 20 ms"))
        #expect(try !findings(21).contains("packet"))
    }

    @Test("several values of silence_ms are compared side by side, as a list or as a range")
    func comparison() throws {
        let compared = try records(["--silence-ms", "5,300,1400"])
        #expect(compared.map(\.silence_ms) == [5, 300, 1400])
        #expect(compared.map(\.decided_ms) == [1120, 1420, nil] && compared.map(\.result) == ["TALK", "TALK", "0"])
        #expect(try records(["--silence-ms", "200...800:200"]).map(\.silence_ms) == [200, 400, 600, 800])
        try place.write(try place.bytes("caller.wav"), to: "in/b.wav")
        let table = try place.rtmedia("detect", "caller.wav", "in", "--silence-ms", "300,1400")
        let lines = table.text.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
        #expect(lines.first == "play_talk_detect: min_ms 500, max_ms 60000, analysistime_ms 4000")
        #expect(lines.contains("silence_ms 300 silence_ms 1400"))
        #expect(lines.contains("TALK 1.42 s 0 caller.wav") && lines.contains("TALK 1.42 s 0 in/b.wav"))
        #expect(table.errors.contains("silence_ms 300: 2 × TALK; silence_ms 1400: 2 × 0"), "\(table.errors)")
        for wrong in ["", "5,", "5,5", "800...200", "1...2000:1", "0,5", "a", "200...400:0"] {
            #expect(try place.rtmedia("detect", "caller.wav", "--silence-ms", wrong).status == 64, "\(wrong)")
        }
        #expect(
            try place.rtmedia("detect", "caller.wav", "--silence-ms", "5,300", "--plot", "a.svg").status == 64)
    }

    @Test("beside the page's silence_ms 5 it stands what a pause between words would not reach")
    func usualPause() throws {
        let usual = try records([])[0].with_usual_pause
        #expect(usual?.silence_ms == 500 && usual?.result == "TALK" && usual?.decided_ms == 1620)
        #expect(try records(["--silence-ms", "5"])[0].with_usual_pause == nil)
        let alone = try place.rtmedia("detect", "caller.wav", "--analysistime-ms", "1500")
        #expect(alone.text.contains("  with silence_ms 500 it is 0\n"), "\(alone.text)")
        try place.write(try place.bytes("caller.wav"), to: "b.wav")
        let several = try place.rtmedia("detect", "caller.wav", "b.wav", "--analysistime-ms", "1500")
        #expect(
            several.text.contains(
                "caller.wav: TALK at 1.12 s: 695 ms of talk, then silence (with silence_ms 500 it is 0)"))
    }

    @Test("media that are over before the analysis time is are warned of: by detect, validate, serve --check and call")
    func media() throws {
        #expect(try records(["--media-ms", "1300"])[0].warnings.first?.contains("the media lasts 1300 ms") == true)
        #expect(try records(["--media-ms", "4000"])[0].warnings.isEmpty)

        try place.write(TestSound([Int16](repeating: 1000, count: 10_400)).wav, to: "library/42.wav")
        try place.write(TestSound([Int16](repeating: 1000, count: 3200)).wav, to: "library/43.wav")
        try place.write(TestSound([Int16](repeating: 1000, count: 32_000)).wav, to: "library/44.wav")
        func findings(_ media: Int) throws -> String {
            let parameters =
                "\"analysistime_ms\":4000,\"max_ms\":60000,\"min_ms\":500,\"silence_ms\":5,\"media_id\":\"\(media)\""
            let text =
                "{\"command\":\"play_talk_detect\",\"command_id\":1,\"params\":{\(parameters)},\"variables\":{}}"
            try place.write(Array(text.utf8), to: "answer.json")
            let run = try place.rtmedia("validate", "answer.json", "--media", "library")
            #expect(run.status == 0)
            return run.text
        }
        #expect(
            try findings(42).contains("/params/analysistime_ms: the media lasts 1300 ms, and listening ends with it"))
        #expect(
            try findings(43).contains("the media lasts 400 ms") && findings(43).contains("talk can never be detected"))
        #expect(try findings(44).contains(": ok") && findings(45).contains(": ok"))

        let flow = """
            flow: listen
            steps:
              ask:
                play_talk_detect: { library: 42, min_ms: 500, max_ms: 60000, silence_ms: 5, analysistime_ms: 4000 }

            """
        try place.write(Array(flow.utf8), to: "flow.yaml")
        let check = try place.rtmedia("serve", "flow.yaml", "--check", "--media", "library")
        #expect(check.status == 0 && check.text.contains("flow.yaml:4:"), "\(check.text)\(check.errors)")
        #expect(check.text.contains("warning: play_talk_detect: the media lasts 1300 ms"))
        let json = try place.rtmedia("serve", "flow.yaml", "--check", "--json", "--media", "library")
        #expect(json.text.contains("the media lasts 1300 ms"))
        #expect(try place.rtmedia("serve", "flow.yaml", "--check").text.contains("no findings"))
        #expect(try place.rtmedia("serve", "flow.yaml", "--media", "library").status == 64)
        #expect(try place.rtmedia("validate", "answer.json", "--media", "nosuch").status == 66)
        #expect(try place.rtmedia("serve", "flow.yaml", "--check", "--media", "nosuch").status == 66)

        let server = try ServedProcess(["serve", "flow.yaml", "--port", "0"], in: place)
        let call = try place.rtmedia("call", "http://127.0.0.1:\(server.port)/", "--media", "library")
        #expect(call.text.contains("the media lasts 1300 ms, and listening ends with it"), "\(call.text)\(call.errors)")
    }
}
