package import RealTimeAPI
package import TalkDetection

/// A setting of a detection: its name, what it is for, its range and default, and which commands it belongs to.
///
/// Options, error texts and pages take what they need from here; those of the API's commands take theirs from RealTimeAPI.
package enum DetectionSetting: String, Sendable, Hashable, CaseIterable {
    case rules
    case clock
    case threshold
    case frameLength = "frame_ms"
    case media = "media_ms"
    case minimum = "min_ms"
    case maximum = "max_ms"
    case silence = "silence_ms"
    case analysisTime = "analysistime_ms"
    case iterations
    case timeout
    case recordingSilence = "silence"
    case maximumDuration = "max_duration"

    /// The name, as it stands in JSON and, where the API has the parameter, on the wire.
    package var name: String { rawValue }

    /// The commands that it belongs to.
    package var commands: [DetectedCommand] {
        switch self {
        case .rules: [.playTalkDetect, .waitForSilence, .record]
        case .clock: [.waitForSilence]
        case .threshold, .frameLength: DetectedCommand.allCases.filter { $0 != .dtmf }
        case .minimum: [.playTalkDetect, .activity]
        case .silence: [.playTalkDetect, .waitForSilence, .activity]
        case .media, .maximum, .analysisTime: [.playTalkDetect]
        case .iterations, .timeout: [.waitForSilence]
        case .recordingSilence, .maximumDuration: [.record]
        }
    }
}

// MARK: - Numbers

extension DetectionSetting {
    /// What is counted; nil of a setting that is no number.
    package var unit: NumberUnit? {
        switch self {
        case .rules, .clock: nil
        case .threshold, .iterations: .things
        case .frameLength, .media, .minimum, .maximum, .silence, .analysisTime: .milliseconds
        case .timeout, .recordingSilence, .maximumDuration: .seconds
        }
    }

    /// The numbers that a command takes; nil of a setting that is no number.
    package func range(of command: DetectedCommand) -> ClosedRange<Int>? {
        switch self {
        case .rules, .clock: nil
        case .threshold: 0...32768
        case .frameLength: 1...1000
        case .media: 0...86_400_000
        case .minimum: command == .activity ? ActivityRule.minimum.range : PlayTalkDetect.minimum.range
        case .maximum: PlayTalkDetect.maximum.range
        case .silence:
            switch command {
            case .activity: ActivityRule.pause.range
            case .waitForSilence: WaitForSilence.silence.range
            default: PlayTalkDetect.silence.range
            }
        case .analysisTime: PlayTalkDetect.analysisTime.range
        case .iterations: WaitForSilence.iterations.range
        case .timeout: WaitForSilence.timeout.range
        case .recordingSilence: Record.silence.range
        case .maximumDuration: Record.maximumDuration.range
        }
    }

    /// The number that a command has where none is given; nil where there is none, or it depends on the recording.
    ///
    /// - Parameter rules: those that are followed, on which the length of a frame depends.
    package func usual(for command: DetectedCommand, rules: RuleSet = .asterisk) -> Int? {
        switch self {
        case .rules, .clock, .media: nil
        case .threshold: [.playTalkDetect, .activity].contains(command) ? 512 : 256
        case .frameLength: rules.frameLength / 8
        case .minimum: command == .activity ? ActivityRule.minimum.defaultNumber : PlayTalkDetect.minimum.defaultNumber
        case .maximum: PlayTalkDetect.maximum.defaultNumber
        case .silence:
            switch command {
            case .activity: ActivityRule.pause.defaultNumber
            case .waitForSilence: WaitForSilence.silence.defaultNumber
            default: PlayTalkDetect.silence.defaultNumber
            }
        case .analysisTime: PlayTalkDetect.analysisTime.defaultNumber
        case .iterations: WaitForSilence.iterations.defaultNumber
        case .timeout: WaitForSilence.timeout.defaultNumber
        // By the command's own defaults, which are 0, no recording ends.
        case .recordingSilence: 3
        case .maximumDuration: 60
        }
    }
}

// MARK: - Words

extension DetectionSetting {
    /// What people call it.
    package var title: String {
        switch self {
        case .rules: "Rules"
        case .clock: "Packets arrive"
        case .threshold: "Threshold"
        case .frameLength: "Frame"
        case .media: "Media plays"
        case .minimum: "Talk longer than"
        case .maximum: "Talk shorter than"
        case .silence: "Silence after it"
        case .analysisTime: "Analysis time"
        case .iterations: "Silences"
        case .timeout: "Timeout"
        case .recordingSilence: "Silence that ends it"
        case .maximumDuration: "Longest recording"
        }
    }

    /// What can be chosen, and what that means, the default first; empty for a setting that is a number.
    package var choices: KeyValuePairs<String, String> {
        switch self {
        case .rules:
            [
                RuleSet.asterisk.rawValue: "as Asterisk runs them",
                RuleSet.documented.rawValue: "as the documentation words them",
            ]
        case .clock:
            [
                PacketClock.live.rawValue: "each when its audio is over, as on a line",
                PacketClock.audio.rawValue: "as if all were there already",
            ]
        default: [:]
        }
    }

    /// What it does, with units, ranges and defaults, in a sentence.
    package var help: String {
        switch self {
        case .rules:
            "How to read the platform's rules: as Asterisk runs them, or as the page words them (default: asterisk). play_talk_detect, wait_for_silence, record."
        case .clock:
            "When packets arrive: live, each when its audio is over, as on a line, or audio, as if all were there already, so that the audio alone decides (default: live). wait_for_silence by asterisk rules."
        case .threshold:
            "What is silent: below a mean magnitude in 0...32768, or a level, as in -36dBov; or adaptive: where there is no talk, whatever the noise (default: 512 for play_talk_detect and activity, otherwise 256, as in Asterisk)."
        case .frameLength:
            "The length of a frame, in milliseconds, 1...1000 (default: 20; 5 for documented rules)."
        case .media:
            "How long the media plays, in milliseconds (default: as long as the recording). play_talk_detect only."
        case .minimum:
            "Talk has to be longer, \(PlayTalkDetect.minimum.bounds) (default: \(PlayTalkDetect.minimum.usual)). play_talk_detect; activity: at least as long, \(ActivityRule.minimum.range) (default: \(ActivityRule.minimum.usual))."
        case .maximum:
            "Talk has to be shorter, \(PlayTalkDetect.maximum.bounds) (default: \(PlayTalkDetect.maximum.usual)). play_talk_detect."
        case .silence:
            "The silence that has to follow, \(PlayTalkDetect.silence.bounds) (default: \(PlayTalkDetect.silence.usual) for play_talk_detect, \(WaitForSilence.silence.usual) for wait_for_silence, \(ActivityRule.pause.usual) for activity)."
        case .analysisTime:
            "The time in which all has to happen, \(PlayTalkDetect.analysisTime.bounds) (default: \(PlayTalkDetect.analysisTime.usual)). play_talk_detect."
        case .iterations:
            "How many silences there have to be, \(WaitForSilence.iterations.bounds) (default: \(WaitForSilence.iterations.usual)). wait_for_silence."
        case .timeout:
            "When to give up, \(WaitForSilence.timeout.bounds); 0 is never (default: \(WaitForSilence.timeout.usual)). wait_for_silence."
        case .recordingSilence:
            "The silence that ends a recording, \(Record.silence.bounds); 0 is none (default: \(usual(for: .record)!)). record."
        case .maximumDuration:
            "The longest recording, \(Record.maximumDuration.bounds); 0 is no limit (default: \(usual(for: .record)!)). record."
        }
    }
}
