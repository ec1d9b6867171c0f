/// A detection parameter outside its range: the field, what was given, and what is allowed.
public struct DetectionError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The field, by its name on the wire, as in `min_ms`.
    public let field: String
    /// What was given, and what is allowed.
    public let reason: String

    /// The field and the reason, as in `min_ms 0: must lie in 1...60000`.
    public var description: String { "\(field) \(reason)" }
}

extension Duration {
    /// Whole milliseconds within a range.
    ///
    /// - Throws: an error that names the field, if the duration is outside the range or no whole number of them.
    func milliseconds(_ field: String, in range: ClosedRange<Int>) throws(DetectionError) -> Int {
        let (seconds, attoseconds) = components
        let isWhole = attoseconds % 1_000_000_000_000_000 == 0
        guard isWhole, seconds.magnitude < 1 << 32 else {
            throw DetectionError(field: field, reason: "\(self): must be whole milliseconds in \(range)")
        }
        let milliseconds = Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
        guard range.contains(milliseconds) else {
            throw DetectionError(field: field, reason: "\(milliseconds): must lie in \(range)")
        }
        return milliseconds
    }

    /// Whole seconds within a range.
    ///
    /// - Throws: an error that names the field, if the duration is outside the range or no whole number of them.
    func seconds(_ field: String, in range: ClosedRange<Int>) throws(DetectionError) -> Int {
        let seconds = Int(components.seconds)
        guard components.attoseconds == 0, range.contains(seconds) else {
            let value = components.attoseconds == 0 ? "\(seconds)" : "\(self)"
            throw DetectionError(field: field, reason: "\(value): must be whole seconds in \(range)")
        }
        return seconds
    }

    /// The time that so many samples take at 8000 Hz.
    init(samples: Int) {
        self = .microseconds(samples * 125)
    }

    /// The samples that this time takes at 8000 Hz, of a time that is not negative.
    func samples(_ rule: FloatingPointRoundingRule) -> Int {
        let period = 125_000_000_000_000.0
        return Int(components.seconds) * 8000 + Int((Double(components.attoseconds) / period).rounded(rule))
    }
}
