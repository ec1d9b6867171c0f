import Presentation
import TalkDetection

extension DetectionResult {
    /// Why the result is what it is, in one clause.
    var explanation: String {
        switch detection.kind {
        case .talk(let parameters, let media): explanationOfTalk(parameters, media)
        case .silence(let parameters): explanationOfSilence(parameters)
        case .recording: explanationOfRecording
        case .answeringMachine: cause.map(Self.explanation(ofCause:)) ?? "the audio ended before a decision"
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
        if let threshold = detection.threshold, let loudest = picture.levels.max(), loudest < threshold.rawValue {
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

    /// What Asterisk's AMDCAUSE, as in `HUMAN-820-800`, means.
    private static func explanation(ofCause cause: String) -> String {
        let parts = cause.split(separator: "-")
        let (found, limit) = (parts.dropFirst().first ?? "", parts.last ?? "")
        return switch parts.first {
        case "INITIALSILENCE": "\(found) ms of silence before a word (initial_silence \(limit))"
        case "HUMAN": "\(found) ms of silence after the greeting (after_greeting_silence \(limit))"
        case "MAXWORDLENGTH": "a word of \(found) ms (maximum_word_length)"
        case "MAXWORDS": "\(found) words (maximum_number_of_words \(limit))"
        case "LONGGREETING": "\(found) ms of talk in the greeting (greeting \(limit))"
        case "TOOLONG": "no decision in \(found) ms (total_analysis_time)"
        default: cause
        }
    }
}
