import CallSimulation
import NIOCore
import RealTimeAPI
import TelephonyAudio
import TestSupport
import Testing

@testable import Studio

/// The page's phone, without the page: calls over real sockets, and what hostile clients get.
@Suite(.waitingForTime, .timeLimit(.minutes(15))) struct PhoneTests {
    private static let read =
        #"{"command":"read","params":{"media_id":"TTS|TTS_EN-GB_DANIEL|A key","max_digits":1,"attempts":1,"timeout_ms":30000}}"#
    private static let record = #"{"command":"record","params":{"silence":1,"max_duration":20}}"#
    private static let wait = #"{"command":"wait","params":{"wait":3}}"#
    private static let order = #"{"type":"call","rate":16000}"#

    /// A handler's address, with what all calls to it have in common; media are half a second of a tone.
    static func setup(_ handler: HandlerProgram) throws -> CallSetup {
        var setup = CallSetup(
            try HandlerAddress(handler.address),
            sounds: Sounds(folder: nil) { _, _ in
                PhoneAudio(samples: TestSounds.tone(milliseconds: 500, amplitude: 3000))
            })
        // How busy the machine is that tests is no fault of the handler.
        setup.patience = .seconds(60)
        return setup
    }

    /// Serves a studio with a phone that calls handlers.
    private func serve<Value: Sendable>(
        _ handlers: [HandlerProgram], limits: StudioLimits = StudioLimits(), keepsState: Bool = false,
        _ body: @escaping @Sendable (TestStudio) async throws -> Value
    ) async throws -> Value {
        var setups = try handlers.map(Self.setup)
        for index in setups.indices { setups[index].keepsState = keepsState }
        let value = try await TestStudio.serve(TestFolder(), limits: limits, handlers: setups, body)
        withExtendedLifetime(handlers) {}
        return value
    }

    // MARK: A call

    /// What came of a call.
    private struct Result: Sendable {
        var events: [JSON] = []
        var frames = 0
        var loudest = 0
        var levels = 0
        /// What commands that listen heard.
        var hearing: [JSON] = []
        var over: JSON?

        func texts(_ kind: String) -> [String] {
            events.filter { $0["kind"]?.text == kind }.compactMap { $0["text"]?.text }
        }
    }

    /// Conducts a call, in which a piece of audio answers each frame, to its end.
    ///
    /// - Parameter say: what is said at a moment, 320 samples of 16 kHz; may press keys.
    private static func conduct(
        _ phone: PhoneClient, say: (Result) -> [Int16] = { _ in [Int16](repeating: 0, count: 320) }
    ) throws -> Result {
        var result = Result()
        while let message = try phone.next() {
            switch message {
            case .audio(let frame):
                #expect(frame.count == 160)
                result.frames += 1
                result.loudest = max(result.loudest, frame.map { Int($0.magnitude) }.max() ?? 0)
                phone.say(say(result))
            case .told(let json) where json["type"]?.text == "event": result.events.append(json)
            case .told(let json) where json["type"]?.text == "levels": result.levels += 1
            case .told(let json) where json["type"]?.text == "hearing": result.hearing.append(json)
            case .told(let json):
                #expect(json["type"]?.text == "over", "\(json)")
                result.over = json
            case .close(let code): #expect(code == 1000)
            case .pong: break
            }
        }
        return result
    }

    @Test(
        "a whole call: its audio, its events, keys that are heard as tones; saved, it is the same call again, ten times of ten"
    )
    func whole() async throws {
        let handler = try HandlerProgram.steps("[\(Self.read),\(Self.record),\(Self.wait)]")
        let folder = TestFolder()
        let result = try await serve([handler]) { studio in
            let phone = PhoneClient(studio)
            #expect(phone.status == 101)
            phone.tell(
                #"{"type":"call","handler":0,"rate":16000,"number":"+4912","microphone":{"noise_suppression":true}}"#)
            var hasPressed = false
            var spoken = 0
            let result = try Self.conduct(phone) { result in
                if !hasPressed, result.frames > 20 {
                    hasPressed = true
                    phone.tell(#"{"type":"key","key":"5"}"#)
                }
                // Talks for 600 ms once it is recorded.
                let isRecorded = result.texts("answer").contains { $0.contains("record") }
                guard isRecorded, spoken < 30 else { return [Int16](repeating: 0, count: 320) }
                spoken += 1
                return (0..<320).map { Int16($0 % 32 < 16 ? 9000 : -9000) }
            }
            let id = try #require(result.over?["call"]?.text)
            let name = try #require(result.over?["name"]?.text)
            let scenario = studio.get("/api/phone/calls/\(id)/scenario.yaml")
            #expect(scenario.field("Content-Disposition") == "attachment; filename=\"\(name).yaml\"")
            try folder.write(scenario.body, to: "\(name).yaml")
            try folder.write(studio.get("/api/phone/calls/\(id)/audio.wav").body, to: "\(name).wav")
            #expect(studio.get("/api/phone/calls/c9/audio.wav").status == 404)
            return result
        }
        #expect(result.over?["status"]?.text == "HANGUP" && result.over?["refused"] == .null)
        let unsent = try #require(result.over?["unsent_frames"]?.number)
        #expect(result.over?["frames"]?.number == Double(result.frames) + unsent)
        #expect(result.levels >= result.frames / 5 - 1 && result.loudest > 2000)
        #expect(result.texts("key") == ["5"])
        // The recording: its threshold first, then the level of each frame, and at last what ended it.
        #expect(result.hearing.first?["command"]?.text == "record" && result.hearing.last?["ends"] == .bool(true))
        #expect(try #require(result.hearing.first?["threshold"]?.number) < -42)
        let heard = result.hearing.flatMap { $0["levels"]?.elements ?? [] }
        #expect(heard.count > 60 && heard.contains { ($0.number ?? -70) > -15 })
        let talkspurt = try #require(result.hearing.first { $0["talkspurt"] != nil })
        #expect(talkspurt["qualifies"] == .bool(true))
        #expect((400...800).contains(try #require(talkspurt["length_ms"]?.number)))
        let requests = try result.texts("request").map { try JSONText($0).value }
        #expect(requests.first?["number"]?.text == "+4912" && requests.first?["call_status"]?.text == "INCOMING_CALL")
        #expect(requests.count == 5 && requests[1]["command_result"]?.text == "5")

        let name = try #require(result.over?["name"]?.text)
        let yaml = String(decoding: try folder.bytes("\(name).yaml"), as: UTF8.self)
        #expect(yaml.contains("# The browser's processing of the microphone: noise suppression.\n"))
        #expect(yaml.contains("press: \"5\"") && yaml.contains("when: record, delay: 0, play: \"\(name).wav\", from: "))
        let scenario = try CallScenario.load(path: folder("\(name).yaml")).scenario
        #expect(scenario.calls[0].expectation.commands?.map(\.name) == ["read", "record", "wait"])
        var setup = try Self.setup(handler)
        for round in 0..<10 {
            setup.call = CallID(rawValue: UInt64(1000 + round))
            let report = try await scenario.run(as: setup)
            #expect(report.isPassed, "\(report.text)\n\(yaml)")
            #expect(report.calls[0].outcome.steps.map(\.result) == ["5", "record-\(setup.call)-1", "0"])
            // As long as it was, and as loud.
            let recording = try #require(report.calls[0].outcome.recordings["record-\(setup.call)-1"])
            #expect(recording.samples.contains { $0 > 8000 })
        }
    }

    @Test("an outbound call begins with UP, and who hangs up ends it")
    func outbound() async throws {
        let handler = try HandlerProgram.steps("[\(Self.record)]")
        let result = try await serve([try HandlerProgram.steps("[]"), handler]) { studio in
            let phone = PhoneClient(studio)
            phone.tell(#"{"type":"call","handler":1,"outbound":true,"rate":8000}"#)
            return try Self.conduct(phone) { result in
                if result.frames == 25 { phone.tell(#"{"type":"hang_up"}"#) }
                return []
            }
        }
        let request = try JSONText(try #require(result.texts("request").first)).value
        #expect(request["call_status"]?.text == "UP" && request["request_hash"]?.text?.isEmpty == false)
        #expect(result.events.contains { $0["kind"]?.text == "hangs up" && $0["leg"]?.text == "caller" })
        #expect(result.over?["status"]?.text == "HANGUP")
    }

    @Test("a phone whose connection is lost has hung up, and the handler is told")
    func lost() async throws {
        let handler = try HandlerProgram.steps(#"[{"command":"wait","params":{"wait":3600}}]"#)
        var limits = StudioLimits()
        limits.phoneCalls = 1
        try await serve([handler], limits: limits) { studio in
            var phone: PhoneClient? = PhoneClient(studio)
            phone!.tell(Self.order)
            #expect(try phone!.told("event") != nil)
            phone = nil
            // The next one finds a free line as soon as the call is over.
            for _ in 0..<1000 {
                let next = PhoneClient(studio)
                next.tell(Self.order)
                // Who has to wait is told so at once; all others hear something, or of their call.
                switch try next.next() {
                case .audio: return
                case .told(let json) where json["type"]?.text != "error": return
                default: try await Task.sleep(for: .milliseconds(50))
                }
            }
            Issue.record("the line is not free")
        }
    }

    // MARK: Who is let in

    @Test("no WebSocket without the token, from another site, or from nowhere")
    func access() async throws {
        try await serve([try HandlerProgram.steps("[]")]) { studio in
            let (host, bearer) = ("Host: \(studio.host)", "Authorization: Bearer \(studio.token)")
            let cookie = "Cookie: rtmedia-studio-\(studio.port)=\(studio.token)"
            let ours = "Origin: http://\(studio.host)"
            for (fields, status) in [
                ([host, bearer], 101), ([host, cookie, ours], 101), ([host], 401), ([host, ours], 401),
                ([host, cookie], 426), ([host, cookie, "Origin: http://evil.example"], 403),
                ([host, cookie, "Origin: null"], 403),
                ([host, bearer, "Origin: http://evil.example"], 403),
                (["Host: evil.example:\(studio.port)", cookie, ours], 421),
                ([host, "Cookie: rtmedia-studio-\(studio.port)=0", ours], 401),
            ] {
                #expect(PhoneClient(studio, fields: fields).status == status, "\(fields)")
            }
            #expect(PhoneClient(studio, path: "/api/phone/calls").status == 404)
            #expect(PhoneClient(studio, path: "/api/session").status == 200)
            #expect(studio.get("/api/phone/line").status == 426)
            let session = try studio.get("/api/session").json()
            #expect(session["handlers"]?.elements.count == 1)
        }
    }

    @Test("a studio without a handler has no phone")
    func none() async throws {
        try await TestStudio.serve(TestFolder()) { studio in
            #expect(PhoneClient(studio).status == 404 && studio.post("/api/phone/send", "{}").status == 404)
            let session = try studio.get("/api/session").json()
            #expect(session["handlers"] == .array([]))
        }
    }

    // MARK: Hostile clients

    @Test("what is no message ends the connection with a word, and others go on being served")
    func garbage() async throws {
        // What is never completed is waited for that long.
        var limits = StudioLimits()
        limits.phoneIdleTime = .seconds(3)
        try await serve([try HandlerProgram.steps("[\(Self.wait)]")], limits: limits) { studio in
            for message in [
                "", "{", "[]", "7", #"{"type":"dance"}"#, #"{"type":"call"}"#, #"{"type":"call","rate":1}"#,
                #"{"type":"call","rate":1e300}"#, #"{"type":"call","rate":8000,"handler":1}"#,
                #"{"type":"key","key":"5"}"#,
                #"{"type":"call","rate":8000,"handler":-1}"#, #"{"type":"hang_up"}"#,
                String(repeating: "[", count: 15_000),
                #"{"type":"call","rate":8000,"number":"\#(String(repeating: "1", count: 101))"}"#,
            ] {
                let phone = PhoneClient(studio)
                phone.tell(message)
                #expect(try phone.told("error")?["message"]?.text?.isEmpty == false, "\(message.prefix(60))")
                #expect(try phone.rest().count <= 1)
            }
            for message in [Self.order, #"{"type":"key","key":"55"}"#, #"{"type":"rate"}"#] {
                let phone = PhoneClient(studio)
                phone.tell(Self.order)
                phone.tell(message)
                #expect(try phone.told("error") != nil, "\(message)")
            }
            let early = PhoneClient(studio)
            early.say([1, 2, 3])
            #expect(try early.told("error") != nil)
            let odd = PhoneClient(studio)
            odd.tell(Self.order)
            odd.write(opcode: 2, [1, 2, 3])
            #expect(try odd.told("error") != nil)
            for bytes in [
                [0x81, 0xFF] + [UInt8](repeating: 0xFF, count: 12), [0x8F, 0x80, 0, 0, 0, 0],
                Array("GET / HTTP/1.1\r\n\r\n".utf8),
            ] {
                let phone = PhoneClient(studio)
                phone.write(raw: bytes)
                _ = try phone.rest()
            }
            let phone = PhoneClient(studio)
            phone.write(opcode: 9, [7])
            guard case .pong([7])? = try phone.next() else { throw SupportError("there is no pong") }
            #expect(studio.get("/api/session").status == 200)
        }
    }

    @Test("messages that are too long, in one frame or in several, end the connection")
    func oversize() async throws {
        try await serve([try HandlerProgram.steps("[\(Self.wait)]")]) { studio in
            let long = PhoneClient(studio)
            long.tell(Self.order)
            long.say([Int16](repeating: 1, count: 10_000))
            let end = try long.told("over")
            #expect(end == nil)
            let parts = PhoneClient(studio)
            parts.tell(Self.order)
            // A frame that is not the last, and others that go on with it.
            parts.write(raw: [0x02, 0x80 | 126, 0x3F, 0, 0, 0, 0, 0] + [UInt8](repeating: 0, count: 0x3F00))
            for _ in 0..<3 {
                parts.write(raw: [0x00, 0x80 | 126, 0x3F, 0, 0, 0, 0, 0] + [UInt8](repeating: 0, count: 0x3F00))
            }
            #expect(try parts.told("over") == nil)
            #expect(studio.get("/api/session").status == 200)
        }
    }

    @Test("a phone without a microphone, which only answers whether it is there, stays to the call's end")
    func withoutMicrophone() async throws {
        var limits = StudioLimits()
        limits.phoneIdleTime = .milliseconds(900)
        try await serve([try HandlerProgram.steps("[\(Self.wait)]")], limits: limits) { studio in
            let phone = PhoneClient(studio)
            phone.tell(Self.order)
            var over: JSON?
            while over == nil, let message = try phone.next() {
                switch message {
                case .pong: phone.write(opcode: 10, [])
                case .told(let json) where ["over", "error"].contains(json["type"]?.text): over = json
                default: break
                }
            }
            #expect(over?["status"]?.text == "HANGUP", "\(String(describing: over))")
        }
    }

    @Test("a phone that says nothing is let go, and so is one that takes nothing while much waits for it")
    func stalls() async throws {
        var limits = StudioLimits()
        limits.phoneIdleTime = .milliseconds(300)
        try await serve([try HandlerProgram.steps("[\(Self.wait)]")], limits: limits) { studio in
            let silent = PhoneClient(studio)
            let silentEnd = try silent.told("error")?["message"]?.text
            #expect(silentEnd?.hasPrefix("nothing has come") == true)
            let calling = PhoneClient(studio)
            calling.tell(Self.order)
            let callingEnd = try calling.told("error")?["message"]?.text
            #expect(callingEnd?.hasPrefix("nothing has come") == true)
        }
        // Each request brings 80 kB of variables back: more than 20 MB, which no socket takes for someone who does not read.
        let text = String(repeating: "x", count: 80_000)
        let play = #"{"command":"play","params":{"media_id":"1"}}"#
        let steps =
            [#"{"command":"play","params":{"media_id":"1"},"variables":{"x":"\#(text)"}}"#]
            + Array(repeating: play, count: 300)
        try await serve([try HandlerProgram.steps("[\(steps.joined(separator: ","))]")], keepsState: true) { studio in
            let phone = PhoneClient(studio)
            phone.tell(Self.order)
            let other = PhoneClient(studio)
            other.tell(Self.order)
            // By the time the other call is over, the first one would be, too.
            let (end, noEnd) = (try other.told("over"), try phone.told("over"))
            #expect(end != nil && noEnd == nil)
        }
    }

    @Test("more calls than there may be are refused")
    func crowd() async throws {
        var limits = StudioLimits()
        limits.phoneCalls = 1
        try await serve([try HandlerProgram.steps("[\(Self.wait)]")], limits: limits) { studio in
            let first = PhoneClient(studio)
            first.tell(Self.order)
            #expect(try first.told("event") != nil)
            let second = PhoneClient(studio)
            second.tell(Self.order)
            let refusal = try second.told("error")?["message"]?.text
            #expect(refusal?.hasPrefix("no more than 1 at a time") == true)
            #expect(try first.told("over") != nil)
        }
    }

    // MARK: Requests that are sent again

    @Test("a request is sent again to a handler byte for byte, and to nobody else")
    func sendAgain() async throws {
        let handler = try HandlerProgram.steps("[\(Self.read)]")
        try await serve([handler]) { studio in
            let phone = PhoneClient(studio)
            phone.tell(Self.order)
            let request = try #require(try phone.told("event")?["text"]?.text)
            func send(_ members: [JSON.Member]) throws -> TestStudio.Answer {
                studio.post("/api/phone/send", try JSONText(encoding: .object(members)).text)
            }
            let edited = request.replacing(/"callid":\d+/, with: #""callid":77"#)
            #expect(edited != request)
            let answer = try send([.init("handler", .integer(0)), .init("body", .string(edited))])
            let json = try answer.json()
            #expect(answer.status == 200 && json["status"]?.number == 200 && json["refused"] == .array([]))
            #expect(json["body"]?.text?.contains("A key") == true && json["answer_ms"]?.number != nil)
            let wrong = try send([.init("handler", .integer(0)), .init("body", .string("{"))]).json()
            #expect(wrong["refused"]?.elements.isEmpty == false)
            #expect(try send([.init("handler", .integer(1)), .init("body", .string(request))]).status == 400)
            #expect(
                try send([.init("handler", .string("http://evil.example/")), .init("body", .string(request))]).status
                    == 400)
            #expect(try send([.init("handler", .integer(0))]).status == 400)
            #expect(studio.get("/api/phone/send").status == 405)
            phone.tell(#"{"type":"hang_up"}"#)
            #expect(try phone.told("over") != nil)
        }
    }
}
