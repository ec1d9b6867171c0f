/// What help says of an argument.
package struct ArgumentHelp: ExpressibleByStringInterpolation, Sendable {
    package let abstract: String
    /// What the value is called; nil for the argument's name.
    package let valueName: String?

    package init(_ abstract: String, valueName: String? = nil) {
        self.abstract = abstract
        self.valueName = valueName
    }

    package init(stringLiteral text: String) { self.init(text) }
}

/// What a shell offers for a value.
package enum CompletionKind: Sendable {
    /// What the value's type has, if it has few.
    case values
    case list([String])
    case file(extensions: [String] = [])
    case directory
}

/// Which names an option has.
package enum ArgumentName: Sendable {
    /// The property's name, as in `--band-limit`.
    case long
    /// The first letter of the property's name.
    case short
    case customLong(String)
    case customShort(Character)
}

extension [ArgumentName] {
    package static var shortAndLong: [ArgumentName] { [.short, .long] }

    package static func customLong(_ name: String) -> [ArgumentName] { [.customLong(name)] }
}

/// Which words an option takes for its value.
package enum ValueParsing: Sendable {
    /// Only those that are no options.
    case next
    /// Whatever follows, as negative numbers.
    case unconditional
}

/// An argument, as it is declared: what parsing fills in, and what help, manual and completions show.
///
/// It changes only while the command's words are read, by one thread.
final class ArgumentDefinition: @unchecked Sendable {
    enum Kind {
        case positional
        case option(ValueParsing)
        case flag
    }

    let kind: Kind
    let help: ArgumentHelp
    let completion: CompletionKind
    private let names: [ArgumentName]
    /// Takes a word for the value; nil says that it stands for none.
    private let take: (String) throws -> Void?
    let isOptional: Bool
    let isRepeating: Bool
    let allValues: [String]
    let defaultValue: String?
    private(set) var isGiven = false

    /// The property's name, as words between dashes; known when the command is made.
    var key = ""
    /// The heading under which help shows it; nil is the usual one.
    var section: String?

    init(
        _ kind: Kind, names: [ArgumentName] = [.long], help: ArgumentHelp?, completion: CompletionKind = .values,
        isOptional: Bool, isRepeating: Bool = false, allValues: [String] = [], defaultValue: String? = nil,
        take: @escaping (String) throws -> Void?
    ) {
        self.kind = kind
        self.names = names
        self.help = help ?? ""
        self.completion = completion
        self.isOptional = isOptional
        self.isRepeating = isRepeating
        self.allValues = allValues
        self.defaultValue = defaultValue
        self.take = take
    }

    /// Takes a word.
    ///
    /// - Returns: false if it stands for no value.
    /// - Throws: why not, if more is to be said.
    func add(_ word: String) throws -> Bool {
        guard try take(word) != nil else { return false }
        isGiven = true
        return true
    }

    // MARK: Names

    var isPositional: Bool {
        if case .positional = kind { return true }
        return false
    }

    var isFlag: Bool {
        if case .flag = kind { return true }
        return false
    }

    /// The long name without dashes.
    var longName: String {
        for case .customLong(let name) in names { return name }
        return key
    }

    var shortName: Character? {
        for name in names {
            switch name {
            case .short: return key.first
            case .customShort(let letter): return letter
            case .long, .customLong: continue
            }
        }
        return nil
    }

    /// Its name in usage lines and error messages.
    var synopsisName: String { "--\(longName)" }

    var valueName: String { help.valueName ?? (isPositional ? key : longName) }

    /// As in `-o, --output <output>`.
    var label: String {
        guard !isPositional else { return "<\(valueName)>" }
        return (shortName.map { "-\($0), " } ?? "") + synopsisName + (isFlag ? "" : " <\(valueName)>")
    }

    /// As in `[--output <output>]`.
    func synopsis(isRequired: Bool? = nil) -> String {
        let name = isPositional ? "<\(valueName)>" : isFlag ? synopsisName : "\(synopsisName) <\(valueName)>"
        let text = isRepeating ? "\(name) ..." : name
        return isOptional && isRequired != true ? "[\(text)]" : text
    }

    /// The abstract, the values and the default.
    var description: String {
        let values = allValues.isEmpty ? nil : "values: \(allValues.joined(separator: ", "))"
        let usual = defaultValue.flatMap { $0.isEmpty ? nil : "default: \($0)" }
        let remark = [values, usual].compactMap { $0 }.joined(separator: "; ")
        return [help.abstract, remark.isEmpty ? "" : "(\(remark))"].filter { !$0.isEmpty }.joined(separator: " ")
    }
}

/// Where a value is until the program ends.
///
/// It is written while the command's words are read, by one thread, and never after that.
final class ArgumentValue<Value>: @unchecked Sendable {
    var value: Value?

    init(_ value: Value?) { self.value = value }

    var read: Value {
        guard let value else { preconditionFailure("an argument was used before it was read") }
        return value
    }
}

/// A property that declares arguments.
///
/// It is a class, not a protocol: to find out whether a type conforms to a protocol takes the runtime a walk over all
/// conformances there are, for every type once, which in all took a fifth of a short conversion.
package class ArgumentDeclaration {
    /// The property's, with dashes, as in `band-limit`.
    fileprivate(set) var name = ""

    init() {}

    /// What it declares.
    var definitions: [ArgumentDefinition] { [] }

    /// Looks whether all is given that must be, and goes together if there are several.
    func check() throws {}
}

/// A property that declares one argument, and has its value.
package class ValueDeclaration<Value>: ArgumentDeclaration {
    let storage: ArgumentValue<Value>
    private let definition: ArgumentDefinition

    init(_ storage: ArgumentValue<Value>, _ definition: ArgumentDefinition) {
        self.storage = storage
        self.definition = definition
    }

    override var definitions: [ArgumentDefinition] {
        definition.key = name
        return [definition]
    }

    override func check() throws { try definition.check() }
}

extension ParsableArguments {
    /// The properties that declare arguments, in their order.
    var declarations: [ArgumentDeclaration] {
        Mirror(reflecting: self).children.compactMap { child in
            guard let declaration = child.value as? ArgumentDeclaration else { return nil }
            declaration.name = dashed(child.label ?? "")
            return declaration
        }
    }

    /// All arguments, in their order.
    var definitions: [ArgumentDefinition] { declarations.flatMap(\.definitions) }
}

extension ArgumentDefinition {
    /// Looks whether it is given, if it must be.
    func check() throws(ParsingError) {
        if !isOptional, !isGiven { throw .missing(self) }
    }
}

/// A property's name with dashes, as in `band-limit`.
private func dashed(_ name: String) -> String {
    var text = ""
    for byte in name.utf8.drop(while: { $0 == UInt8(ascii: "_") }) {
        let isUpper = (65...90).contains(byte)
        if isUpper { text.append("-") }
        text.unicodeScalars.append(Unicode.Scalar(isUpper ? byte + 32 : byte))
    }
    return text
}
