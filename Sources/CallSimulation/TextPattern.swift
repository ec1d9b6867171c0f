import Dispatch
import Synchronization
public import TelephonyAudio

/// What a text is to look like: the whole of it, parts of it, or a regular expression.
///
/// `Good bye.` is the whole text; in `Sorry, ... too young.` the three dots stand for any text, also none; `/[0-9]+ calls/` is
/// a regular expression that is found anywhere in it. One that takes longer than two seconds for a text is an error.
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
            throw SimulationError(.pattern, text, "is not a regular expression; write it without slashes if it is text")
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
    ///
    /// - Throws: a ``SimulationError`` if that can't be told in time: a regular expression such as `(a+)+$` has more ways to match than
    ///   can be tried.
    public func matches(_ text: String) throws(SimulationError) -> Bool {
        guard let parts else { return try finds(in: text) }
        guard let first = parts.first, let last = parts.last, parts.count > 1 else { return parts == [text] }
        guard text.hasPrefix(first) else { return false }
        var rest = text.dropFirst(first.count)
        for part in parts[1..<(parts.count - 1)] where !part.isEmpty {
            guard let range = rest.firstRange(of: part) else { return false }
            rest = rest[range.upperBound...]
        }
        return rest.hasSuffix(last)
    }

    /// How long a search may take.
    private static let patience = 2

    /// Whether the regular expression is found in a text.
    ///
    /// A search can't be ended: one that takes too long goes on, on a thread of its own, until the process ends.
    private func finds(in text: String) throws(SimulationError) -> Bool {
        let search = Search()
        // A queue of its own has a thread, however many others are busy.
        DispatchQueue(label: "rtmedia.pattern").async { [description] in
            search.end(Self.expression(description).flatMap { try? $0.firstMatch(in: text) } != nil)
        }
        if let isFound = search.result(within: Self.patience) { return isFound }
        throw SimulationError(
            .pattern, description,
            "takes longer than \(Self.patience) s to be found in a text of \(text.utf8.count) bytes: repeat nothing that is repeated already"
        )
    }
}

/// What a search has come to, told from one thread to another.
private final class Search: Sendable {
    private let isFound = Mutex<Bool?>(nil)
    private let isOver = DispatchSemaphore(value: 0)

    func end(_ isFound: Bool) {
        self.isFound.withLock { $0 = isFound }
        isOver.signal()
    }

    /// - Returns: nil if it goes on after so many seconds.
    func result(within seconds: Int) -> Bool? {
        _ = isOver.wait(timeout: .now() + .seconds(seconds))
        return isFound.withLock { $0 }
    }
}
