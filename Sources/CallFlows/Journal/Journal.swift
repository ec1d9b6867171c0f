import RealTimeAPI

/// What a flow needs to go on, at any instance: what has happened to the call so far.
struct Journal: Sendable, Equatable {
    /// How a flow came to its end.
    enum Conclusion: Character, Sendable {
        case completed = "c"
        case failed = "f"
        case rejected = "r"
    }

    /// The end that is under way: why, and how many commands of it have been sent.
    struct Ending: Sendable, Equatable {
        var conclusion: Conclusion
        var position: Int

        /// The end when one more command of it has been sent.
        var next: Ending { Ending(conclusion: conclusion, position: position + 1) }
    }

    /// What was sent last.
    enum Answer: Sendable, Equatable {
        /// A command of the flow, or nothing yet.
        case command
        /// A filler, because a step is not ready.
        case filler
        /// A command of the end.
        case ending(Ending)
    }

    let flow: String
    let version: Int
    /// The status of the call's first request.
    let firstStatus: CallStatus
    /// How many commands have been sent; it is the id of the last one.
    private(set) var turn = 0
    /// What the last command was.
    private(set) var lastAnswer = Answer.command
    /// The entries as text, each behind a separator.
    private(set) var entries: [UInt8] = []

    init(flow: String, version: Int, firstStatus: CallStatus) {
        self.flow = flow
        self.version = version
        self.firstStatus = firstStatus
    }

    /// Where the call is in its end; nil while its flow goes on.
    var ending: Ending? { if case .ending(let ending) = lastAnswer { ending } else { nil } }

    /// Counts a command that is sent.
    mutating func advance(to answer: Answer) {
        turn += 1
        lastAnswer = answer
    }

    mutating func append(_ entry: JournalEntry) {
        entries.append(JournalText.separator)
        entry.append(to: &entries)
    }

    /// The journal with entries of another instance before those that this one has added since it had so many bytes.
    ///
    /// - Returns: nil unless the other one has nothing more than fillers.
    func following(_ other: Journal, since length: Int) -> (journal: Journal, fillers: Int)? {
        let shared = entries[..<length]
        guard other.entries.starts(with: shared) else { return nil }
        var journal = other
        guard let added = Self.parse(other.entries[length...]), added.allSatisfy({ $0 == .filler }) else { return nil }
        journal.entries += entries[length...]
        return (journal, added.count)
    }

    /// What is shown among the call's variables, by the names under which it is kept, the first that was kept first.
    var kept: [JSON.Member] {
        guard containsKept, let entries = parsedEntries else { return [] }
        var kept: [JSON.Member] = []
        var last: JournalEntry?
        for entry in entries {
            guard case .kept(let name, let isShown) = entry else {
                if entry != .filler { last = entry }
                continue
            }
            guard isShown, let value = last?.value else { continue }
            let member = JSON.Member(name, value)
            if let index = kept.firstIndex(where: { $0.name == name }) {
                kept[index] = member
            } else {
                kept.append(member)
            }
        }
        return kept
    }

    /// Whether there is such an entry: most calls have none, whose entries need not be looked into at each answer.
    private var containsKept: Bool {
        zip(entries, entries.dropFirst()).contains { $0 == JournalText.separator && $1 == JournalEntry.shownLetter }
    }

    /// The entries one by one; nil if one is none.
    var parsedEntries: [JournalEntry]? { Self.parse(entries[...]) }

    private static func parse(_ entries: ArraySlice<UInt8>) -> [JournalEntry]? {
        var parsed: [JournalEntry] = []
        for text in entries.split(separator: JournalText.separator) {
            guard let entry = JournalEntry(text) else { return nil }
            parsed.append(entry)
        }
        return parsed
    }
}

extension Journal {
    /// Rises when the form of a journal changes.
    private static let form = "2"
    /// Stands for a filler that was sent last.
    private static let filler = "h"

    /// The journal as text, without its seal.
    var text: [UInt8] {
        var text = Array(Self.form.utf8)
        let state =
            switch lastAnswer {
            case .command: ""
            case .filler: Self.filler
            case .ending(let ending): "\(ending.conclusion.rawValue)\(ending.position)"
            }
        for field in [flow, String(version), String(turn), firstStatus.name, state] {
            text.append(JournalText.separator)
            JournalText.append(field, to: &text)
        }
        // The end needs nothing of what happened before.
        return ending == nil ? text + entries : text
    }

    /// A journal of its text, which has been authenticated; nil if it is of another form.
    init?(text: ArraySlice<UInt8>) {
        let fields = text.split(
            separator: JournalText.separator, maxSplits: 6, omittingEmptySubsequences: false)
        guard fields.count >= 6, JournalText.decode(fields[0]) == Self.form,
            let version = Int(JournalText.decode(fields[2])), let turn = Int(JournalText.decode(fields[3]))
        else { return nil }
        flow = JournalText.decode(fields[1])
        self.version = version
        self.turn = turn
        firstStatus = CallStatus(JournalText.decode(fields[4]))
        let state = JournalText.decode(fields[5])
        if state == Self.filler {
            lastAnswer = .filler
        } else if let letter = state.first {
            guard let conclusion = Conclusion(rawValue: letter), let position = Int(state.dropFirst()) else {
                return nil
            }
            lastAnswer = .ending(Ending(conclusion: conclusion, position: position))
        }
        if fields.count == 7 { entries = [JournalText.separator] + fields[6] }
    }
}
