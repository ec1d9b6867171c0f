/// Something to know about a markup, and where it stands; thrown, it is why the markup is not taken.
package struct MarkupFinding: Error, Sendable, Hashable, CustomStringConvertible {
    /// The line, from 1.
    package let line: Int
    /// The column, from 1, in Unicode scalars.
    package let column: Int
    /// What was found, and what to do about it.
    package let message: String

    /// As in `line 1, column 8: <p> is never closed; end it with </p>`.
    package var description: String { "line \(line), column \(column): \(message)" }
}

extension MarkupFinding {
    /// The same place, with a message.
    package func with(_ message: String) -> MarkupFinding {
        MarkupFinding(line: line, column: column, message: message)
    }
}
