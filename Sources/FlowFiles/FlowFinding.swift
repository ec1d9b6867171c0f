public import RealTimeProtocol

/// Something to know about a flow file, and where.
public struct FlowFinding: Sendable, Hashable, CustomStringConvertible {
    /// An error keeps the flow from being served.
    public let severity: Finding.Severity
    /// The file, as it was named.
    public let file: String
    /// The line, from 1.
    public let line: Int
    /// The column, from 1, in Unicode scalars.
    public let column: Int
    /// What was found, what is allowed, and what may be meant.
    public let message: String

    /// As in `menu.yaml:12:9: error: no step is called "by"; did you mean "bye"?`.
    public var description: String { "\(file):\(line):\(column): \(severity.rawValue): \(message)" }
}

/// Why a flow file can't be served: all that was found in it.
public struct FlowFileError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What was found, in the order of the file; at least one error, and warnings.
    public let findings: [FlowFinding]

    /// All of it, a line each.
    public var description: String { findings.map(\.description).joined(separator: "\n") }
}
