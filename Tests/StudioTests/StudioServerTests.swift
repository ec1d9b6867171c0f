import Presentation
import RealTimeAPI
import RecordingDetection
import StudioPage
import TalkDetection
import TelephonyAudio
import TestSupport
import Testing
import ThresholdTuning

@testable import Studio

/// The studio's interface, route by route, over real sockets.
@Suite(.waiting) struct StudioServerTests {
    let folder: TestFolder

    init() throws { folder = try TestSounds.folder() }

    // MARK: The page

    @Test("the page and its modules are there, by their kinds, and are not sent twice")
    func page() async throws {
        try await TestStudio.serve(folder) { studio in
            let page = studio.get("/")
            #expect(page.status == 200 && page.body == StudioPage.index.bytes)
            #expect(page.field("Content-Type") == "text/html; charset=utf-8")
            for file in StudioPage.files.values where file.name != "index.html" {
                let answer = studio.get("/page/\(file.name)")
                #expect(
                    answer.status == 200 && answer.body == file.bytes
                        && answer.field("Content-Type") == file.contentType)
                let tag = try #require(answer.field("ETag"))
                let again = studio.get("/page/\(file.name)", more: ["If-None-Match: \(tag)"])
                #expect(again.status == 304 && again.body.isEmpty)
            }
            #expect(studio.get("/page/none.js").status == 404 && studio.get("/none").status == 404)
            #expect(studio.send("HEAD", "/").body.isEmpty && studio.send("POST", "/").status == 405)
        }
    }

    @Test("the session tells commands, settings with ranges and defaults, rules, voices and limits")
    func session() async throws {
        try await TestStudio.serve(folder) { studio in
            let session = try studio.get("/api/session").json()
            #expect(session["total"]?.number == 14)
            #expect(session["commands"]?.elements.map { $0["name"]?.text } == DetectedCommand.allCases.map(\.rawValue))
            let minimum = try #require(session["settings"]?.elements.first { $0["name"]?.text == "min_ms" })
            #expect(minimum["usual"]?["play_talk_detect"]?.number == 500 && minimum["usual"]?["activity"]?.number == 0)
            #expect(minimum["option"]?.text == "--min_ms" && minimum["most"]?.number == 60_000)
            #expect(session["voices"]?.elements.first?["voice"]?.text == "TTS_TEST")
            #expect(session["labels"]?["file"] == .null && session["labels"]?["is_writable"] == .bool(false))
            #expect(session["limits"]?["upload_bytes"]?.number == 67_108_864)
        }
    }

    // MARK: Recordings

    @Test("recordings are listed at once and measured; what is no audio is left out; folders are labels")
    func list() async throws {
        try await TestStudio.serve(folder) { studio in
            let first = try studio.get("/api/recordings").json()
            #expect(first["recordings"]?.elements.count == 14)
            let recordings = try studio.measured()
            let states = Dictionary(grouping: recordings) { $0["state"]!.text! }.mapValues(\.count)
            #expect(states == ["measured": 12, "skipped": 2])
            let caller = try studio.recording("human/2.wav")
            #expect(caller["duration_ms"]?.number == 2500 && caller["label"]?.text == "talk")
            #expect(caller["label_name"]?.text == "human" && caller["is_file"] == .bool(true))
            #expect(try studio.recording("machine/1.wav")["label"]?.text == "no-talk")
        }
    }

    @Test("a page that has seen a revision is sent what has changed since")
    func revisions() async throws {
        try await TestStudio.serve(folder) { studio in
            _ = try studio.measured()
            let revision = Int(try studio.get("/api/recordings").json()["revision"]!.number!)
            #expect(try studio.get("/api/recordings?since=\(revision)").json()["recordings"] == .array([]))
            let id = try studio.id("human/1.wav")
            #expect(studio.put("/api/recordings/\(id)/label", #"{"label":"no-talk"}"#).status == 200)
            let changed = try studio.get("/api/recordings?since=\(revision)").json()["recordings"]!.elements
            #expect(changed.map { $0["id"]?.text } == [id] && changed.first?["label_name"]?.text == "machine")
        }
    }

    @Test("20,000 recordings are listed before they are measured")
    func many() async throws {
        let wav = TestSounds.caller(talk: 100, before: 0, after: 20).wav
        try folder.write(wav, to: "calls/0.wav")
        let links =
            "import os, sys; os.chdir(sys.argv[1]); os.mkdir('many'); [os.link('0.wav', f'many/{i}.wav') for i in range(20000)]"
        let made = try RunningProgram.run("/usr/bin/python3", ["-c", links, folder("calls")])
        try #require(made.status == 0, "\(made.errors)")
        try await TestStudio.serve(folder) { studio in
            let list = try studio.get("/api/recordings").json()
            #expect(list["total"]!.number! >= 20_000 && list["recordings"]!.elements.count >= 20_012)
            #expect(list["measured"]!.number! < 20_000)
        }
    }

    // MARK: Sound

    @Test("the sound is a WAV file, of which parts can be asked for")
    func audio() async throws {
        try await TestStudio.serve(folder) { studio in
            let id = try studio.id("human/1.wav")
            let wav = TestSounds.caller(talk: 650).wav
            let whole = studio.get("/api/recordings/\(id)/audio.wav")
            #expect(whole.status == 200 && whole.body == wav && whole.field("Accept-Ranges") == "bytes")
            for (range, part) in [
                ("bytes=0-43", 0..<44), ("bytes=40-47", 40..<48), ("bytes=1001-2000", 1001..<2001),
                ("bytes=\(wav.count - 3)-", wav.count - 3..<wav.count), ("bytes=-5", wav.count - 5..<wav.count),
                ("bytes=0-999999999999999999999", 0..<wav.count),
            ] {
                let answer = studio.get("/api/recordings/\(id)/audio.wav", more: ["Range: \(range)"])
                #expect(answer.status == 206 && answer.body == Array(wav[part]), "\(range)")
                #expect(
                    answer.field("Content-Range") == "bytes \(part.lowerBound)-\(part.upperBound - 1)/\(wav.count)")
            }
            #expect(studio.get("/api/recordings/\(id)/audio.wav", more: ["Range: bytes=\(wav.count)-"]).status == 416)
            #expect(studio.get("/api/recordings/\(id)/audio.wav", more: ["Range: bytes=5-1"]).body.count == wav.count)
        }
    }

    @Test("a long sound comes whole, however the client takes it")
    func longAudio() async throws {
        let audio = PhoneAudio(samples: (0..<8000 * 120).map { Int16(truncatingIfNeeded: $0 &* 7919) })
        try folder.write(audio.wav, to: "calls/long.wav")
        try await TestStudio.serve(folder) { studio in
            let id = try studio.id("long.wav")
            #expect(studio.get("/api/recordings/\(id)/audio.wav").body == audio.wav)
        }
    }

    @Test("a picture has the extremes, the level and the probability of each column")
    func picture() async throws {
        try await TestStudio.serve(folder) { studio in
            let id = try studio.id("human/1.wav")
            let answer = studio.get("/api/recordings/\(id)/picture?from=0&to=1000&columns=10&threshold=adaptive")
            let columns = try #require(Picture(answer.body)?.columns)
            #expect(columns.count == 10)
            #expect(columns[1].low == 0 && columns[1].high == 0 && columns[1].level == 0)
            #expect(columns[5].low == -9000 && columns[5].high == 9000 && columns[5].level == 9000)
            let outside = try #require(
                Picture(studio.get("/api/recordings/\(id)/picture?from=9000&to=9100&columns=3").body))
            #expect(outside.columns.allSatisfy { $0.low == 0 && $0.high == 0 && $0.level == 0 })
            for query in ["from=5&to=5", "from=a", "columns=0", "columns=9000", "to=nan", "from=1&to=inf"] {
                #expect(studio.get("/api/recordings/\(id)/picture?\(query)").status == 400, "\(query)")
            }
        }
    }

    // MARK: Detection

    @Test("a detection says what the recording is answered, and how to ask for it elsewhere")
    func detect() async throws {
        try await TestStudio.serve(folder) { studio in
            let id = try studio.id("human/1.wav")
            let answer = try studio.post("/api/recordings/\(id)/detect", #"{"min_ms":300,"silence_ms":100}"#).json()
            #expect(answer["result"]?.text == "TALK" && answer["talkspurts"]?.elements.count == 1)
            #expect(answer["file"]?.text == self.folder("calls/human/1.wav"))
            #expect(answer["wire"]?["params"]?["min_ms"]?.number == 300)
            #expect(answer["swift"]?.text?.contains("silence: .milliseconds(100)") == true)
            let keys = try studio.post("/api/recordings/\(id)/detect", #"{"command":"dtmf"}"#).json()
            #expect(keys["wire"] == .null && keys["result"]?.text == "")
            let limit = try studio.post("/api/recordings/\(id)/detect", #"{"analysistime_ms":900}"#).json()
            #expect(limit["limits"]?.elements.first?["at_ms"]?.number == 900)
        }
    }

    @Test("all recordings are judged by their labels, over levels and over other frames alike")
    func judge() async throws {
        try await TestStudio.serve(folder) { studio in
            _ = try studio.measured()
            for settings in [
                "{}", #"{"max_ms":2000}"#, #"{"max_ms":2000,"frame_ms":10}"#, #"{"max_ms":2000,"rules":"documented"}"#,
            ] {
                let answer = try studio.post("/api/judge", settings).json()
                let rows = answer["rows"]!.elements.map(\.elements)
                #expect(rows.count == 12)
                let isLimited = settings != "{}"
                let confusion = answer["confusion"]!
                #expect(confusion["found"]?.number == 6 && confusion["missed"]?.number == 0, "\(settings)")
                #expect(confusion["false_talk"]?.number == (isLimited ? 0 : 6), "\(settings)")
                for row in rows {
                    let json = try studio.post("/api/recordings/\(row[0].text!)/detect", settings).json()
                    #expect(json["result"] == row[1] && json["decided_ms"] == row[2] && json["explanation"] == row[4])
                }
            }
            #expect(studio.post("/api/judge", #"{"command":"record"}"#).status == 422)
            #expect(studio.send("GET", "/api/judge").status == 405)
        }
    }

    @Test("the search finds what tells callers from machines, and can be stopped")
    func search() async throws {
        try await TestStudio.serve(folder) { studio in
            #expect(try studio.get("/api/search").json()["state"]?.text == "idle")
            _ = try studio.measured()
            #expect(studio.post("/api/search", #"{"prices":{"false_talk":2}}"#).status == 202)
            var answer = try studio.get("/api/search").json()
            while answer["state"]?.text == "running" { answer = try studio.get("/api/search").json() }
            #expect(answer["state"]?.text == "done")
            let result = try #require(answer["result"])
            #expect(result["confusion"]?["error"]?.number == 0 && result["heat_maps"]?.elements.count == 6)
            #expect(result["frontier"]!.elements[0]["parameters"]?.names.count == 4)
            #expect(result["command"]?.text?.contains("play_talk_detect") == true)
            #expect(studio.post("/api/search", #"{"prices":{"missed":-1}}"#).status == 422)
            #expect(studio.post("/api/search", "{}").status == 202)
            #expect(try studio.send("DELETE", "/api/search").json()["state"]?.text != "running")
            #expect(studio.post("/api/search", "{}").status == 202)
        }
    }

    // MARK: What the page sends

    @Test("audio that the page sends is a recording like others, but for files")
    func upload() async throws {
        try await TestStudio.serve(folder, labels: "labels.csv") { studio in
            let wav = TestSounds.caller(talk: 700).wav
            let answer = studio.send("POST", "/api/recordings?name=dropped%20file.wav", wav)
            let id = try #require(try answer.json()["id"]?.text)
            #expect(answer.status == 201 && studio.get("/api/recordings/\(id)/audio.wav").body == wav)
            let recording = try studio.recording("dropped file.wav")
            #expect(recording["is_file"] == .bool(false) && recording["state"]?.text == "measured")
            #expect(try studio.post("/api/recordings/\(id)/detect", "{}").json()["result"]?.text == "TALK")
            let label = try studio.put("/api/recordings/\(id)/label", #"{"label":"talk"}"#).json()
            #expect(label["saved"] == .bool(false) && !self.folder.names.contains("labels.csv"))
            // A track of labels is about it, although the studio did not begin with it.
            let track = try studio.post("/api/labels?name=t.txt&id=\(id)", "0.2\t0.9\ttalk\n").json()
            #expect(track["taken"]?.number == 1)
            #expect(try studio.recording("dropped file.wav")["label"]?.text == "talk")
            // Another one of that name has a name of its own.
            #expect(studio.send("POST", "/api/recordings?name=dropped%20file.wav", wav).status == 201)
            #expect(try studio.recording("dropped file.wav (2)")["is_file"] == .bool(false))
            #expect(studio.send("POST", "/api/recordings?name=x", Array("no audio".utf8)).status == 422)
            #expect(studio.send("POST", "/api/recordings?name=x").status == 400)
        }
    }

    @Test("a prompt is inspected, heard before and after and through A-law, and copied")
    func prompt() async throws {
        try await TestStudio.serve(folder) { studio in
            let audio = TestSounds.caller(talk: 500)
            let answer = studio.send("POST", "/api/prompts?name=a.wav&trim=1&level=-26", audio.wav)
            let prompt = try answer.json()
            let id = try #require(prompt["id"]?.text)
            #expect(answer.status == 201 && prompt["inspect"]?["duration_ms"]?.number == 2300)
            #expect(prompt["source_duration_ms"]?.number == 2300 && prompt["duration_ms"]!.number! <= 700)
            #expect(abs(prompt["level_dbov"]!.number! + 26) < 2.5)
            let path = "/api/prompts/\(id)"
            #expect(studio.get("\(path)/audio.wav?as=source").body == audio.wav)
            let result = studio.get("\(path)/audio.wav?as=result").body
            #expect(result == studio.get("\(path)/audio.wav").body)
            let phone = studio.get("\(path)/audio.wav?as=phone").body
            #expect(phone.count == result.count && phone != result)
            #expect(studio.get("\(path)/base64").text == Base64.encode(result.span.bytes))
            #expect(studio.get("\(path)/command").text.contains("play_wav_data"))
            #expect(Picture(studio.get("\(path)/picture?as=phone&columns=20").body)?.columns.count == 20)
            #expect(
                studio.get("\(path)/audio.wav?as=all").status == 400
                    && studio.get("/api/prompts/p9/base64").status == 404)
            #expect(studio.send("POST", "/api/prompts?name=a&level=x", audio.wav).status == 400)
        }
    }

    @Test("a prompt for which there is no room is refused, and not given a name that leads nowhere")
    func longPrompt() async throws {
        var limits = StudioLimits()
        limits.promptSize = 400_000
        try await TestStudio.serve(folder, limits: limits) { studio in
            let short = studio.send("POST", "/api/prompts?name=a.wav", TestSounds.caller(talk: 500).wav)
            #expect(short.status == 201)
            let long = studio.send("POST", "/api/prompts?name=a.wav", TestSounds.caller(talk: 9000).wav)
            #expect(long.status == 413 && long.text.contains("lasts 0.2 minutes, and there is room for 0.1: divide it"))
            let text = String(repeating: "a", count: 100)
            #expect(studio.post("/api/prompts/say", #"{"text":"\#(text)"}"#).status == 413)
        }
    }

    @Test("the prompts of a folder are listed as they are, and none but those is opened")
    func promptFolder() async throws {
        let audio = TestSounds.caller(talk: 500)
        try folder.write(audio.wav, to: "prompts/en/a.wav")
        try folder.write(audio.wav, to: "prompts/en/b.wav")
        let prompts = PromptFolder(folder("prompts")) {
            [
                PromptFolder.Prompt(
                    name: "en/a.wav", language: "en", text: "Hello <b>", sampleCount: audio.samples.count),
                PromptFolder.Prompt(name: "en/c.wav", note: "is missing"),
            ]
        }
        try await TestStudio.serve(folder, prompts: prompts) { [folder] studio in
            #expect(try studio.get("/api/session").json()["prompts"]?.text == folder("prompts"))
            // Nothing is opened that was not listed.
            #expect(studio.send("POST", "/api/prompts?file=en/a.wav").status == 404)
            let list = try #require(try studio.get("/api/prompts").json()["prompts"]?.elements)
            #expect(list.count == 2 && list[0]["text"]?.text == "Hello <b>" && list[0]["language"]?.text == "en")
            #expect(list[0]["duration_ms"]?.number == audio.duration / .milliseconds(1))
            #expect(list[1]["note"]?.text == "is missing" && list[1]["duration_ms"] == .null)
            let prompt = try studio.send("POST", "/api/prompts?file=en/a.wav").json()
            let id = try #require(prompt["id"]?.text)
            #expect(studio.get("/api/prompts/\(id)/audio.wav").body == audio.wav)
            for name in ["en/b.wav", "en/c.wav", "../calls", "/etc/hostname", "en/../en/a.wav", "en/a.wav%00"] {
                #expect(studio.send("POST", "/api/prompts?file=\(name)").status == 404, "\(name)")
            }
        }
        try await TestStudio.serve(folder) { studio in
            let session = try studio.get("/api/session").json()
            #expect(session["prompts"] == .null)
            #expect(studio.get("/api/prompts").status == 404)
        }
        let broken = PromptFolder("p") { () throws(StudioTool.Failure) in throw StudioTool.Failure("p.csv:3: no id") }
        try await TestStudio.serve(folder, prompts: broken) { studio in
            let answer = studio.get("/api/prompts")
            #expect(answer.status == 422 && answer.text.contains("p.csv:3: no id"))
        }
    }

    @Test("a text is spoken, and what is wrong with it told")
    func say() async throws {
        try await TestStudio.serve(folder) { studio in
            let prompt = try studio.post("/api/prompts/say", #"{"text":"hello","rate":160}"#).json()
            #expect(prompt["duration_ms"]?.number == 500)
            let failure = studio.post("/api/prompts/say", #"{"text":"<","ssml":true}"#)
            #expect(failure.status == 422 && failure.text.contains("line 1, column 1"))
            for body in ["{}", #"{"text":""}"#, #"{"text":"a","rate":10}"#, #"{"text":"a","ssml":1}"#] {
                #expect(studio.post("/api/prompts/say", body).status == 400, "\(body)")
            }
        }
    }
}

/// A picture as the page reads it.
struct Picture {
    let columns: [(low: Int16, high: Int16, level: UInt16, probability: UInt16)]

    init?(_ bytes: [UInt8]) {
        func number(_ place: Int) -> UInt16 { UInt16(bytes[place]) | UInt16(bytes[place + 1]) << 8 }
        guard bytes.count >= 4 else { return nil }
        let count = Int(number(0)) | Int(number(2)) << 16
        guard bytes.count == 4 + 8 * count else { return nil }
        columns = (0..<count).map { column in
            let place = 4 + 8 * column
            return (
                Int16(bitPattern: number(place)), Int16(bitPattern: number(place + 2)), number(place + 4),
                number(place + 6)
            )
        }
    }
}
