import FlowFiles
import Testing

/// Audio that is played before a command.
@Suite struct FlowAudioBeforeTests {
    private static let chime =
        #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
        + "/samples/audio/chime.flac"

    @Test func `audio is played before each attempt of a read, and keys end it`() async throws {
        let yaml = "flow: f\nsteps:\n  a: { read: { audio: \(Self.chime), attempts: 3, max_digits: 1 } }"
        let read = "read TTS|TTS_EN-GB_SERENA|. 1"
        #expect(
            try await FlowCalls.heard(yaml, .none, ["0", "TIMEOUT", "0", "7"])
                == ["play_wav_data", read, "play_wav_data", read, "hangup"])
        #expect(
            try await FlowCalls.heard(yaml, .none, ["0", "TIMEOUT", "0", "", "0", "TIMEOUT"])
                == ["play_wav_data", read, "play_wav_data", read, "play_wav_data", read, "hangup"])
    }

    @Test(arguments: [
        ("read: { audio: %, say: Press a key., attempts: 1 }", "read TTS|TTS_EN-GB_SERENA|Press a key. 1"),
        ("read: { audio: %, library: 7, attempts: 1 }", "read 7 1"), ("record: { audio: % }", "record"),
        ("play_talk_detect: { audio: %, library: 7 }", "play_talk_detect"), ("hangup: { audio: % }", "hangup"),
        ("conference: { audio: %, id: 7 }", "conference"), ("wait: { audio: %, wait: 2 }", "wait"),
        ("dialout: { audio: %, targets: [ { number: \"+33612345678\" } ] }", "dialout"),
        ("start_call_recording: { audio: % }", "start_call_recording"),
    ])
    func `audio is played before any command`(_ command: String, _ summary: String) async throws {
        let yaml = "flow: f\nsteps:\n  a:\n    \(command.replacing("%", with: Self.chime))\n"
        #expect(try await FlowCalls.heard(yaml, .none, ["0"]) == ["play_wav_data", summary])
    }

    @Test func `audio that can't be played fails its step`() async throws {
        let yaml =
            "flow: f\nsteps:\n  a: { record: { audio: \(Self.chime) }, error: b }\n  b: { play: { say: broken } }"
        #expect(try await FlowCalls.heard(yaml, .none, ["1"]) == ["play_wav_data", "broken"])
    }
}
