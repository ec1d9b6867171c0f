/// What all commands have in common.
public protocol CommandParameters: Sendable, Hashable {
    /// What the command can answer.
    associatedtype Result: CommandResult

    /// Which command it is.
    static var kind: Command.Kind { get }
}

extension CommandParameters {
    /// The command's name on the wire.
    public static var name: String { kind.rawValue }
}

/// A command whose wire form is defined.
protocol DefinedCommand: CommandParameters, DefinedObject where Result: DefinedResult {
    static var summary: String { get }
    /// Whether the platform writes the result as a number.
    static var resultIsNumber: Bool { get }
}

extension DefinedCommand {
    static var resultIsNumber: Bool { false }
}

/// What a command answered; a result that is not documented is kept.
public protocol CommandResult: Sendable, Hashable {
    /// A result by its text on the wire.
    init(wire: String)
    /// The text on the wire.
    var wire: String { get }
}

/// A result whose form on the wire is defined.
protocol DefinedResult: CommandResult {
    static var form: ResultForm { get }
}
