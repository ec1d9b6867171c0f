import RealTimeAPI

/// A detection parameter outside its range: the field, what was given, and what is allowed.
public struct DetectionError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The field, by its name on the wire, as in `min_ms`.
    public let field: String
    /// What was given, and what is allowed.
    public let reason: String

    /// The field and the reason, as in `min_ms 0: must lie in 1...60000`.
    public var description: String { "\(field) \(reason)" }
}

extension NumberParameter<Duration> {
    /// Checks that a duration is in range, and a whole number of units.
    ///
    /// - Throws: an error that names the parameter.
    func check(_ value: Duration) throws(DetectionError) {
        let wanted = "must be whole \(unit == .seconds ? "seconds" : "milliseconds") in \(range)"
        guard let count = exactCount(value) else {
            throw DetectionError(field: name, reason: "\(value): \(wanted)")
        }
        guard range.contains(count) else { throw DetectionError(field: name, reason: "\(count): \(wanted)") }
    }
}

extension NumberParameter<Int> {
    /// Checks that a number is in range.
    ///
    /// - Throws: an error that names the parameter.
    func check(_ value: Int) throws(DetectionError) {
        guard range.contains(value) else {
            throw DetectionError(field: name, reason: "\(value): must lie in \(range)")
        }
    }
}
