public import RealTimeAPI

/// What is expected of a call; properties that are nil are not compared.
public struct Expectation: Sendable, Hashable {
    /// The commands in order, a `hangup` at the end left out or not; nil for any.
    public var commands: [ExpectedCommand]?
    /// What the handler keeps in the end, by name.
    public var variables: [Member] = []
    /// How the call ends.
    public var status: CallStatus?
    /// What the platform refuses; nil if it is to refuse nothing.
    public var refusal: Refusal.Kind?

    /// What a member of an object is to be.
    public struct Member: Sendable, Hashable {
        /// Its name.
        public var name: String
        /// Its value.
        public var value: ValuePattern

        /// A member.
        public init(_ name: String, _ value: ValuePattern) {
            self.name = name
            self.value = value
        }
    }

    /// Nothing is expected but that the platform refuses nothing.
    public init() {}
}

/// What a command is to be.
public struct ExpectedCommand: Sendable, Hashable {
    /// Its name; nil stands for any commands, also none.
    public var name: String?
    /// What it plays: the text that is spoken, or a media id.
    public var text: TextPattern?
    /// What it answers, `HANGUP` if the call ended in it.
    public var result: TextPattern?
    /// Its parameters, by their names on the wire.
    public var parameters: [Expectation.Member] = []
    /// The line of the scenario's file that says so.
    public var line: Int?

    /// A command.
    public init(_ name: String, playing text: TextPattern? = nil, result: TextPattern? = nil) {
        self.name = name
        self.text = text
        self.result = result
    }

    private init() {}

    /// Any commands, also none.
    public static let any = ExpectedCommand()
}

/// What a value is to be.
public indirect enum ValuePattern: Sendable, Hashable {
    /// Text, or a number or a truth value as it is written.
    case text(TextPattern)
    /// A list of exactly these elements.
    case list([ValuePattern])
    /// An object with these members, whatever others there are.
    case object([Expectation.Member])

    /// Whether a value is so.
    ///
    /// - Throws: what ``TextPattern/matches(_:)`` throws.
    func matches(_ value: JSON?) throws(SimulationError) -> Bool {
        switch (self, value?.resolved) {
        case (.text(let pattern), let value?):
            guard let text = value.plainText else { return false }
            return try pattern.matches(text)
        case (.list(let patterns), .array(let elements)?):
            guard patterns.count == elements.count else { return false }
            for (pattern, element) in zip(patterns, elements) where try !pattern.matches(element) { return false }
            return true
        case (.object(let members), .object?):
            for member in members where try !member.value.matches(value?.resolved[member.name]) { return false }
            return true
        default: return false
        }
    }
}

extension ValuePattern: CustomStringConvertible {
    /// As it is written in a file, in one line.
    public var description: String {
        switch self {
        case .text(let pattern): pattern.description
        case .list(let elements): "[\(elements.map(\.description).joined(separator: ", "))]"
        case .object(let members):
            "{ \(members.map { "\($0.name): \($0.value)" }.joined(separator: ", ")) }"
        }
    }
}

extension JSON {
    /// The value itself, also of text that is carried as it is.
    var resolved: JSON {
        if case .raw(let text) = self { text.value } else { self }
    }

    /// What stands for a value that has no parts; nil if it has.
    var plainText: String? {
        switch self {
        case .string(let text): text
        case .number(let digits): digits
        case .bool(let value): "\(value)"
        case .null: "null"
        default: nil
        }
    }

    /// The value as text, for people.
    var written: String { plainText ?? (try? JSONText(encoding: self))?.text ?? "" }
}
