import Foundation
import Glibc
import TestSupport
import Testing

/// `rtmedia studio`: the program that serves the page, beside the commands that say the same.
@Suite(.waiting) struct StudioTests {
    let place = Workplace()

    /// A studio that runs until it is told to stop, or its owner goes.
    final class StudioProcess {
        let process: RunningProgram
        let port: Int
        let token: String

        init(_ arguments: [String], in place: Workplace) throws {
            process = try place.start(
                "rtmedia", ["studio"] + arguments + ["--port", "0"],
                environment: ["XDG_CACHE_HOME": "\(place.path)/.cache"])
            let address = try process.read(until: /http:\/\/127\.0\.0\.1:([0-9]+)\/\?token=([0-9a-f]{32})\n/)
            (port, token) = (try #require(Int(address.1)), String(address.2))
        }

        /// The body of an answer, and its status.
        func send(_ method: String, _ path: String, _ body: String = "") -> (status: Int, body: String) {
            let connection = RawConnection(port: port)
            connection.write(
                "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nAuthorization: Bearer \(token)\r\n"
                    + "Content-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)")
            let answer = connection.readAnswer()
            return (answer.status, answer.body)
        }

        func object(_ method: String, _ path: String, _ body: String = "") throws -> [String: Any] {
            let answer = send(method, path, body)
            let object = try JSONSerialization.jsonObject(with: Data(answer.body.utf8)) as? [String: Any]
            return try #require(object, "\(answer)")
        }

        /// The recordings' names by their paths in the folder.
        func recordings() throws -> [String: String] {
            while true {
                let list = try object("GET", "/api/recordings")
                guard list["total"] as? Int == list["measured"] as? Int else { continue }
                let pairs = try #require(list["recordings"] as? [[String: Any]]).compactMap { recording in
                    (recording["name"] as? String).flatMap { name in (recording["id"] as? String).map { (name, $0) } }
                }
                return Dictionary(uniqueKeysWithValues: pairs)
            }
        }
    }

    @Test("prints the address alone, and ends by itself when it is told to", arguments: [SIGINT, SIGTERM])
    func ends(signal: Int32) throws {
        try place.copy("chime.wav")
        let studio = try StudioProcess(["chime.wav"], in: place)
        let idle = RawConnection(port: studio.port)
        #expect(studio.send("GET", "/").status == 200)
        studio.process.send(signal)
        #expect(try studio.process.wait() == 0)
        #expect(studio.process.said.split(separator: "\n").count == 1, "\(studio.process.said)")
        #expect(!RawConnection(port: studio.port).isOpen)
        withExtendedLifetime(idle) {}
    }

