public import TelephonyAudio

/// What a text is to look like: the whole of it, parts of it, or a regular expression.
///
/// `Good bye.` is the whole text; in `Sorry, ... too young.` the three dots stand for any text, also none; `/[0-9]+ calls/` is
/// a regular expression that is found anywhere in it.
public struct TextPattern: Sendable, Hashable, CustomStringConvertible {
    /// As it was written.
    public let description: String
    /// What is between the dots; nil for a regular expression.
    private let parts: [String]?

    /// A pattern.
    ///
    /// - Throws: a ``SimulationError`` if a regular expression is none.
    public init(_ text: String) throws(SimulationError) {
        description = text
        guard text.utf8.count > 2, text.hasPrefix("/"), text.hasSuffix("/") else {
            parts = text.split(separator: "...", omittingEmptySubsequences: false).map(String.init)
            return
        }
        parts = nil
        if Self.expression(text) == nil {
            throw SimulationError(.pattern, text, "is no regular expression; write it without slashes if it is text")
        }
    }

    /// The whole of a text.
    public init(whole text: String) {
        description = text
        parts = [text]
    }

    private static func expression(_ text: String) -> Regex<AnyRegexOutput>? {
        try? Regex(String(text.dropFirst().dropLast()))
    }

    /// Whether a text looks like this.
    public func matches(_ text: String) -> Bool {
        guard let parts else {
            return Self.expression(description).flatMap { try? $0.firstMatch(in: text) } != nil
        }
        guard let first = parts.first, let last = parts.last, parts.count > 1 else { return parts == [text] }
        guard text.hasPrefix(first) else { return false }
        var rest = text.dropFirst(first.count)
        for part in parts[1..<(parts.count - 1)] where !part.isEmpty {
            guard let range = rest.firstRange(of: part) else { return false }
            rest = rest[range.upperBound...]
        }
        return rest.hasSuffix(last)
    }
}
