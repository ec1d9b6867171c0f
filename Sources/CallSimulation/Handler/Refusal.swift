public import RealTimeAPI

/// What the platform does not accept from a handler, and why it ends the call.
public struct Refusal: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong with the answer.
    public enum Kind: String, Sendable, Hashable, Encodable, CaseIterable {
        /// Nobody listens there, or the connection broke.
        case unreachable
        /// The answer did not come within five seconds.
        case late
        /// It is not HTTP, or too long.
        case malformed
        /// Its status is not 200.
        case status
        /// It is not `application/json`.
        case contentType = "content_type"
        /// Its body is empty.
        case empty
        /// It is not a response of the protocol: no JSON, an unknown command, a value out of range.
        case response
        /// It ends the call in no way: the most commands that a call may have were executed.
        case endless
    }

    /// What is wrong.
    public let kind: Kind
    /// One sentence that says what the platform wants; what the handler sent is harmless in it.
    public let reason: String
    /// What is wrong inside the response; empty unless the kind is `response`.
    public let findings: [Finding]

    init(_ kind: Kind, _ reason: String, findings: [Finding] = []) {
        self.kind = kind
        self.reason = reason.harmless
        self.findings = findings
    }

    /// For people: the reason, and the findings after it, a line each.
    public var description: String { lines.joined(separator: "\n  ") }

    /// The same in one line.
    var line: String { lines.joined(separator: "; ") }

    /// The reason, and the findings.
    var lines: [String] { [reason] + findings.map { "\($0.severity.rawValue): \($0)".harmless } }
}