    @Test("what can't be is told, with the exit codes of the other commands")
    func failures() throws {
        let taken = try RefusingPort()
        let run = try place.rtmedia("studio", "--port", "\(taken.number)")
        #expect(
            run.status == 69 && run.errors.contains("can't listen there: Address already in use") && run.output.isEmpty)
        let missing = try place.rtmedia("studio", "none/")
        #expect(missing.status == 66 && missing.errors.contains("none/"))
        for arguments in [["--port", "65536"], ["-"], ["--labels", "labels.pdf"], ["--jobs", "0"]] {
            #expect(try place.run("rtmedia", ["studio"] + arguments).status == 64, "\(arguments)")
        }
    }

    @Test("with a handler there is a phone, and no recordings are needed; what can't be called is told")
    func phone() throws {
        let handler = try HandlerProgram.steps(#"[{"command":"wait","params":{"wait":1}}]"#)
        let url = "http://ann:secret@127.0.0.1:\(handler.port)/a?b=c"
        let studio = try StudioProcess(["--handler", url, "--handler", handler.address], in: place)
        let session = try studio.object("GET", "/api/session")
        // Without what opens the handler.
        #expect(session["handlers"] as? [String] == ["http://127.0.0.1:\(handler.port)/a?b=c", handler.address])
        #expect(session["total"] as? Int == 0)
        #expect(studio.send("GET", "/api/phone/line").status == 426)
        for (arguments, status) in [
            (["--handler", "ftp://127.0.0.1/"], 64), (["--media", "library"], 64),
            (["--handler", url, "--media", "none"], 66),
        ] as [([String], Int32)] {
            let run = try place.run("rtmedia", ["studio"] + arguments)
            #expect(run.status == status && !run.errors.contains("secret"), "\(arguments): \(run.status) \(run.errors)")
        }
    }

    @Test("labels that are read and don't fit are told, and the page is served")
    func labels() throws {
        try place.copy("chime.wav")
        try place.write(Array("chime.wav,talk\nother.wav,talk\n".utf8), to: "labels.csv")
        let studio = try StudioProcess(["chime.wav", "--labels", "labels.csv", "--talk", "talk"], in: place)
        #expect(
            studio.process.said.contains("rtmedia: labels.csv:2: there is no recording other.wav among the inputs\n"))
        let session = try studio.object("GET", "/api/session")
        #expect(((session["labels"] as? [String: Any])?["findings"] as? [Any])?.count == 1)
        #expect((session["voices"] as? [Any])?.isEmpty == false)
    }

    @Test("inspects and speaks as inspect and say do")
    func prompts() throws {
        try place.copy("chime.wav")
        let studio = try StudioProcess([], in: place)
        let answer = try studio.object(
            "POST", "/api/prompts/say", #"{"text":"Please hold.","voice":"TTS_EN-GB_SERENA"}"#)
        let said = try place.rtmedia("say", "Please hold.", "--voice", "TTS_EN-GB_SERENA", "--as", "base64")
        #expect(said.status == 0)
        let id = try #require(answer["id"] as? String, "\(answer)")
        #expect(studio.send("GET", "/api/prompts/\(id)/base64").body == said.text.trimmingCharacters(in: .newlines))
        let inspection = try #require(answer["inspect"] as? [String: Any])
        #expect(inspection["ok"] as? Bool == true && inspection["sample_rate"] as? Int == 8000)
        let failure = studio.send("POST", "/api/prompts/say", #"{"text":"<speak>a</b></speak>","ssml":true}"#)
        #expect(failure.status == 422 && failure.body.contains("line 1"), "\(failure.body)")
    }

    @Test("the prompts of a sheet stand beside their texts, with what is to be looked at")
    func sheet() throws {
        let sheet = "id,language,text\nhello,en,Hello.\nbye,en,\"Bye, then.\"\nbye,fr,Au revoir.\n"
        try place.write(Array(sheet.utf8), to: "prompts.csv")
        #expect(try place.rtmedia("say", "--sheet", "prompts.csv", "-o", "prompts").status == 0)
        let studio = try StudioProcess(["--prompts", "prompts", "--sheet", "prompts.csv"], in: place)
        func prompts() throws -> [String: [String: Any]] {
            let list = try #require(try studio.object("GET", "/api/prompts")["prompts"] as? [[String: Any]])
            return Dictionary(
                uniqueKeysWithValues: list.compactMap { prompt in
                    (prompt["name"] as? String).map { ($0, prompt) }
                })
        }
        var list = try prompts()
        #expect(list.keys.sorted() == ["en/bye.wav", "en/hello.wav", "fr/bye.wav"])
        #expect(
            list["en/bye.wav"]?["text"] as? String == "Bye, then." && list["fr/bye.wav"]?["language"] as? String == "fr"
        )
        #expect(list.values.allSatisfy { $0["note"] is NSNull && ($0["duration_ms"] as? Double ?? 0) > 100 })
        // What happens meanwhile is seen when the page asks again.
        try place.copy("chime.wav", to: "prompts/other.wav")
        try FileManager.default.removeItem(atPath: "\(place.path)/prompts/fr/bye.wav")
        try FileManager.default.removeItem(atPath: "\(place.path)/prompts/en/hello.wav")
        try FileManager.default.copyItem(
            atPath: "\(place.path)/prompts/en/bye.wav", toPath: "\(place.path)/prompts/en/hello.wav")
        list = try prompts()
        #expect(list["fr/bye.wav"]?["note"] as? String == "is missing")
        #expect(list["en/hello.wav"]?["note"] as? String == "was edited")
        #expect((list["other.wav"]?["note"] as? String)?.isEmpty == false)
        #expect(list["en/bye.wav"]?["note"] is NSNull)
        // The sheet says something else now; when that has been made, nothing is to be looked at.
        try place.write(Array(sheet.replacing("Bye, then.", with: "So long.").utf8), to: "prompts.csv")
        #expect(
            try prompts()["en/bye.wav"]?["note"] as? String == "is out of date: its row in the sheet has changed")
        #expect(try place.rtmedia("say", "--sheet", "prompts.csv", "-o", "prompts", "--force").status == 0)
        #expect(try prompts()["en/bye.wav"]?["note"] is NSNull)
        let refused = try place.rtmedia("studio", "--sheet", "prompts.csv")
        #expect(refused.status == 64 && refused.errors.contains("--prompts"))
        #expect(try place.rtmedia("studio", "--prompts", "none").status == 66)
    }

    // MARK: The same as detect

    /// Draws settings as the page has them and as options.
    private struct Settings {
        var members: [String: Any] = [:]
        var options: [String] = []

        init(_ random: inout Knuth) {
            let command = ["play_talk_detect", "wait_for_silence", "record", "amd", "dtmf", "activity"][random.below(6)]
            add("command", command)
            func maybe() -> Bool { random.below(2) == 0 }
            let isRuled = ["play_talk_detect", "wait_for_silence", "record"].contains(command)
            if isRuled, maybe() { add("rules", maybe() ? "documented" : "asterisk") }
            if command == "wait_for_silence", maybe() { add("clock", maybe() ? "audio" : "live") }
            if command != "dtmf" {
                if maybe() {
                    if maybe() { add("threshold", "adaptive") } else { add("threshold", random.below(3000)) }
                }
                if maybe() { add("frame_ms", 1 + random.below(60)) }
            }
            let numbers: [(String, Int, Int, [String])] = [
                ("media_ms", 0, 5000, ["play_talk_detect"]), ("min_ms", 1, 2000, ["play_talk_detect", "activity"]),
                ("max_ms", 1, 6000, ["play_talk_detect"]),
                ("silence_ms", 1, 900, ["play_talk_detect", "wait_for_silence", "activity"]),
                ("analysistime_ms", 1, 8000, ["play_talk_detect"]), ("iterations", 1, 4, ["wait_for_silence"]),
                ("timeout", 0, 6, ["wait_for_silence"]), ("silence", 0, 3, ["record"]),
                ("max_duration", 0, 6, ["record"]),
            ]
            for (name, least, most, commands) in numbers where commands.contains(command) && maybe() {
                add(name, least + random.below(most - least + 1))
            }
        }

        private mutating func add(_ name: String, _ value: Any) {
            members[name] = value
            options += ["--\(name.replacing("_", with: "-"))", "\(value)"]
        }
    }

    /// Numbers that are the same each time.
    private struct Knuth {
        var state: UInt64 = 11

        mutating func below(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
    }

    @Test("says just what detect --json says, by 500 random settings on real prompts")
    func sameAsDetect() throws {
        let source = "/usr/share/asterisk/sounds/en_US_f_Allison"
        let copied = try place.shell(
            "mkdir calls && find \(source) -name '*.wav' | sort | head -40 | xargs cp -t calls")
        try #require(copied.status == 0 && place.files.count == 40, "install asterisk-core-sounds-en-wav")
        let studio = try StudioProcess(["calls"], in: place)
        let recordings = try studio.recordings().sorted { $0.key < $1.key }
        var random = Knuth()
        for round in 0..<500 {
            let settings = Settings(&random)
            let (name, id) = recordings[random.below(recordings.count)]
            let body = try JSONSerialization.data(withJSONObject: settings.members)
            let run = try place.run("rtmedia", ["detect", "calls/\(name)", "--json"] + settings.options)
            try #require(run.status == 0, "\(settings.options): \(run.errors)")
            var page = try studio.object(
                "POST", "/api/recordings/\(id)/detect", String(decoding: body, as: UTF8.self))
            let line = try #require(page["command_line"] as? String)
            if round % 25 == 0 {
                let pasted = try place.shell("\(line) --json")
                #expect(pasted.status == 0 && pasted.text == run.text, "\(line)")
            }
            for name in ["command_line", "wire", "swift", "limits", "manner"] { page[name] = nil }
            let told = try #require(JSONSerialization.jsonObject(with: Data(run.output)) as? [String: Any])
            try #require(page as NSDictionary == told as NSDictionary, "round \(round): \(settings.options) of \(name)")
        }
    }

    // MARK: Labels

    @Test("a studio that is killed while labels are saved leaves the file whole")
    func killed() throws {
        let chime = try Workplace.bytes("\(Workplace.samples)/chime.wav")
        let rows = (0..<200).map { "\($0).wav,noise\n" }.joined()
        for index in 0..<200 { try place.write(chime, to: "calls/\(index).wav") }
        try place.write(Array("file,label\n\(rows)".utf8), to: "labels.csv")
        for round in 0..<8 {
            let studio = try StudioProcess(["calls", "--labels", "labels.csv"], in: place)
            let ids = try studio.recordings()
            let identifier = studio.process.identifier
            let killer = Thread {
                usleep(UInt32(3000 * (round + 1)))
                kill(identifier, SIGKILL)
            }
            killer.start()
            var (number, isAlive) = (0, true)
            while isAlive {
                let label = number % 2 == 0 ? "talk" : "no-talk"
                isAlive =
                    studio.send(
                        "PUT", "/api/recordings/\(ids["\(number % 200).wav"]!)/label", #"{"label":"\#(label)"}"#
                    ).status == 200
                number += 1
            }
            #expect(try studio.process.wait() == 128 + SIGKILL)
            let lines = String(decoding: try place.bytes("labels.csv"), as: UTF8.self).split(
                separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.count == 202 && lines.first == "file,label" && lines.last == "")
            #expect(lines.dropFirst().dropLast().allSatisfy { $0.wholeMatch(of: /[0-9]+\.wav,(talk|noise)/) != nil })
        }
    }
}
