package import CommandArguments

/// The options by which a command is a filter: it reads what to work on from standard input, and answers in lines.
package struct FilterArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Read the names of files from a file, one a line; - is standard input. Answers in JSON, a line for each, in the same order; what can't be used is a line with its error, and the exit code stays 0.",
            valueName: "file"),
        completion: .file())
    package var filesFrom: String?

    @Flag(
        name: [.customShort("0"), .customLong("null")],
        help: "With --files-from: names end with a zero byte instead of a line feed, as find -print0 writes them.")
    package var endsWithZero = false

    @Flag(
        help:
            "Read files from standard input, each as the length of its name (4 bytes), the name, the length of its content (8 bytes), and the content; lengths are big-endian. Answers as with --files-from."
    )
    package var framed = false

    package init() {}

    package func validate() throws {
        if framed, filesFrom != nil { throw ValidationError("--framed and --files-from are two ways; choose one") }
        if endsWithZero, filesFrom == nil { throw ValidationError("-0 goes with --files-from") }
    }

    /// Whether what to work on is read.
    package var isFilter: Bool { framed || filesFrom != nil }

    /// - Throws: a `ValidationError` unless there are inputs, or they are read, and not both.
    package func check(_ inputs: [String]) throws {
        let option = framed ? "--framed" : "--files-from"
        if isFilter, let first = inputs.first {
            throw ValidationError("\(option) says where inputs come from; \(first) can't be named beside it")
        }
        if !isFilter, inputs.isEmpty { throw ValidationError("Missing expected argument '<inputs> ...'") }
    }
}
