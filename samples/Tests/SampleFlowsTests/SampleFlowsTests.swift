import CallFlows
import FlowFiles
import RealTimeAPI
import SampleFlows
import Testing

/// Calls through all branches of the sample flows.
@Suite(.timeLimit(.minutes(5))) struct SampleFlowsTests {
    static let ageCheckFile = try! FlowFile.load(path: samplesFolder + "/flows/age-check.yaml")
    static let voicemailFile = try! FlowFile.load(path: samplesFolder + "/flows/voicemail.yaml")

    static func ageChecks(_ flow: CallFlow) -> [SampleCall] {
        let ask = "How old are you?"
        return [
            SampleCall(
                flow: flow, results: ["21", "0", "0", "0"],
                expected: [ask, "play_wav_data", "Welcome.", "Good bye.", "hangup"]),
            SampleCall(
                flow: flow, results: ["017", "0", "0"],
                expected: [ask, "Sorry, 017 is not the age that we are looking for.", "Good bye.", "hangup"]),
            SampleCall(
                flow: flow, results: ["131", "0", "0"],
                expected: [ask, "Sorry, 131 is not the age that we are looking for.", "Good bye.", "hangup"]),
            SampleCall(flow: flow, results: ["TIMEOUT", "0"], expected: [ask, "Good bye.", "hangup"]),
            SampleCall(flow: flow, results: ["*", "0"], expected: [ask, "Good bye.", "hangup"]),
            SampleCall(
                flow: flow, results: ["!no such voice", "0"],
                expected: [ask, "Sorry, something went wrong. Please call again later.", "hangup"]),
        ]
    }

    static func voicemails(_ flow: CallFlow) -> [SampleCall] {
        let greeting = "Nobody is here. If you want to leave a message, say yes."
        let round = [
            "Speak now, and press hash.", "record", "play_record", "To record it again, press 1.",
        ]
        return [
            SampleCall(flow: flow, results: ["0", "0"], expected: [greeting, "Good bye.", "hangup"]),
            SampleCall(
                flow: flow, results: ["TALK", "0", "tmp/1.wav", "0", "TIMEOUT", "0"],
                expected: [greeting] + round + ["Thank you. Good bye.", "hangup"]),
            SampleCall(
                flow: flow, results: ["TALK", "0", "tmp/1.wav", "0", "1", "0", "tmp/é \"2\".wav", "0", "2", "0"],
                expected: [greeting] + round + round + ["Thank you. Good bye.", "hangup"]),
            SampleCall(
                flow: flow, results: ["TALK", "0", "tmp/1.wav", "1", "0"],
                expected: [greeting] + round.prefix(3) + [
                    "Sorry, something went wrong. Please call again later.", "hangup",
                ]),
        ]
    }

    static let screenings = [
        SampleCall(
            flow: callScreening, results: ["1", "0", "NOANSWER", "0", "tmp/1.wav", "0"],
            expected: [
                "For sales press 1, for support press 2.", "One moment, please.", "dialout",
                "Nobody can take your call. Please leave a message.", "record", "Thank you.", "hangup",
            ]),
        SampleCall(
            flow: callScreening, results: ["2", "0", "!no route", "0", "0", "tmp/1.wav", "0"],
            expected: [
                "For sales press 1, for support press 2.", "One moment, please.", "dialout", "Our line is disturbed.",
                "Nobody can take your call. Please leave a message.", "record", "Thank you.", "hangup",
            ]),
        SampleCall(
            flow: callScreening, results: ["TIMEOUT", "0"],
            expected: ["For sales press 1, for support press 2.", "Good bye.", "hangup"]),
    ]

    static let conferences = [
        ("LEFT_CONFERENCE", "Good bye."), ("CONFERENCE_CLOSED", "Good bye."),
        ("LAST_PARTICIPANT", "All others have left. Good bye."),
        ("PIN_ERROR", "Please ask the organiser for the PIN."),
        ("PIN_TIMEOUT", "Please ask the organiser for the PIN."),
    ].map { SampleCall(flow: pinConference, results: [$0, "0"], expected: ["conference", $1, "hangup"]) }

    static let surveys: [SampleCall] = {
        let questions = [
            "Please rate us from 1 to 5.", "How friendly were we?", "How fast were we?", "Would you call us again?",
        ]
        return [
            SampleCall(
                flow: survey, results: ["0", "5", "TIMEOUT", "9", "0"],
                expected: questions + ["Thank you. Good bye.", "hangup"]),
            SampleCall(
                flow: survey, results: ["0", "5", "1", "", "0"],
                expected: questions + ["We will do better. Good bye.", "hangup"]),
        ]
    }()

    /// All calls, and the name that `sample-flows` serves their flow under.
    static let served: [(app: String, call: SampleCall)] =
        ageChecks(ageCheck).map { ("age-check", $0) } + ageChecks(ageCheckFile.flow).map { ("age-check.yaml", $0) }
        + voicemails(voicemail).map { ("voicemail", $0) }
        + voicemails(voicemailFile.flow).map { ("voicemail.yaml", $0) } + screenings.map { ("call-screening", $0) }
        + conferences.map { ("pin-conference", $0) } + surveys.map { ("survey", $0) }

    static let all = served.map(\.call)

    @Test(arguments: all) func `a call through one instance hears what it should`(_ call: SampleCall) async throws {
        let host = call.newHost()
        let answers = try await call.answers { _ in host }
        #expect(answers.dropLast().map(SampleCall.summary) == call.expected)
        #expect(answers.last?.command == nil)
        for answer in answers { #expect(!answer.findings.contains { $0.severity == .error }) }
    }

    @Test(arguments: all) func `an instance that is new at any turn answers the same bytes`(_ call: SampleCall)
        async throws
    {
        let one = call.newHost()
        let expected = try await call.answers { _ in one }.map(\.json)
        for restart in 1...call.results.count + 1 {
            let hosts = [call.newHost(), call.newHost()]
            #expect(try await call.answers { hosts[$0 < restart ? 0 : 1] }.map(\.json) == expected)
        }
        #expect(try await call.answers { _ in call.newHost() }.map(\.json) == expected)
    }

    @Test func `the flow files give the commands that the Swift flows give`() async throws {
        let pairs =
            zip(Self.ageChecks(ageCheck), Self.ageChecks(Self.ageCheckFile.flow)).map { $0 }
            + zip(Self.voicemails(voicemail), Self.voicemails(Self.voicemailFile.flow)).map { $0 }
        for (swift, yaml) in pairs {
            let (one, other) = (swift.newHost(), yaml.newHost())
            #expect(
                try await swift.answers { _ in one }.map(\.command) == yaml.answers { _ in other }.map(\.command))
        }
    }

    @Test func `whoever is called hears what the call is about`() async throws {
        let call = Self.screenings[0]
        let host = call.newHost()
        guard case .dialout(let dialout)? = try await call.answers({ _ in host })[2].command else {
            Issue.record("no dialout")
            return
        }
        #expect(dialout.whisper == .speech("A call for sales.", voice: "TTS_EN-GB_SERENA"))
        #expect(dialout.targets.count == 2)
    }
}
