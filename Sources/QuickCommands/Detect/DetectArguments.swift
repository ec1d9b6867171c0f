import CommandArguments
import RecordingDetection
import TalkDetection

/// The options that say what is detected, and by which rules.
struct DetectArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "What to predict: play_talk_detect, wait_for_silence or record; amd, Asterisk's answering machine detection; or what to find: dtmf, keys pressed; activity, where there is talk.",
            valueName: "command"))
    var command = DetectedCommand.playTalkDetect

    @Option(
        help: ArgumentHelp(DetectionSetting.rules.help, valueName: "rules"))
    var rules: RuleSet?

    @Option(
        help: ArgumentHelp(DetectionSetting.clock.help, valueName: "clock"))
    var clock: PacketClock?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(DetectionSetting.threshold.help, valueName: "threshold"),
        transform: parseThreshold)
    var threshold: Classifier?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(DetectionSetting.frameLength.help, valueName: "ms"))
    var frameMs: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(DetectionSetting.media.help, valueName: "ms"))
    var mediaMs: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(DetectionSetting.minimum.help, valueName: "ms"))
    var minMs: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(DetectionSetting.maximum.help, valueName: "ms"))
    var maxMs: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "\(DetectionSetting.silence.help) Several, as in 300,500 or 200...800:100, are compared.", valueName: "ms"),
        transform: NumberList.init)
    var silenceMs: NumberList?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(DetectionSetting.analysisTime.help, valueName: "ms"))
    var analysistimeMs: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(DetectionSetting.iterations.help, valueName: "n"))
    var iterations: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(DetectionSetting.timeout.help, valueName: "s"))
    var timeout: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(DetectionSetting.recordingSilence.help, valueName: "s"))
    var silence: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(DetectionSetting.maximumDuration.help, valueName: "s"))
    var maxDuration: Int?

    func validate() throws {
        do { _ = try detections } catch let error as DetectionSettingError {
            throw ValidationError("\(error.option) \(error.reason)")
        }
    }

    /// What the options ask for: settings for each `silence_ms`.
    private var settings: [DetectionSettings] {
        var settings = DetectionSettings()
        settings.command = command
        settings.rules = rules
        settings.clock = clock
        settings.classifier = threshold
        let numbers: [DetectionSetting: Int?] = [
            .frameLength: frameMs, .media: mediaMs, .minimum: minMs, .maximum: maxMs, .analysisTime: analysistimeMs,
            .iterations: iterations, .timeout: timeout, .recordingSilence: silence, .maximumDuration: maxDuration,
        ]
        settings.numbers = numbers.compactMapValues(\.self)
        guard let silenceMs else { return [settings] }
        return silenceMs.numbers.map { silence in
            var settings = settings
            settings.numbers[.silence] = silence
            return settings
        }
    }

    /// The same with the defaults of the command filled in: one detection for each `silence_ms`.
    var detections: [Detection] {
        get throws {
            try settings.map { try $0.detection }
        }
    }
}

private func parseThreshold(_ text: String) throws -> Classifier {
    do throws(DetectionSettingError) { return try Classifier(text: text) } catch {
        throw ValidationError(error.reason)
    }
}
