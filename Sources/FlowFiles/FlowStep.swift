import CallFlows
import RealTimeAPI

/// A step: what is done, and where its results lead.
///
/// A class, so that a call in progress keeps no copy of it: there may be a hundred thousand of them.
final class FlowStep: Sendable {
    /// What a step does.
    enum Action: Sendable {
        /// A command, and audio that is played before it.
        case command(FlowCommand, audio: FlowCommand?)
        case lookup(FlowLookup)
        /// Looks at a text.
        case match(FlowText)
        /// Looks at when the call began, by the clock of a time zone.
        case clock(FlowZone)
    }

    /// How a step is taken.
    enum Kind: Sendable {
        case command, lookup
        /// Nobody is asked.
        case look
    }

    let name: String
    let action: Action
    /// Beside the action, which is large.
    let kind: Kind
    /// Whether audio is played before the command.
    let hasAudio: Bool
    /// Under which name the result is kept.
    let saved: String?
    let results: ResultTable
    /// Where what fails leads.
    let onError: String?

    init(name: String, action: Action, saved: String?, results: ResultTable, onError: String?) {
        self.name = name
        self.action = action
        switch action {
        case .command(_, let audio): (kind, hasAudio) = (.command, audio != nil)
        case .lookup: (kind, hasAudio) = (.lookup, false)
        case .match, .clock: (kind, hasAudio) = (.look, false)
        }
        self.saved = saved
        self.results = results
        self.onError = onError
    }
}

/// Where results lead, by step names.
struct ResultTable: Sendable {
    /// Results word by word, and keys.
    var exact: [String: String] = [:]
    var ranges: [(range: ClosedRange<Int>, target: String)] = []
    /// Texts with `...`, in the order of the file.
    var patterns: [(pattern: FlowPattern, target: String)] = []
    /// Hours, in the order of the file.
    var hours: [(hours: FlowHours, target: String)] = []
    /// Where answers lead that say that there is nothing, by their status.
    var statuses: [(range: ClosedRange<Int>, target: String)] = []
    /// Where every other result leads; nil hangs up.
    var next: String?

    subscript(_ result: String) -> String? {
        if let target = exact[result] { return target }
        let isNumber = !result.isEmpty && result.utf8.allSatisfy { (48...57).contains($0) }
        if isNumber, let number = Int(result),
            let match = ranges.first(where: { $0.range.contains(number) })
        {
            return match.target
        }
        if let match = patterns.first(where: { $0.pattern.matches(result) }) { return match.target }
        return next
    }

    subscript(_ time: FlowZone.LocalTime) -> String? { hours.first { $0.hours.contains(time) }?.target ?? next }
}

/// Text in which `...` stands for anything, also nothing.
struct FlowPattern: Sendable {
    /// What is between the dots: two parts at least.
    private let parts: [Substring]

    /// A pattern; nil if nothing in it stands for anything.
    init?(_ text: String) {
        parts = text.split(separator: "...", omittingEmptySubsequences: false)
        if parts.count < 2 { return nil }
    }

    func matches(_ text: String) -> Bool {
        guard text.hasPrefix(parts[0]) else { return false }
        var rest = text[parts[0].endIndex(in: text)...]
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let found = rest.firstRange(of: part) else { return false }
            rest = rest[found.upperBound...]
        }
        return rest.hasSuffix(parts[parts.count - 1])
    }
}

extension Substring {
    /// Where a text goes on that begins with this one.
    fileprivate func endIndex(in text: String) -> String.Index { text.index(text.startIndex, offsetBy: count) }
}
