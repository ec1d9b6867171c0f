import CallSimulation
import RealTimeAPI
import TalkDetection
import TelephonyAudio
import TestSupport
import Testing

/// Each command with each of its documented results, executed for a handler in Python.
@Suite(.waiting, .timeLimit(.minutes(15))) struct CommandResultTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let command: String
        var steps: [CallerScript.Step] = []
        let result: String?
        /// How long the call is, in milliseconds, by the command's own rules.
        let length: ClosedRange<Int>

        var testDescription: String { name }
    }

    static func keys(_ text: String) -> CallerScript.Action { .keys(text.map { DTMFKey($0)! }) }
    static let talk = CallerScript.Action.sound(PythonHandler.tone(.seconds(1)))
    static let wav = PythonHandler.tone(.milliseconds(500)).base64WAV

    /// Half a second of a tone, or so many samples of it, with another size of the audio in its header.
    static func cut(_ size: Int, of count: Int = 4000) -> String {
        var bytes = PhoneAudio(samples: Array(PythonHandler.tone(.milliseconds(500)).samples.prefix(count))).wav
        for index in 0..<4 { bytes[40 + index] = UInt8(truncatingIfNeeded: size >> (8 * index)) }
        return Base64.encode(bytes.span.bytes)
    }

    static func command(_ name: String, _ params: String) -> String {
        #"{"command":"\#(name)","command_id":7,"params":{\#(params)}}"#
    }

    static let read = command("read", #""media_id":"1","max_digits":3,"attempts":2,"timeout_ms":1000"#)
    static let talkDetect = command(
        "play_talk_detect",
        #""media_id":"1","min_ms":500,"max_ms":5000,"silence_ms":100,"analysistime_ms":4000"#)
    static func room(_ more: String) -> String {
        command("conference", #""id":"r","pin_max_tries":2,"pin_wait":1"# + more)
    }
    static func dial(_ number: String) -> String {
        command(
            "dialout",
            #""ringtone":"RING","targets":[{"number":"+33100000000","timeout":5},{"number":"\#(number)","timeout":6}]"#)
    }

    static let cases = [
        Case(name: "play, played", command: command("play", #""media_id":"1""#), result: "0", length: 2000...2000),
        Case(
            name: "play, speech", command: command("play", #""media_id":"TTS|TTS_FR-FR_AUDREY|Bonjour""#), result: "0",
            length: 700...700),
        Case(name: "play, no such media", command: command("play", #""media_id":"2""#), result: "1", length: 0...0),
        Case(
            name: "play_record, no such file", command: command("play_record", #""media_file":"x""#), result: "1",
            length: 0...0),
        Case(
            name: "play_wav_data", command: command("play_wav_data", #""audio_data":"\#(wav)""#), result: "0",
            length: 500...500),
        Case(
            name: "play_wav_data, no samples", command: command("play_wav_data", #""audio_data":"\#(cut(0, of: 0))""#),
            result: "0", length: 0...0),
        Case(
            name: "play_wav_data, a size of 0", command: command("play_wav_data", #""audio_data":"\#(cut(0))""#),
            result: "0", length: 0...0),
        Case(
            name: "play_wav_data, a size past the end",
            command: command("play_wav_data", #""audio_data":"\#(cut(1 << 20))""#), result: "0", length: 500...500),
        Case(
            name: "play_wav_data, a size to the end",
            command: command("play_wav_data", #""audio_data":"\#(cut(0xFFFF_FFFF))""#), result: "0", length: 500...500),
        Case(name: "play_talk_detect, silence", command: talkDetect, result: "0", length: 2000...2000),
        Case(
            name: "play_talk_detect, talk", command: talkDetect, steps: [.init(.heard, talk)], result: "TALK",
            length: 1580...1680),
        Case(
            name: "read, keys over the prompt", command: read, steps: [.init(.asked, keys("123"))], result: "123",
            length: 1000...1200),
        Case(
            name: "read, ended by #", command: read, steps: [.init(.asked, keys("1#"))], result: "1", length: 800...1000
        ),
        Case(
            name: "read, keys after the prompt", command: read, steps: [.init(.prompted, keys("42#"))], result: "42",
            length: 3000...3200),
        Case(name: "read, time-out of two attempts", command: read, result: "TIMEOUT", length: 6000...6000),
        Case(
            name: "read, digits that a time-out follows", command: read,
            steps: [.init(.prompted, keys("1")), .init(.prompted, keys("9#"))], result: "TIMEOUT", length: 3500...3700),
        Case(
            name: "read, # alone the first time", command: read,
            steps: [.init(.asked, keys("#")), .init(.asked, keys("9#"))], result: "9", length: 1300...1500),
        Case(
            name: "read, # alone each time", command: read,
            steps: [.init(.asked, keys("#")), .init(.asked, keys("#"))], result: "", length: 1100...1300),
        Case(
            name: "read, # alone and then nothing", command: read, steps: [.init(.asked, keys("#"))],
            result: "TIMEOUT", length: 3500...3700),
        Case(
            name: "record, silence", command: command("record", #""silence":2,"max_duration":20"#),
            steps: [.init(.heard, talk)], result: "record-421889-1", length: 3480...3560),
        Case(
            name: "record, #", command: command("record", #""silence":0,"max_duration":20"#),
            steps: [.init(.heard, keys("#"))], result: "record-421889-1", length: 580...700),
        Case(
            name: "record, too long", command: command("record", #""silence":0,"max_duration":3"#),
            result: "record-421889-1", length: 3000...3000),
        Case(
            name: "send_dtmf", command: command("send_dtmf", #""digits":"12#","duration_ms":100,"timeout_ms":100"#),
            result: "0", length: 600...600),
        Case(
            name: "send_dtmf, keys that end between frames",
            command: command("send_dtmf", #""digits":"0123456789","duration_ms":33,"timeout_ms":30"#), result: "0",
            length: 640...640),
        Case(name: "wait", command: command("wait", #""wait":2"#), result: "0", length: 2000...2000),
        Case(
            name: "wait_for_silence, silence",
            command: command("wait_for_silence", #""silence_ms":500,"iterations":1,"timeout":3"#), result: "SILENCE",
            length: 500...500),
        Case(
            name: "wait_for_silence, time-out",
            command: command("wait_for_silence", #""silence_ms":5000,"iterations":1,"timeout":3"#), result: "TIMEOUT",
            length: 3000...3000),
        Case(
            name: "start_call_recording", command: command("start_call_recording", #""announce":"1","feeds":"leg_a""#),
            result: "recording-421889-1", length: 2000...2000),
        Case(name: "hangup", command: command("hangup", ""), result: nil, length: 0...0),
        Case(
            name: "hangup_callid, this call", command: command("hangup_callid", #""callid":421889"#), result: nil,
            length: 0...0),
        Case(
            name: "hangup_callid, no such call", command: command("hangup_callid", #""callid":5"#), result: "",
            length: 0...0),
        Case(
            name: "dialout, nobody answers", command: dial("+33200000000"), result: "NOANSWER", length: 11_000...11_000),
        Case(name: "dialout, the second answers", command: dial("+33300000000"), result: nil, length: 8500...8500),
        Case(
            name: "conference, left", command: room(""), steps: [.init(.joined, keys("*"))], result: "LEFT_CONFERENCE",
            length: 580...700),
        Case(
            name: "conference, PIN and left", command: room(#","pin_code":"12","pin_prompt":"1""#),
            steps: [.init(.asked, keys("12#")), .init(.joined, keys("*"))], result: "LEFT_CONFERENCE",
            length: 1600...2000),
        Case(
            name: "conference, wrong PIN", command: room(#","pin_code":"12""#),
            steps: [.init(.asked, keys("1#")), .init(.asked, keys("2#"))], result: "PIN_ERROR", length: 1600...2000),
        Case(
            name: "conference, a wait of 0 is the default",
            command: command("conference", #""id":"r","pin_code":"12","pin_wait":0"#),
            steps: [.init(.asked, keys("12#")), .init(.joined, keys("*"))], result: "LEFT_CONFERENCE",
            length: 1600...2000),
        Case(
            name: "conference, no try is the default",
            command: command("conference", #""id":"r","pin_code":"12","pin_wait":1,"pin_max_tries":0"#),
            result: "PIN_TIMEOUT", length: 3000...3000),
        Case(
            name: "conference, a key over what is played for a wrong PIN is the first of the next",
            command: room(#","pin_code":"12","pin_error":"1""#),
            steps: [
                .init(.asked, keys("3#")), .init(.time(.milliseconds(1500)), keys("12#")), .init(.joined, keys("*")),
            ], result: "LEFT_CONFERENCE", length: 2400...2800),
        Case(
            name: "conference, no PIN", command: room(#","pin_code":"12""#), result: "PIN_TIMEOUT", length: 2000...2000),
        Case(
            name: "simple_conference", command: command("simple_conference", #""id":"r""#),
            steps: [.init(.joined, keys("*"))], result: "", length: 580...700),
    ]

    @Test("A command answers what its page says, after the time it takes", arguments: cases)
    func result(_ example: Case) async throws {
        let outcome = try await PythonHandler(example.command).call(example.steps) {
            $0.callees["+33300000000"] = Callee(answersAfter: .seconds(2), audio: PythonHandler.tone(.seconds(1)))
        }
        #expect(outcome.refusal == nil)
        #expect(outcome.status == .hangup)
        #expect(outcome.steps.first?.result == example.result)
        let length = Int(outcome.duration / .milliseconds(1))
        #expect(example.length.contains(length), "\(length) ms")
    }

    @Test("What record made, play_record plays")
    func recordAndPlay() async throws {
        let outcome = try await PythonHandler(
            Self.command("record", #""silence":0,"max_duration":3"#),
            Self.command("play_record", #""media_file":"$result""#)
        ).call([.init(.heard, Self.talk)])
        #expect(outcome.steps.map(\.result) == ["record-421889-1", "0"])
        #expect(outcome.duration == .seconds(6))
        // The caller hears himself, three seconds later; both went through the same line.
        #expect(outcome.platform.samples.dropFirst(24_000) == outcome.caller.samples.prefix(24_000))
        #expect(outcome.caller.samples.contains { $0 > 15_000 })
    }

    @Test("The samples of play_wav_data are what the caller hears, but for what A-law rounds")
    func playWAVData() async throws {
        let sent = PythonHandler.tone(.milliseconds(500)).samples
        let outcome = try await PythonHandler(Self.command("play_wav_data", #""audio_data":"\#(Self.wav)""#)).call()
        try #require(outcome.platform.samples.count >= sent.count)
        // A step of A-law is a sixteenth of the value (ITU-T G.711).
        #expect(zip(outcome.platform.samples, sent).allSatisfy { abs(Int($0) - Int($1)) <= max(16, abs(Int($1)) / 16) })
        #expect(sent.contains { $0 > 1000 } && sent.contains { $0 < -1000 })
    }

    @Test("The tones of send_dtmf can be decoded")
    func tones() async throws {
        let send = Self.command("send_dtmf", #""digits":"159*0#","duration_ms":80,"timeout_ms":80"#)
        let outcome = try await PythonHandler(send).call()
        var detector = DTMFDetector()
        var heard = ""
        detector.add(outcome.platform.samples.span) { heard.append($0.key.character) }
        detector.finish { heard.append($0.key.character) }
        #expect(heard == "159*0#")
    }

    @Test("A call recording holds the feeds that it names")
    func feeds() async throws {
        let outcome = try await PythonHandler(
            Self.command("start_call_recording", #""announce":"0","feeds":"leg_a""#),
            Self.command("wait", #""wait":2"#), Self.command("stop_call_recording", #""announce":"0""#)
        ).call([.init(.time(.zero), Self.talk)])
        #expect(outcome.steps.map(\.result) == ["recording-421889-1", "0", "recording-421889-1"])
        #expect(outcome.recordings["recording-421889-1"]?.samples == outcome.caller.samples)
    }

    @Test("A second recording of the call has a name of its own, and the first is kept")
    func secondRecording() async throws {
        let start = Self.command("start_call_recording", #""announce":"0","feeds":"leg_a""#)
        let wait = Self.command("wait", #""wait":1"#)
        let outcome = try await PythonHandler(start, wait, start, wait).call()
        let names = [outcome.steps[0].result, outcome.steps[2].result].compactMap { $0 }
        #expect(Set(names).count == 2)
        #expect(names.map { outcome.recordings[$0]?.duration } == [.seconds(1), .seconds(1)])
        let note = "recording-421889-1 ends, since another recording of the call begins"
        #expect(outcome.transcript.events.contains { $0.kind == .note && $0.text == note })
    }
}
