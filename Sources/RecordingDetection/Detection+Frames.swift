import Presentation
import RealTimeAPI
import TalkDetection
import TelephonyAudio

extension Detection {
    /// What frames are measured for; nil of keys, which are told by their tones.
    package var trackKind: TrackKind? {
        command == .dtmf ? nil : TrackKind(isAdaptive: classifier == .adaptive, frameLength: frameLength)
    }

    /// A way to cut a recording into frames.
    package struct TrackKind: Sendable, Hashable {
        /// Whether the adaptive classifier tells which are silent.
        package let isAdaptive: Bool
        /// Samples in a frame.
        package let frameLength: Int

        /// Frames of a length.
        package init(isAdaptive: Bool, frameLength: Int) {
            self.isAdaptive = isAdaptive
            self.frameLength = frameLength
        }
    }

    /// Detects in frames that were measured before: just as ``run(_:options:)`` does in the recording they were measured in.
    ///
    /// - Parameters:
    ///   - track: of ``trackKind``.
    ///   - result: knows the recording, and is filled in.
    /// - Complexity: O(*n*) for *n* frames, some nanoseconds each.
    package func run(_ track: FrameTrack, into result: inout DetectionResult) {
        switch kind {
        case .talk(let parameters, let media):
            run(track, TalkRule(parameters, rules: rules, media: media), into: &result)
        case .silence(let parameters): run(track, SilenceRule(parameters, rules: rules, clock: clock), into: &result)
        case .recording(let parameters):
            result.kept = run(track, RecordingRule(parameters, rules: rules), into: &result).kept
        case .answeringMachine:
            result.cause = run(track, AnsweringMachineRule(AnsweringMachineParameters()), into: &result).cause
        case .activity(let rule): run(track, rule, into: &result)
        case .dtmf: preconditionFailure("keys are told by their tones, not by frames")
        }
    }

    @discardableResult
    private func run<Rule: DetectionRule>(
        _ track: FrameTrack, _ start: Rule, into result: inout DetectionResult
    ) -> Rule {
        let silences = track.silences(classifier)
        let (rule, talkspurts) = run(track, silences, start)
        result.talkspurts = talkspurts.map { DetectionResult.Item($0) }
        result.loudest = track.loudest
        let verdict = rule.verdict!
        (result.answer, result.decided, result.talk) = (verdict.result, verdict.instant, verdict.talk)
        result.withUsualPause = usualPauseRule.flatMap { run(track, silences, $0).rule.verdict }
        return rule
    }

    private func run<Rule: DetectionRule>(
        _ track: FrameTrack, _ silences: [Bool], _ start: Rule
    ) -> (rule: Rule, talkspurts: [Talkspurt]) {
        var rule = start
        var talkspurts: [Talkspurt] = []
        let wholeCount = track.restLength > 0 ? silences.count - 1 : silences.count
        rule.add(silences.span.extracting(first: wholeCount), sampleCount: track.frameLength) { talkspurts.append($0) }
        if wholeCount < silences.count, rule.verdict == nil,
            let talkspurt = rule.add(isSilent: silences[wholeCount], sampleCount: track.restLength)
        {
            talkspurts.append(talkspurt)
        }
        if let talkspurt = rule.finish() { talkspurts.append(talkspurt) }
        return (rule, talkspurts)
    }

    /// The keys that are pressed in samples.
    package static func keys(in samples: Span<Int16>) -> [DetectionResult.Item] {
        var detector = DTMFDetector()
        var keys: [DetectionResult.Item] = []
        detector.add(samples) { keys.append(.init($0)) }
        detector.finish { keys.append(.init($0)) }
        return keys
    }
}
