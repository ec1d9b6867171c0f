/// Arguments that are declared as properties, of a command or of several: `@Argument`, `@Option`, `@Flag`, `@OptionGroup`.
package protocol ParsableArguments: SendableMetatype {
    /// All arguments with their defaults.
    init()

    /// Looks whether the values go together, once they are read.
    ///
    /// - Throws: a ``ValidationError`` if they do not.
    func validate() throws
}

extension ParsableArguments {
    package func validate() throws {}
}

/// What a subcommand is, and does.
package protocol ParsableCommand: ParsableArguments {
    static var configuration: CommandConfiguration { get }

    func run() throws
}

/// A subcommand that waits for others.
package protocol AsyncParsableCommand: ParsableCommand {
    func run() async throws
}

extension AsyncParsableCommand {
    package func run() throws { preconditionFailure("\(Self.self) is run asynchronously") }
}

/// What a command's help begins with.
package struct CommandConfiguration: Sendable {
    package let commandName: String
    package let abstract: String
    package let discussion: String

    /// - Parameters:
    ///   - commandName: the word by which it is asked for.
    ///   - abstract: what it does, in one sentence.
    ///   - discussion: what else is to be known; empty lines part paragraphs.
    package init(commandName: String, abstract: String, discussion: String = "") {
        self.commandName = commandName
        self.abstract = abstract
        self.discussion = discussion
    }
}

/// Ends the program with an exit code; all there is to tell has been told.
package struct ExitCode: Error, Hashable, Sendable {
    package let rawValue: Int32

    package init(_ rawValue: Int32) { self.rawValue = rawValue }
}

/// Why arguments can't be used, as a sentence for the user.
package struct ValidationError: Error, CustomStringConvertible {
    package let message: String

    package init(_ message: String) { self.message = message }

    package var description: String { message }
}

/// A word that is read as a value.
package protocol ExpressibleByArgument {
    /// The value that a word stands for; nil if it stands for none.
    init?(argument: String)

    /// What the words may be, if there are only some.
    static var allValueStrings: [String] { get }

    /// What a word must be, as in "a whole number"; nil if it goes without saying, or ``allValueStrings`` say it.
    static var argumentForm: String? { get }

    /// The word for this value.
    var argument: String { get }
}

extension ExpressibleByArgument {
    package static var allValueStrings: [String] { [] }
    package static var argumentForm: String? { nil }

    /// The value that a word stands for; nil if it stands for none.
    ///
    /// - Throws: what it must be, if that is to be said.
    static func read(_ word: String) throws -> Self? {
        if let value = Self(argument: word) { return value }
        if let argumentForm { throw WrongForm(description: "must be \(argumentForm)") }
        return nil
    }
}

/// What the word for a value must be.
private struct WrongForm: Error, CustomStringConvertible {
    let description: String
}

extension ExpressibleByArgument where Self: LosslessStringConvertible {
    package init?(argument: String) { self.init(argument) }

    package var argument: String { description }
}

extension ExpressibleByArgument where Self: RawRepresentable, RawValue == String {
    package init?(argument: String) { self.init(rawValue: argument) }

    package var argument: String { rawValue }
}

extension ExpressibleByArgument where Self: RawRepresentable & CaseIterable, RawValue == String {
    package static var allValueStrings: [String] { allCases.map(\.rawValue) }
}

extension String: ExpressibleByArgument {}
extension Int: ExpressibleByArgument {
    package static var argumentForm: String? { "a whole number" }
}
extension UInt64: ExpressibleByArgument {
    package static var argumentForm: String? { "a whole number, 0 or more" }
}
extension Double: ExpressibleByArgument {
    package static var argumentForm: String? { "a number" }
}
