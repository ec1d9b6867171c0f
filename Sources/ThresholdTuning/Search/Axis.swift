import TalkDetection

/// A parameter of `play_talk_detect`, as an axis that candidates lie along.
public enum Axis: String, Sendable, Hashable, CaseIterable {
    case shortest = "min_ms"
    case longest = "max_ms"
    case pause = "silence_ms"
    case deadline = "analysistime_ms"

    /// The places along the axis.
    public var range: ClosedRange<Int> {
        switch self {
        case .shortest: Candidate.shortests
        case .longest: Candidate.longests
        case .pause: Candidate.pauses
        case .deadline: Candidate.deadlines
        }
    }
}

extension Candidate {
    /// The place along an axis.
    public subscript(axis: Axis) -> Int {
        switch axis {
        case .shortest: shortest
        case .longest: longest
        case .pause: pause
        case .deadline: deadline
        }
    }

    /// The candidate at another place along an axis.
    func with(_ axis: Axis, _ place: Int) -> Candidate {
        Candidate(
            pause: axis == .pause ? place : pause, shortest: axis == .shortest ? place : shortest,
            longest: axis == .longest ? place : longest, deadline: axis == .deadline ? place : deadline)
    }

    /// The parameter of an axis in milliseconds.
    public func milliseconds(_ axis: Axis) -> Int {
        switch axis {
        case .shortest: parameters.minimum.milliseconds
        case .longest: parameters.maximum!.milliseconds
        case .pause: parameters.silence.milliseconds
        case .deadline: parameters.analysisTime!.milliseconds
        }
    }
}
