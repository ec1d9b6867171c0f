import CallFlows
import RealTimeAPI
import Synchronization
import TelephonyAudio
import Testing

/// The 16 commands as flows ask for them: what the platform is sent, and what of its result comes back.
@Suite(.timeLimit(.minutes(10))) struct CallCommandTests {
    struct Case: Sendable, CustomTestStringConvertible {
        /// Takes the step; returns what it answered, as text.
        let step: @Sendable (Call) async throws -> String
        /// The command and its parameters, as the platform reads them.
        let json: String
        /// What the platform reports.
        let result: String
        /// What the step returns then.
        let value: String

        var testDescription: String { json }

        init(
            _ json: String, _ result: String, _ value: String, _ step: @escaping @Sendable (Call) async throws -> String
        ) {
            self.json = #"{"command":"# + json + "}"
            self.result = result
            self.value = value
            self.step = step
        }
    }

    /// Every parameter has a value of its own, so that none can stand for another.
    static let full: [Case] = [
        Case(#""play","params":{"media_id":"TTS|TTS_FR-FR_AUDREY|a"}"#, "0", "") { call in
            try await call.play(.say("a", voice: "TTS_FR-FR_AUDREY"))
            return ""
        },
        Case(#""play","params":{"media_id":"42"}"#, "0", "") { call in
            try await call.play(.library(42))
            return ""
        },
        Case(#""play_record","params":{"media_file":"tmp/1.wav"}"#, "0", "") { call in
            try await call.play(.recording("tmp/1.wav"))
            return ""
        },
        Case(#""play_wav_data","params":{"audio_data":"\#(PhoneAudio(samples: [1, -2]).base64WAV)"}"#, "0", "") {
            call in
            try await call.play(.sound(PhoneAudio(samples: [1, -2])))
            return ""
        },
        Case(
            #""play_talk_detect","params":{"analysistime_ms":4,"max_ms":2,"media_id":"7","min_ms":1,"silence_ms":3}"#,
            "TALK", "TALK"
        ) { call in
            try await call.playTalkDetect(
                .library(7), minimum: .milliseconds(1), maximum: .milliseconds(2), silence: .milliseconds(3),
                analysisTime: .milliseconds(4)
            ).wire
        },
        Case(#""read","params":{"attempts":2,"max_digits":3,"media_id":"7","timeout_ms":400}"#, "345", "345") { call in
            try await call.read(.library(7), maxDigits: 3, attempts: 2, timeout: .milliseconds(400)).wire
        },
        Case(#""record","params":{"max_duration":60,"silence":2}"#, "tmp/2.wav", "tmp/2.wav") { call in
            try await call.record(silence: .seconds(2), maxDuration: .seconds(60)).rawValue
        },
        Case(#""send_dtmf","params":{"digits":"12#","duration_ms":3,"timeout_ms":4}"#, "0", "") { call in
            try await call.sendDTMF("12#", duration: .milliseconds(3), pause: .milliseconds(4))
            return ""
        },
        Case(#""wait","params":{"wait":2}"#, "0", "") { call in
            try await call.wait(.seconds(2))
            return ""
        },
        Case(
            #""wait_for_silence","params":{"iterations":2,"silence_ms":300,"timeout":4}"#, "TIMEOUT", "TIMEOUT"
        ) { call in
            try await call.waitForSilence(.milliseconds(300), iterations: 2, timeout: .seconds(4)).wire
        },
        Case(
            #""dialout","params":{"cdr_field":"A1","cli":"+33123456789","ringtone":"MUSIC","targets":[{"number":"+33612345678","timeout":20},{"number":"+447890123456"}],"whisper":"TTS|TTS_EN-GB_SERENA|Psst"}"#,
            "NOANSWER", "NOANSWER"
        ) { call in
            try await call.dialout(
                [
                    Dialout.Target(PhoneNumber("+33612345678")!, timeout: .seconds(20)),
                    Dialout.Target(PhoneNumber("+447890123456")!),
                ], whisper: .say("Psst"), callerID: .number(PhoneNumber("+33123456789")!), ringtone: .music,
                customField: "A1"
            ).wire
        },
        Case(#""conference","params":{"id":"r","welcome":"5"}"#, "LEFT_CONFERENCE", "LEFT_CONFERENCE") { call in
            var conference = Conference("r")
            conference.welcome = call.media(.library(5))
            return try await call.conference(conference).wire
        },
        Case(#""simple_conference","params":{"auto_leave_when_alone":true,"id":"r"}"#, "x", "x") { call in
            try await call.simpleConference("r", autoLeaveWhenAlone: true).wire
        },
        Case(#""start_call_recording","params":{"announce":"TTS|TTS_EN-GB_SERENA|a","feeds":"leg_b"}"#, "R1", "R1") {
            call in
            var recording = StartCallRecording()
            recording.announce = call.media(.say("a"))
            recording.feeds = .calleeOnly
            return try await call.startCallRecording(recording).rawValue
        },
        Case(#""stop_call_recording","params":{"announce":"6"}"#, "R2", "R2") { call in
            try await call.stopCallRecording(announce: .library(6)).rawValue
        },
        Case(#""hangup_callid","params":{"callid":18446744073709551615}"#, "x", "x") { call in
            try await call.hangup(CallID(rawValue: .max)).wire
        },
        Case(#""hangup","params":{}"#, "", "") { call in
            try await call.hangup()
            return ""
        },
    ]

    /// What is sent where a flow names nothing: the defaults of the platform's page and its PHP SDK.
    static let minimal: [Case] = [
        Case(#""play","params":{"media_id":"TTS|TTS_EN-GB_SERENA|a"}"#, "0", "") { call in
            try await call.play(.say("a"))
            return ""
        },
        Case(
            #""play_talk_detect","params":{"analysistime_ms":4000,"max_ms":60000,"media_id":"7","min_ms":500,"silence_ms":5}"#,
            "0", "0"
        ) { call in try await call.playTalkDetect(.library(7)).wire },
        Case(
            #""read","params":{"attempts":10,"max_digits":20,"media_id":"7","timeout_ms":30000}"#, "TIMEOUT", "TIMEOUT"
        ) { call in try await call.read(.library(7)).wire },
        Case(#""record","params":{"max_duration":0,"silence":0}"#, "a", "a") { call in
            try await call.record().rawValue
        },
        Case(#""send_dtmf","params":{"digits":"1","duration_ms":500,"timeout_ms":500}"#, "0", "") { call in
            try await call.sendDTMF("1")
            return ""
        },
        Case(#""wait","params":{"wait":1}"#, "0", "") { call in
            try await call.wait()
            return ""
        },
        Case(#""wait_for_silence","params":{"iterations":1,"silence_ms":500,"timeout":0}"#, "SILENCE", "SILENCE") {
            call in
            try await call.waitForSilence().wire
        },
        Case(#""dialout","params":{"targets":[{"number":"+12"}]}"#, "", "") { call in
            try await call.dialout([Dialout.Target(PhoneNumber("+12")!)]).wire
        },
        Case(#""simple_conference","params":{"id":"r"}"#, "", "") { call in
            try await call.simpleConference("r").wire
        },
        Case(#""start_call_recording","params":{}"#, "R", "R") { call in
            try await call.startCallRecording().rawValue
        },
        Case(#""stop_call_recording","params":{}"#, "R", "R") { call in
            try await call.stopCallRecording().rawValue
        },
    ]

    @Test(arguments: full + minimal)
    func `a command is sent with what the flow gave it, and its result comes back`(_ example: Case) async throws {
        let returned = Mutex<String?>(nil)
        let host = FlowHost(
            quiet: CallFlow("commands", version: 1) { call in
                let value = try await example.step(call)
                returned.withLock { $0 = value }
            })
        var platform = try Platform()
        let answer = await host.respond(to: platform.request)
        #expect(String(decoding: Response(answer.command).json, as: UTF8.self) == example.json)
        #expect(answer.commandID == 1)
        platform.report(example.result, after: answer)
        #expect(await host.respond(to: platform.request).name == "hangup")
        #expect(returned.withLock { $0 } == example.value)
    }

    @Test func `there is a case for each of the 16`() {
        let names = Set(Self.full.compactMap { try? Response(json: $0.json.utf8).command?.name })
        #expect(names == Set(Command.names) && names.count == 16)
    }

    @Test func `texts that name no voice are said in the flow's own`() async throws {
        var flow = CallFlow("voice", version: 1) { call in
            try await call.play(.say("a"))
            _ = try await call.read(.say("b"))
            try await call.play(.say("c", voice: "TTS_EN-GB_DANIEL"))
        }
        flow.voice = "TTS_FR-FR_AUDREY"
        let host = FlowHost(quiet: flow)
        var platform = try Platform()
        for media in ["TTS|TTS_FR-FR_AUDREY|a", "TTS|TTS_FR-FR_AUDREY|b", "TTS|TTS_EN-GB_DANIEL|c"] {
            let answer = await host.respond(to: platform.request)
            #expect(answer.text.contains(#""media_id":"\#(media)""#))
            platform.report("0", after: answer)
        }
    }

    @Test(arguments: [
        ("library", "play"), ("say", "play"), ("recording", "play_record"), ("sound", "play_wav_data"),
        ("audio", "play_wav_data"),
    ])
    func `what the platform could not play is named by its command`(_ kind: String, _ command: String) async throws {
        let playables: [String: Playable] = [
            "library": .library(1), "say": .say("a"), "recording": .recording("r"),
            "sound": .sound(PhoneAudio(samples: [0])), "audio": .audio("\(packageFolder)/samples/audio/chime.flac"),
        ]
        let playable = try #require(playables[kind])
        let thrown = Mutex<CallError?>(nil)
        let host = FlowHost(
            quiet: CallFlow("failing", version: 1) { call in
                do throws(CallError) { try await call.play(playable) } catch { thrown.withLock { $0 = error } }
            })
        var platform = try Platform()
        let answer = await host.respond(to: platform.request)
        #expect(answer.name == command)
        platform.report("1", after: answer)
        #expect(await host.respond(to: platform.request).name == "hangup")
        #expect(
            thrown.withLock { $0 } == .commandFailed(command: command, reason: "the platform could not play it"))
    }
}
