import Files

/// A file's name that would be read as options, because it begins with a dash.
package struct DashedName {
    /// The name, as it was given.
    package let name: String

    /// The short options of all subcommands, and -h.
    private static let options = "fhoq"

    /// The first of such names among arguments; nil if there is none.
    ///
    /// What names no file, or is made of options alone, is left to the parser, and so are numbers.
    package init?(in arguments: some Sequence<String>) {
        let found = arguments.prefix { $0 != "--" }.first { argument in
            guard argument.hasPrefix("-"), !argument.hasPrefix("--"), Double(argument) == nil else { return false }
            return !argument.dropFirst().allSatisfy(Self.options.contains) && FileAccess.exists(argument)
        }
        guard let found else { return nil }
        name = found
    }

    /// What to do about it.
    package var advice: String { "\(name): begins with a dash, as options do: write ./\(name)" }
}
