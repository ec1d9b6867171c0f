/// What all commands have in common.
public protocol CommandParameters: Sendable, Hashable {
    /// What the command can answer.
    associatedtype Result: CommandResult

    /// The command's name on the wire.
    static var name: String { get }
}

/// A command whose wire form is defined.
protocol DefinedCommand: CommandParameters, DefinedObject {
    static var summary: String { get }
}

/// What a command answered; a result that is not documented is kept.
public protocol CommandResult: Sendable, Hashable {
    /// A result by its text on the wire.
    init(wire: String)
    /// The text on the wire.
    var wire: String { get }
}
