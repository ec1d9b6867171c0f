import CommandArguments
import RealTimeAPI
import TalkDetection
import TelephonyAudio

/// The options that say what is detected, and by which rules.
struct DetectArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "What to predict: play_talk_detect, wait_for_silence or record; amd, Asterisk's answering machine detection; or what to find: dtmf, keys pressed; activity, where there is talk.",
            valueName: "command"))
    var command = DetectedCommand.playTalkDetect

    @Option(
        help: ArgumentHelp(
            "How to read the platform's rules: as Asterisk runs them, or as the page words them (default: asterisk). play_talk_detect, wait_for_silence, record.",
            valueName: "rules"))
    var rules: RuleSet?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "What is silent: below a mean magnitude in 0...32768, or a level, as in -36dBov; or adaptive: where there is no talk, whatever the noise (default: 512 for play_talk_detect and activity, otherwise 256, as in Asterisk).",
            valueName: "threshold"),
        transform: parseThreshold)
    var threshold: Classifier?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "The length of a frame, in milliseconds, 1...1000 (default: 20; 5 for documented rules).", valueName: "ms"))
    var frameMs: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "How long the media plays, in milliseconds (default: as long as the recording). play_talk_detect only.",
            valueName: "ms"))
    var mediaMs: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Talk has to be longer, \(PlayTalkDetect.minimum.bounds) (default: \(PlayTalkDetect.minimum.usual)). play_talk_detect; activity: at least as long, \(ActivityRule.minimum.range) (default: \(ActivityRule.minimum.usual)).",
            valueName: "ms"))
    var minMs: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Talk has to be shorter, \(PlayTalkDetect.maximum.bounds) (default: \(PlayTalkDetect.maximum.usual)). play_talk_detect.",
            valueName: "ms"))
    var maxMs: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "The silence that has to follow, \(PlayTalkDetect.silence.bounds) (default: \(PlayTalkDetect.silence.usual) for play_talk_detect, \(WaitForSilence.silence.usual) for wait_for_silence, \(ActivityRule.pause.usual) for activity).",
            valueName: "ms"))
    var silenceMs: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "The time in which all has to happen, \(PlayTalkDetect.analysisTime.bounds) (default: \(PlayTalkDetect.analysisTime.usual)). play_talk_detect.",
            valueName: "ms"))
    var analysistimeMs: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "How many silences there have to be, \(WaitForSilence.iterations.bounds) (default: \(WaitForSilence.iterations.usual)). wait_for_silence.",
            valueName: "n"))
    var iterations: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "When to give up, \(WaitForSilence.timeout.bounds); 0 is never (default: \(WaitForSilence.timeout.usual)). wait_for_silence.",
            valueName: "s"))
    var timeout: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "The silence that ends a recording, \(Record.silence.bounds); 0 is none (default: \(DetectArguments.usualSilence)). record.",
            valueName: "s"))
    var silence: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "The longest recording, \(Record.maximumDuration.bounds); 0 is no limit (default: \(DetectArguments.usualMaxDuration)). record.",
            valueName: "s"))
    var maxDuration: Int?

    /// What `record` is detected with: by the command's own defaults, which are 0, no recording ends.
    private static let usualSilence = 3
    private static let usualMaxDuration = 60

    func validate() throws {
        for (option, isGiven, commands) in optionsOfCommands where isGiven && !commands.contains(command) {
            let names = commands.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("\(option) belongs to \(names), not to \(command.rawValue)")
        }
        if let frameMs, !(1...1000).contains(frameMs) {
            throw ValidationError("--frame-ms \(frameMs): must lie in 1...1000 ms")
        }
        if let mediaMs, !(0...86_400_000).contains(mediaMs) {
            throw ValidationError("--media-ms \(mediaMs): must lie in 0...86400000 ms")
        }
        do { _ = try detection } catch let error as DetectionError {
            throw ValidationError("--\(error.field.replacing("_", with: "-")) \(error.reason)")
        }
    }

    private var optionsOfCommands: [(String, Bool, [DetectedCommand])] {
        let heard = DetectedCommand.allCases.filter { $0 != .dtmf }
        return [
            ("--rules", rules != nil, [.playTalkDetect, .waitForSilence, .record]),
            ("--threshold", threshold != nil, heard), ("--frame-ms", frameMs != nil, heard),
            ("--media-ms", mediaMs != nil, [.playTalkDetect]),
            ("--min-ms", minMs != nil, [.playTalkDetect, .activity]),
            ("--max-ms", maxMs != nil, [.playTalkDetect]),
            ("--silence-ms", silenceMs != nil, [.playTalkDetect, .waitForSilence, .activity]),
            ("--analysistime-ms", analysistimeMs != nil, [.playTalkDetect]),
            ("--iterations", iterations != nil, [.waitForSilence]), ("--timeout", timeout != nil, [.waitForSilence]),
            ("--silence", silence != nil, [.record]), ("--max-duration", maxDuration != nil, [.record]),
        ]
    }

    /// What makes it hopeless to wait for talk, if something does.
    var warning: String? {
        guard command == .playTalkDetect else { return nil }
        let minimum = PlayTalkDetect.minimum.value(minMs).milliseconds
        let maximum = PlayTalkDetect.maximum.value(maxMs).milliseconds
        if minimum + 1 >= maximum { return "no talk is longer than \(minimum) ms and shorter than \(maximum) ms" }
        if let analysistimeMs, analysistimeMs <= minimum {
            return "talk longer than \(minimum) ms does not fit into an analysis time of \(analysistimeMs) ms"
        }
        return nil
    }

    /// What the options ask for, with the defaults of the command filled in.
    var detection: Detection {
        get throws {
            Detection(
                command: command, rules: rules ?? .asterisk, kind: try kind, classifier: classifier,
                frameLength: frameMs.map { 8 * $0 } ?? (rules ?? .asterisk).frameLength)
        }
    }

    private var classifier: Classifier {
        threshold ?? ([.playTalkDetect, .activity].contains(command) ? .backgroundDetect : .asteriskSilence)
    }

    private var kind: Detection.Kind {
        get throws {
            switch command {
            case .playTalkDetect:
                let parameters = try TalkParameters(
                    minimum: PlayTalkDetect.minimum.value(minMs), maximum: PlayTalkDetect.maximum.value(maxMs),
                    silence: PlayTalkDetect.silence.value(silenceMs),
                    analysisTime: PlayTalkDetect.analysisTime.value(analysistimeMs))
                return .talk(parameters, media: mediaMs.map { .milliseconds($0) })
            case .waitForSilence:
                return .silence(
                    try SilenceParameters(
                        silence: WaitForSilence.silence.value(silenceMs),
                        iterations: WaitForSilence.iterations.value(iterations),
                        timeout: WaitForSilence.timeout.value(timeout)))
            case .record:
                return .recording(
                    try RecordingParameters(
                        silence: Record.silence.value(silence ?? Self.usualSilence),
                        maximumDuration: Record.maximumDuration.value(maxDuration ?? Self.usualMaxDuration)))
            case .amd: return .answeringMachine
            case .dtmf: return .dtmf
            case .activity:
                return .activity(
                    try ActivityRule(
                        pause: ActivityRule.pause.value(silenceMs), minimum: ActivityRule.minimum.value(minMs)))
            }
        }
    }
}

private func parseThreshold(_ text: String) throws -> Classifier {
    if text.lowercased() == "adaptive" { return .adaptive }
    if let number = Int(text), let magnitude = MeanMagnitude(rawValue: number) { return .threshold(magnitude) }
    if text.lowercased().hasSuffix("dbov"), let dBov = Double(text.dropLast(4)), (-100...0).contains(dBov),
        let magnitude = MeanMagnitude(Level(dBov: dBov))
    {
        return .threshold(magnitude)
    }
    if let number = Double(text), (-100..<0).contains(number) {
        throw ValidationError("is below every mean magnitude; a level of \(text) dBov is written \(text)dBov")
    }
    throw ValidationError("must be a mean magnitude in 0...32768, a level in -100...0 dBov, as in -36dBov, or adaptive")
}
