import TalkDetection

/// A parameter of `play_talk_detect`, as an axis that candidates lie along.
public enum Axis: String, Sendable, Hashable, CaseIterable {
    /// Talk has to be longer.
    case minimum = "min_ms"
    /// Talk has to be shorter.
    case maximum = "max_ms"
    /// The silence that has to follow.
    case silence = "silence_ms"
    /// The time in which all has to happen.
    case analysisTime = "analysistime_ms"

    /// The places along the axis.
    public var range: ClosedRange<Int> {
        switch self {
        case .minimum: Candidate.minimums
        case .maximum: Candidate.maximums
        case .silence: Candidate.silences
        case .analysisTime: Candidate.analysisTimes
        }
    }
}

extension Candidate {
    /// The place along an axis.
    public subscript(axis: Axis) -> Int {
        switch axis {
        case .minimum: minimum
        case .maximum: maximum
        case .silence: silence
        case .analysisTime: analysisTime
        }
    }

    /// The candidate at another place along an axis.
    package func with(_ axis: Axis, _ place: Int) -> Candidate {
        Candidate(
            silence: axis == .silence ? place : silence, minimum: axis == .minimum ? place : minimum,
            maximum: axis == .maximum ? place : maximum, analysisTime: axis == .analysisTime ? place : analysisTime)
    }

    /// The parameter of an axis in milliseconds.
    public func milliseconds(_ axis: Axis) -> Int {
        switch axis {
        case .minimum: parameters.minimum.milliseconds
        case .maximum: parameters.maximum!.milliseconds
        case .silence: parameters.silence.milliseconds
        case .analysisTime: parameters.analysisTime!.milliseconds
        }
    }
}
