public import RealTimeAPI

/// Something to know about a file, and where.
public struct FileFinding: Sendable, Hashable, CustomStringConvertible {
    /// An error keeps the file from being used.
    public let severity: Finding.Severity
    /// The file, as it was named.
    public let file: String
    /// The line, from 1.
    public let line: Int
    /// The column, from 1, in Unicode scalars.
    public let column: Int
    /// What was found, what is allowed, and what may be meant.
    public let message: String

    /// As in `menu.yaml:12:9: error: there is no step "by"; did you mean "bye"?`.
    public var description: String {
        "\(file.harmless):\(line):\(column): \(severity.rawValue): \(message)"
    }
}

/// Why a file can't be used: all that was found in it.
public struct FileError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What was found, in the order of the file; at least one error, and warnings.
    public let findings: [FileFinding]

    /// What was found in a file.
    package init(findings: [FileFinding]) { self.findings = findings }

    /// An error that concerns the whole file.
    package init(_ path: String, _ message: String) {
        findings = [FileFinding(severity: .error, file: path, line: 1, column: 1, message: message)]
    }

    /// All of it, a line each.
    public var description: String { findings.map(\.description).joined(separator: "\n") }
}

/// What has been found in a file so far.
package struct FileFindings: Sendable {
    /// So many are kept; nobody reads more.
    private static let maximum = 200

    /// What findings call the file.
    package let file: String
    private var list: [FileFinding] = []

    /// Nothing yet.
    package init(file: String) { self.file = file }

    /// The findings in the order of the file.
    package var sorted: [FileFinding] { list.sorted { ($0.line, $0.column) < ($1.line, $1.column) } }
    /// Whether one of them is an error.
    package var containsError: Bool { list.contains { $0.severity == .error } }

    /// Adds a finding, unless it is there already.
    package mutating func add(_ severity: Finding.Severity, _ message: String, _ place: FilePlace?) {
        guard list.count < Self.maximum else { return }
        let place = place ?? .start
        let finding = FileFinding(
            severity: severity, file: file, line: place.line, column: place.column,
            message: message.harmless(atMost: 400))
        if !list.contains(finding) { list.append(finding) }
    }
}
