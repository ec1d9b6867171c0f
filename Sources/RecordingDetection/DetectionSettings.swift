import RealTimeAPI
package import TalkDetection
import TelephonyAudio

/// What somebody asks a detection for: a command, and the settings that differ from its defaults.
package struct DetectionSettings: Sendable, Hashable {
    /// What to predict or find.
    package var command = DetectedCommand.playTalkDetect
    /// How to read the platform's rules; nil is as Asterisk runs them.
    package var rules: RuleSet?
    /// When packets come, for `wait_for_silence` by Asterisk's rules; nil is as on a live line.
    package var clock: PacketClock?
    /// What tells talk from silence; nil is what is usual for the command.
    package var classifier: Classifier?
    /// The settings that are numbers, in their units, as far as they are given.
    package var numbers: [DetectionSetting: Int] = [:]

    /// The defaults of `play_talk_detect`.
    package init() {}

    /// The settings that are given.
    package var given: [DetectionSetting] {
        DetectionSetting.allCases.filter { setting in
            switch setting {
            case .rules: rules != nil
            case .clock: clock != nil
            case .threshold: classifier != nil
            default: numbers[setting] != nil
            }
        }
    }

    /// What the settings ask for, with the defaults of the command filled in.
    ///
    /// - Throws: an error that names the setting that belongs to another command or is out of range.
    package var detection: Detection {
        get throws(DetectionSettingError) {
            for setting in given where !setting.commands.contains(command) {
                let names = setting.commands.map(\.rawValue).joined(separator: ", ")
                throw DetectionSettingError(setting.name, "belongs to \(names), not to \(command.rawValue)")
            }
            for setting in [DetectionSetting.frameLength, .media] {
                guard let number = numbers[setting], let range = setting.range(of: command), !range.contains(number)
                else { continue }
                throw DetectionSettingError(
                    setting.name, "\(number): must lie in \(range.lowerBound)...\(range.upperBound) ms")
            }
            let frameLength = numbers[.frameLength].map { 8 * $0 } ?? (rules ?? .asterisk).frameLength
            do throws(DetectionError) {
                var detection = Detection(
                    command: command, rules: rules ?? .asterisk, kind: try kind, classifier: usedClassifier,
                    frameLength: frameLength)
                detection.clock = clock ?? .live
                detection.showsUsualPause = numbers[.silence] == nil
                return detection
            } catch { throw DetectionSettingError(error.field, error.reason) }
        }
    }

    private var usedClassifier: Classifier {
        classifier
            ?? .threshold(MeanMagnitude(rawValue: DetectionSetting.threshold.usual(for: command)!)!)
    }

    private var kind: Detection.Kind {
        get throws(DetectionError) {
            switch command {
            case .playTalkDetect:
                let parameters = try TalkParameters(
                    minimum: PlayTalkDetect.minimum.value(numbers[.minimum]),
                    maximum: PlayTalkDetect.maximum.value(numbers[.maximum]),
                    silence: PlayTalkDetect.silence.value(numbers[.silence]),
                    analysisTime: PlayTalkDetect.analysisTime.value(numbers[.analysisTime]))
                return .talk(parameters, media: numbers[.media].map { .milliseconds($0) })
            case .waitForSilence:
                return .silence(
                    try SilenceParameters(
                        silence: WaitForSilence.silence.value(numbers[.silence]),
                        iterations: WaitForSilence.iterations.value(numbers[.iterations]),
                        timeout: WaitForSilence.timeout.value(numbers[.timeout])))
            case .record:
                return .recording(
                    try RecordingParameters(
                        silence: Record.silence.value(
                            numbers[.recordingSilence] ?? DetectionSetting.recordingSilence.usual(for: .record)),
                        maximumDuration: Record.maximumDuration.value(
                            numbers[.maximumDuration] ?? DetectionSetting.maximumDuration.usual(for: .record))))
            case .amd: return .answeringMachine
            case .dtmf: return .dtmf
            case .activity:
                return .activity(
                    try ActivityRule(
                        pause: ActivityRule.pause.value(numbers[.silence]),
                        minimum: ActivityRule.minimum.value(numbers[.minimum])))
            }
        }
    }
}

/// Why a detection can't be asked for so: which setting, and what is wrong with it.
package struct DetectionSettingError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The setting, by its name, as in `min_ms`.
    package let name: String
    /// What was given, and what is allowed.
    package let reason: String

    /// An error about a setting.
    package init(_ name: String, _ reason: String) {
        self.name = name
        self.reason = reason
    }

    /// The setting and the reason, as in `min_ms 0: must lie in 1...60000`.
    package var description: String { "\(name) \(reason)" }
}
