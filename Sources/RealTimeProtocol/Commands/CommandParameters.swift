/// What all commands have in common.
public protocol CommandParameters: Sendable, Hashable {
    /// What the command can answer.
    associatedtype Result: CommandResult

    /// The command's name on the wire.
    static var name: String { get }
}

/// A command whose wire form is defined.
protocol DefinedCommand: CommandParameters {
    static var summary: String { get }
    static var definition: ObjectDefinition<Self> { get }
}

/// What a command answered; a result that is not documented is kept.
public protocol CommandResult: Sendable, Hashable {
    /// A result by its text on the wire.
    init(wire: String)
    /// The text on the wire.
    var wire: String { get }
}

extension String: CommandResult {
    /// The text itself.
    public init(wire: String) { self = wire }
    /// The text itself.
    public var wire: String { self }
}

/// A result that is one of a few words.
protocol NamedResult: CommandResult {
    static var names: [(Self, String)] { get }
    static func other(_ wire: String) -> Self
}

extension NamedResult {
    /// A result by its word.
    public init(wire: String) { self = Self.names.first { $0.1 == wire }?.0 ?? .other(wire) }

    var knownWire: String? { Self.names.first { $0.0 == self }?.1 }
}

/// What the commands that play answer.
public enum PlaybackResult: NamedResult {
    case played
    /// An error occurred.
    case failed
    /// One that is not documented.
    case other(String)

    static let names: [(PlaybackResult, String)] = [(.played, "0"), (.failed, "1")]

    /// The text on the wire.
    public var wire: String {
        if case .other(let wire) = self { return wire }
        return knownWire!
    }
}

/// What the commands answer that can only succeed.
public enum SuccessResult: NamedResult {
    case done
    /// One that is not documented.
    case other(String)

    static let names: [(SuccessResult, String)] = [(.done, "0")]

    /// The text on the wire.
    public var wire: String {
        if case .other(let wire) = self { return wire }
        return knownWire!
    }
}
