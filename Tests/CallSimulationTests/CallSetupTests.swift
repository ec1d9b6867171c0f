import RealTimeAPI
import TelephonyAudio
import TestSupport
import Testing

@testable import CallSimulation

/// What a handler is told of a call, and what holds of a call where nothing is said.
@Suite(.waiting, .timeLimit(.minutes(15))) struct CallSetupTests {
    /// The requests of a call, as they were sent.
    private func requests(_ outcome: CallOutcome) -> [String] {
        outcome.transcript.events.filter { $0.kind == .request }.map(\.text)
    }

    @Test("Every value of a setup is in the request's member of its name")
    func everyField() async throws {
        let outcome = try await PythonHandler().call { setup in
            setup.app = "APP7"
            setup.call = CallID(rawValue: 18_446_744_073_709_551_615)
            setup.isOutbound = true
            setup.callerName = "Ann"
            setup.callerNumber = "+33100000001"
            setup.number = "+33600000002"
            setup.dateStarted = "2026-01-02 03:04:05"
            setup.customField = "CUSTOM9"
            setup.variables = try! JSONText(#"{"a":1.50}"#)
        }
        #expect(
            requests(outcome) == [
                #"{"app":"APP7","callid":18446744073709551615,"request_hash":"4260XMAQ","cli_name":"Ann","cli_number":"+33100000001","date_started":"2026-01-02 03:04:05","number":"+33600000002","command":"","command_id":0,"command_result":"","command_error":"","call_status":"UP","cdr_field":"CUSTOM9","variables":{"a":1.50}}"#,
                #"{"app":"APP7","callid":18446744073709551615,"request_hash":"4260XMAQ","cli_name":"Ann","cli_number":"+33100000001","date_started":"2026-01-02 03:04:05","number":"+33600000002","command":"","command_id":0,"command_result":"","command_error":"","call_status":"HANGUP","cdr_field":"CUSTOM9","variables":{"a":1.50}}"#,
            ])
    }

    @Test("What nobody sets is that of the platform's example")
    func defaults() async throws {
        let outcome = try await PythonHandler().call()
        let first = try #require(requests(outcome).first)
        #expect(
            first
                == #"{"app":"4346423A","callid":421889,"request_hash":null,"cli_name":"","cli_number":"+33123456789","date_started":"2012-01-09 17:27:55","number":"+33612345678","command":"","command_id":0,"command_result":"","command_error":"","call_status":"INCOMING_CALL","cdr_field":"","variables":{}}"#
        )
        let setup = CallSetup(
            try HandlerAddress("http://a/"), sounds: Sounds(folder: nil) { _, _ in PhoneAudio(samples: []) })
        #expect(setup.patience == .seconds(5) && setup.retries == 0 && CallSetup.maximumRetries == 10)
        #expect(setup.maximumCommands == 1000)
        #expect(setup.keepsAudio && !setup.isOutbound && setup.failure == nil && setup.start == .zero)
        #expect(setup.callees.isEmpty && setup.caller == CallerScript())
    }

    @Test("What an error or a result of a command was is in the next request, and in no later one")
    func lastResult() async throws {
        let wait = CommandResultTests.command("wait", #""wait":1"#)
        let outcome = try await PythonHandler(
            wait, #"{"command":"play","command_id":"p","params":{"media_id":"1"},"variables":{"kept":1}}"#, wait, wait
        ).call([.init(.began(.init("play")), .ends(.error("no such voice")))])
        let sent = try requests(outcome).map { try Request(json: $0.utf8) }
        #expect(sent.map(\.command) == ["", "wait", "play", "wait", "wait", ""])
        #expect(sent.map(\.commandID) == [0, 7, "p", 7, 7, 0])
        #expect(sent.map(\.commandResult.text) == ["", "0", "", "0", "0", ""])
        #expect(sent.map(\.commandError) == ["", "", "no such voice", "", "", ""])
        #expect(sent.map(\.status) == [.incomingCall, .up, .up, .up, .up, .hangup])
        #expect(sent.map { $0.variables.value["kept"] != nil } == [false, false, true, true, true, true])
    }

    @Test("A script's step waits half a second for what the call does, and not at all after a time or another step")
    func delays() {
        for trigger: CallerScript.Trigger in [
            .asked, .prompted, .heard, .joined, .answered, .began(.init("play")), .ended(.init("play")),
        ] {
            #expect(CallerScript.Step(trigger, .hangUp).delay == .milliseconds(500))
            #expect(CallerScript.Step(trigger, .hangUp, delay: .seconds(2)).delay == .seconds(2))
        }
        #expect(CallerScript.Step(.done, .hangUp).delay == .zero)
        #expect(CallerScript.Step(.time(.seconds(3)), .hangUp).delay == .zero)
        #expect(CallerScript().patience == .seconds(600) && !CallerScript().isInOrder)
        let line = CallerLine()
        #expect(line.level == Level(dBov: -26) && line.noise == nil && line.signalToNoise == 20)
        #expect(line.seed == 1 && line.codec == .alaw && line.gain == 1)
    }

    @Test("The delay of a step with a time comes after that time")
    func delayAfterTime() async throws {
        let wait = CommandResultTests.command("wait", #""wait":10"#)
        let outcome = try await PythonHandler(wait).call([
            .init(.time(.seconds(1)), .hangUp, delay: .milliseconds(500))
        ])
        #expect(outcome.duration == .milliseconds(1500))
    }

    @Test("A target without a ring time rings for 30 s")
    func ringTime() async throws {
        let dial = CommandResultTests.command("dialout", #""targets":[{"number":"+33100000000"}]"#)
        for (callee, length) in [
            (Callee(.never), 30_000), (Callee(.after(.milliseconds(29_900))), 29_900 + 500),
            (Callee(.after(.seconds(30))), 30_000),
        ] {
            let outcome = try await PythonHandler(dial).call {
                $0.callees["+33100000000"] = callee
                $0.keepsAudio = false
            }
            #expect(outcome.duration == .milliseconds(length))
            #expect(outcome.transcript.events.contains { $0.kind == .rings && $0.text == "+33100000000 for 30.0 s" })
        }
    }

    @Test("A caller who is not hung up on hangs up after ten minutes")
    func patience() async throws {
        let room = RoomTests.room()
        let outcome = try await PythonHandler(room).call { $0.keepsAudio = false }
        #expect(outcome.duration == .seconds(600))
        #expect(outcome.steps.map(\.result) == [nil])
        #expect(outcome.warnings == ["hangs up after 600.0 s, unless another time is set"])
        let patient = try await PythonHandler(room).call {
            $0.keepsAudio = false
            $0.caller.patience = .seconds(700)
        }
        #expect(patient.duration == .seconds(700) && patient.warnings.isEmpty)
    }
}

/// The PIN of a conference.
@Suite(.waiting, .timeLimit(.minutes(15))) struct ConferencePINTests {
    private static let room = #"{"command":"conference","params":{"id":"r","pin_code":"1234567890"}}"#

    @Test("Where nothing is said, it is asked for three times, for five seconds each")
    func defaults() async throws {
        let outcome = try await PythonHandler(Self.room).call()
        #expect(outcome.steps.map(\.result) == ["PIN_TIMEOUT"])
        #expect(outcome.duration == .seconds(15))
    }

    @Test("The third of three may be the right one; ten keys and # are taken")
    func third() async throws {
        let wrong = CommandResultTests.keys("1#")
        let outcome = try await PythonHandler(Self.room).call([
            .init(.asked, wrong), .init(.asked, wrong), .init(.asked, CommandResultTests.keys("1234567890#")),
            .init(.joined, RoomTests.star),
        ])
        #expect(outcome.steps.map(\.result) == ["LEFT_CONFERENCE"])
        let late = try await PythonHandler(Self.room).call([
            .init(.asked, wrong), .init(.asked, wrong), .init(.asked, wrong),
            .init(.asked, CommandResultTests.keys("1234567890#")),
        ])
        #expect(late.steps.map(\.result) == ["PIN_ERROR"])
        #expect(late.undone.count == 1)
    }

    @Test("One wrong PIN among silences is an error, and eleven keys are one PIN")
    func mixed() async throws {
        let outcome = try await PythonHandler(Self.room).call([
            .init(.asked, CommandResultTests.keys("12345678901"))
        ])
        #expect(outcome.steps.map(\.result) == ["PIN_ERROR"])
        // Half a second, eleven keys but for the last one's pause, and five seconds for each of the others.
        #expect((12_560...12_720).contains(Int(outcome.duration / .milliseconds(1))))
    }

    @Test("What is played for a right and a wrong PIN, before and after it, is heard in that order")
    func sounds() async throws {
        let command = CommandResultTests.command(
            "conference",
            #""id":"r","pin_code":"12","pin_prompt":"TTS|X|ask","pin_error":"TTS|X|no","pin_valid":"TTS|X|yes","welcome":"TTS|X|hello""#
        )
        let outcome = try await PythonHandler(command).call([
            .init(.asked, CommandResultTests.keys("3#")), .init(.asked, CommandResultTests.keys("12#")),
            .init(.joined, RoomTests.star),
        ])
        let events = outcome.transcript.events.filter { [.plays, .joins, .leaves].contains($0.kind) }
        #expect(
            events.map(\.text) == [
                "TTS|X|hello", "TTS|X|ask", "TTS|X|no", "TTS|X|ask", "TTS|X|yes", "room r", "room r",
            ])
    }
}

/// What a scenario's file says of its calls, as they are placed.
@Suite(.waiting, .timeLimit(.minutes(15))) struct ScenarioSetupTests {
    private func base() throws -> CallSetup {
        var base = CallSetup(
            try HandlerAddress("http://a/"), sounds: Sounds(folder: nil) { _, _ in PhoneAudio(samples: [1]) })
        base.app = "base app"
        base.call = CallID(rawValue: 100)
        base.number = "base number"
        base.callerNumber = "base cli_number"
        base.callerName = "base cli_name"
        base.customField = "base cdr_field"
        base.dateStarted = "base date_started"
        return base
    }

    private func setups(_ text: String) async throws -> [CallSetup] {
        try await CallScenario.read(text, name: "f").scenario.setups(base())
    }

    @Test("Every key of a call is what the handler is sent")
    func keys() async throws {
        let setup = try #require(
            try await setups(
                """
                callid: 7
                app: A
                number: "+33600000001"
                cli_number: "+33600000002"
                cli_name: Ann
                cdr_field: X1
                date_started: 2026-01-02 03:04:05
                variables: { a: 1.50 }
                outbound: true
                starts: 2.5
                hang_up_after: 900
                patience: 30
                retries: 2
                keep_state: true
                """
            ).first)
        #expect(setup.caller.patience == .seconds(900) && setup.patience == .seconds(30))
        #expect(setup.retries == 2 && setup.keepsState)
        #expect(
            String(decoding: Request(setup).json, as: UTF8.self)
                == #"{"app":"A","callid":7,"request_hash":"4260XMAQ","cli_name":"Ann","cli_number":"+33600000002","date_started":"2026-01-02 03:04:05","number":"+33600000001","command":"","command_id":0,"command_result":"","command_error":"","call_status":"UP","cdr_field":"X1","variables":{"a":1.50}}"#
        )
        #expect(setup.start == .milliseconds(2500) && setup.startSample == 20_000)
    }

    @Test("What a call leaves out is what the run has")
    func base() async throws {
        let setup = try #require(try await setups("caller: []").first)
        let request = Request(setup)
        #expect(request.app == "base app" && request.call.rawValue == 100 && request.requestHash == nil)
        #expect(request.number == "base number" && request.callerNumber == "base cli_number")
        #expect(request.callerName == "base cli_name" && request.customField == "base cdr_field")
        #expect(request.dateStarted == "base date_started" && request.variables == .emptyObject)
        #expect(request.status == .incomingCall && setup.start == .zero && setup.failure == nil)
    }

    @Test("Calls without an id have those that follow the run's, and none that another call has")
    func ids() async throws {
        let setups = try await setups("calls: { a: {}, b: { callid: 101 }, c: {}, d: { callid: 5 }, e: {} }")
        #expect(setups.map(\.call.rawValue) == [100, 101, 102, 5, 103])
    }

    @Test("How an outbound call ended that was not answered is its status", arguments: ["BUSY", "NOANSWER"])
    func failure(_ status: String) async throws {
        let setup = try #require(try await setups("outbound: \(status)").first)
        #expect(Request(setup).status == CallStatus(status) && Request(setup).requestHash == "4260XMAQ")
    }

    @Test("A call begins with a frame")
    func start() async throws {
        let setup = try #require(try await setups("starts: 1.0399").first)
        #expect(setup.startSample == 8160)
    }
}
