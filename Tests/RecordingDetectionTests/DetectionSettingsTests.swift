import RealTimeAPI
import RecordingDetection
import TalkDetection
import Testing

/// Settings as pages and options give them.
@Suite struct DetectionSettingsTests {
    private func settings(_ text: String) throws -> DetectionSettings { try DetectionSettings(JSONText(text).value) }

    private func failure(_ text: String) -> String? {
        do {
            _ = try settings(text).detection
            return nil
        } catch { return "\(error)" }
    }

    @Test("what is missing or null has its default")
    func defaults() throws {
        #expect(try settings("{}") == DetectionSettings())
        #expect(try settings(#"{"command":null,"min_ms":null}"#) == DetectionSettings())
        #expect(try settings("{}").detection.parameters.hasPrefix("play_talk_detect: min_ms 500, max_ms 60000"))
        #expect(try settings(#"{"command":"record"}"#).detection.parameters == "record: silence 3, max_duration 60")
    }

    @Test("what is given is taken, and given again")
    func given() throws {
        let text =
            #"{"command":"play_talk_detect","rules":"documented","threshold":700,"frame_ms":10,"min_ms":200,"max_ms":900}"#
        #expect(try JSONText(encoding: settings(text).json).text == text)
        #expect(try settings(#"{"threshold":"-36dBov"}"#).classifier == settings(#"{"threshold":520}"#).classifier)
        #expect(try settings(#"{"threshold":"adaptive"}"#).classifier == .adaptive)
    }

    @Test(
        "what is wrong is told by the setting's name",
        arguments: [
            (#"{"min_ms":0}"#, "min_ms 0: must be whole milliseconds in 1...60000"),
            (#"{"min_ms":1.5}"#, "min_ms must be a whole number"),
            (#"{"min_ms":1e99}"#, "min_ms must be a whole number"),
            (#"{"min_ms":99999999999999999999}"#, "min_ms must be a whole number"),
            (#"{"min_ms":"500"}"#, "min_ms must be a whole number"),
            (#"{"frame_ms":1001}"#, "frame_ms 1001: must lie in 1...1000 ms"),
            (#"{"media_ms":-1}"#, "media_ms -1: must lie in 0...86400000 ms"),
            (#"{"iterations":2}"#, "iterations belongs to wait_for_silence, not to play_talk_detect"),
            (#"{"command":"dtmf","threshold":512}"#, nil),
            (#"{"command":"dial"}"#, nil), (#"{"rules":1}"#, "rules must be one of asterisk, documented"),
            (#"{"threshold":true}"#, "threshold must be a number or a text"),
            (#"{"threshold":40000}"#, nil), (#"{"loudness":1}"#, "loudness is no setting"),
            ("[]", "settings must be an object"),
        ] as [(String, String?)])
    func errors(text: String, expected: String?) {
        let message = failure(text)
        #expect(message != nil)
        if let expected { #expect(message == expected) }
    }

    @Test("each setting belongs to a command, and its default is in its range")
    func ranges() {
        for setting in DetectionSetting.allCases {
            #expect(!setting.commands.isEmpty && !setting.help.isEmpty && !setting.title.isEmpty)
            for command in setting.commands {
                guard let usual = setting.usual(for: command) else { continue }
                #expect(setting.range(of: command)?.contains(usual) == true, "\(setting.name) of \(command.rawValue)")
            }
        }
    }

    @Test("what can never be talk is told")
    func warnings() throws {
        func warnings(_ text: String) throws -> [String] { try settings(text).detection.warnings.map(\.description) }
        #expect(try warnings(#"{"min_ms":500,"max_ms":501}"#).first?.hasPrefix("no talk is longer than") == true)
        #expect(try warnings(#"{"min_ms":500,"analysistime_ms":400}"#).first?.contains("does not fit") == true)
        #expect(try warnings(#"{"media_ms":1300}"#).first?.contains("1300 ms") == true)
        #expect(try warnings("{}").isEmpty)
    }

    @Test("packets, which a live line waits for, are looked at on the clock that is asked for")
    func clock() throws {
        var settings = DetectionSettings()
        settings.command = .waitForSilence
        settings.numbers[.silence] = 20
        #expect(try settings.detection.warnings.first?.description.contains("packet") == true)
        settings.clock = .audio
        #expect(try settings.detection.warnings.isEmpty)
        settings.command = .record
        settings.numbers = [:]
        #expect(throws: DetectionSettingError("clock", "belongs to wait_for_silence, not to record")) {
            try settings.detection
        }
    }
}
