import Presentation
import TalkDetection

extension DetectionResult {
    /// Why the result is what it is, in one clause.
    package var explanation: String {
        switch detection.kind {
        case .talk(let parameters, let media): explanationOfTalk(parameters, media)
        case .silence(let parameters): explanationOfSilence(parameters)
        case .recording: explanationOfRecording
        case .answeringMachine: cause.map(Self.explanation(of:)) ?? "the audio ended before a decision"
        case .dtmf: talkspurts.isEmpty ? "no key was heard" : counted(talkspurts.count, "key")
        case .activity:
            qualifyingCount == 0
                ? "no talk" : "\((talk ?? .zero).inSeconds) of talk in \(counted(qualifyingCount, "talkspurt"))"
        }
    }

    private func explanationOfTalk(_ parameters: TalkParameters, _ media: Duration?) -> String {
        if let talk { return "\(talk.inMilliseconds) of talk, then silence" }
        if talkspurts.count == 1 { return "its one talkspurt does not qualify: \(talkspurts[0].reason)" }
        if !talkspurts.isEmpty { return "none of its \(talkspurts.count) talkspurts qualifies\(division(parameters))" }
        if let threshold = detection.threshold, let loudest, loudest < threshold.rawValue {
            return "nothing reaches the threshold \(threshold.rawValue): the loudest frame has \(loudest)"
        }
        if let media, media < min(duration, parameters.analysisTime ?? .seconds(1 << 20)) {
            return "no talk before the media ended (media_ms \(media.milliseconds))"
        }
        if let analysisTime = parameters.analysisTime, analysisTime < duration {
            return "no talk in the first \(analysisTime.inMilliseconds) (analysistime_ms)"
        }
        return "no talk"
    }

    /// That short pauses divide talkspurts that are too short, if they do.
    private func division(_ parameters: TalkParameters) -> String {
        let pauses = zip(talkspurts, talkspurts.dropFirst()).map { $1.start - $0.start - $0.length }
        guard let longest = talkspurts.map(\.length).max(), let shortest = pauses.min(), longest <= parameters.minimum,
            shortest < .milliseconds(300)
        else { return "" }
        return ": the longest lasts \(longest.inMilliseconds), and pauses as short as \(shortest.inMilliseconds) "
            + "divide them (silence_ms \(parameters.silence.milliseconds))"
    }

    private func explanationOfSilence(_ parameters: SilenceParameters) -> String {
        let silence = "silence of \(parameters.silence.inMilliseconds)"
        let wanted =
            parameters.iterations == 1 ? "a \(silence)" : "the last of \(parameters.iterations) times a \(silence)"
        if answer == .silence, detection.packetWarning(parameters) != nil {
            return "no packet comes for \(parameters.silence.inMilliseconds), which a live line takes for silence, "
                + "whatever is heard"
        }
        return switch answer {
        case .silence: "after \(wanted)"
        case .timeout: "the timeout, before \(wanted)"
        default: "the audio ended before \(wanted)"
        }
    }

    private var explanationOfRecording: String {
        let ending =
            switch answer {
            case .silence: "ended by silence"
            case .timeout: "ended by max_duration"
            default: "the audio ended first"
            }
        return "\(ending); \((kept ?? .zero).inSeconds) would be kept"
    }

    private static func explanation(of cause: AnsweringMachineRule.Cause) -> String {
        switch cause {
        case .initialSilence(let silence, let limit):
            "\(silence.inMilliseconds) of silence before a word (initial_silence \(limit.milliseconds))"
        case .human(let silence, let limit):
            "\(silence.inMilliseconds) of silence after the greeting (after_greeting_silence \(limit.milliseconds))"
        case .maximumWordLength(let length): "a word of \(length.inMilliseconds) (maximum_word_length)"
        case .maximumNumberOfWords(let count, let limit): "\(count) words (maximum_number_of_words \(limit))"
        case .longGreeting(let talk, let limit):
            "\(talk.inMilliseconds) of talk in the greeting (greeting \(limit.milliseconds))"
        case .tooLong(let time): "no decision in \(time.inMilliseconds) (total_analysis_time)"
        }
    }
}
