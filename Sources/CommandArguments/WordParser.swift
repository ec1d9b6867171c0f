/// Reads the words behind a command's name into its properties.
///
/// Options stand anywhere, as `--name value`, `--name=value`, `-n value`; short flags may be joined, as in `-fq`; what follows
/// `--` is no option. Of an option that is given twice the last value counts.
struct WordParser {
    enum Outcome {
        case parsed
        case help
        case version
        case failed(ParsingError)
    }

    private let command: any ParsableCommand
    private let declarations: [ArgumentDeclaration]
    private let definitions: [ArgumentDefinition]
    private var words: ArraySlice<String>
    private var places: [String] = []
    private var unknown: String?
    private var wantsHelp = false
    private var wantsVersion = false

    init(_ command: any ParsableCommand, words: ArraySlice<String>) {
        self.command = command
        self.words = words
        declarations = command.declarations
        definitions = declarations.flatMap(\.definitions)
    }

    /// What the words ask for.
    ///
    /// Who asks for help gets it, whatever else is wrong.
    mutating func outcome() -> Outcome {
        let failure = failure()
        if wantsHelp { return .help }
        if wantsVersion { return .version }
        return failure.map(Outcome.failed) ?? .parsed
    }

    private mutating func failure() -> ParsingError? {
        do {
            try readOptions()
            let surplus = try readPlaces()
            for declaration in declarations { try declaration.check() }
            try command.validate()
            if let unknown { return .unknownOption(unknown, definitions) }
            return surplus.isEmpty ? nil : .unexpected(surplus)
        } catch let error as ParsingError { return error } catch { return .invalid("\(error)") }
    }

    // MARK: Options

    private mutating func readOptions() throws {
        while let word = words.popFirst() {
            if word == "--" {
                places += words
                words = []
            } else if word.hasPrefix("--") {
                try readLong(word)
            } else if word.hasPrefix("-"), word.utf8.count > 1 {
                try readShort(word)
            } else {
                places.append(word)
            }
        }
    }

    private mutating func readLong(_ word: String) throws {
        let equals = word.firstIndex(of: "=")
        let name = word[..<(equals ?? word.endIndex)].dropFirst(2)
        let attached = equals.map { String(word[word.index(after: $0)...]) }
        guard let definition = definitions.first(where: { !$0.isPositional && $0.longName == name }) else {
            if name == "help" {
                wantsHelp = true
            } else if name == "version" {
                wantsVersion = true
            } else {
                unknown = unknown ?? "--\(name)"
            }
            return
        }
        if definition.isFlag {
            if let attached { throw ParsingError.unwantedValue("--\(name)", attached) }
            _ = try definition.add("")
        } else {
            try take(definition, "--\(name)", attached)
        }
    }

    private mutating func readShort(_ word: String) throws {
        let letters = word.dropFirst()
        let found = letters.map { letter in definitions.first { $0.shortName == letter } }
        for (letter, definition) in zip(letters, found) {
            guard let definition else {
                if letter == "h" {
                    wantsHelp = true
                } else {
                    unknown = unknown ?? (letters.count == 1 ? word : "-\(letter)")
                }
                continue
            }
            if definition.isFlag { _ = try definition.add("") } else { try take(definition, "-\(letter)", nil) }
        }
    }

    /// Gives an option its value: the attached one, or the next word.
    private mutating func take(_ definition: ArgumentDefinition, _ name: String, _ attached: String?) throws {
        guard let value = attached ?? nextValue(definition) else { throw ParsingError.noValue(definition, name) }
        try add(value, to: definition, name)
    }

    private mutating func nextValue(_ definition: ArgumentDefinition) -> String? {
        guard let next = words.first, next != "--" else { return nil }
        if case .option(.next) = definition.kind, next.hasPrefix("-"), next.utf8.count > 1 { return nil }
        return words.popFirst()
    }

    private func add(_ word: String, to definition: ArgumentDefinition, _ name: String?) throws {
        do {
            if try definition.add(word) { return }
        } catch { throw ParsingError.refused(definition, name, word, "\(error)") }
        throw ParsingError.refused(definition, name, word, nil)
    }

    // MARK: Places

    /// Fills what has a place.
    ///
    /// - Returns: the words for which there is none.
    private func readPlaces() throws -> [String] {
        var rest = places[...]
        for definition in definitions where definition.isPositional {
            repeat {
                guard let word = rest.popFirst() else { return [] }
                try add(word, to: definition, nil)
            } while definition.isRepeating
        }
        return Array(rest)
    }
}
