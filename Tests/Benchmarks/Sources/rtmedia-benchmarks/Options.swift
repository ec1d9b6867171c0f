import Glibc

/// What the command line asks for.
struct Options {
    var rounds = 11
    var only: [String] = []
    var isJSON = false
    var isHelp = false
    var rtmedia: String?

    static let caseNames = SpeedCase.all.map(\.name) + [memoryCaseName, qualityCaseName]

    static let help = """
        Compare rtmedia convert with sox and ffmpeg: speed, memory and quality.

        USAGE: rtmedia-benchmarks [--rounds N] [--only NAME]... [--json] [--rtmedia PATH]

          --rounds N       Rounds that count, after one that warms up (default: 11).
          --only NAME      Only this case; may be repeated: \(caseNames.joined(separator: ", ")).
          --json           Print JSON in place of the table.
          --rtmedia PATH   The executable to measure (default: .build/release/rtmedia of this package).
          -h, --help       Show this help.

        The material, up to 2.5 GB, is made in a folder under TMPDIR (default: /tmp), and removed afterwards.

        EXAMPLE: swift run -c release --package-path Tests/Benchmarks rtmedia-benchmarks --rounds 5 --only wav --only mp3
        """

    init(_ arguments: some Sequence<String>) throws(BenchmarkError) {
        var rest = arguments.makeIterator()
        while let argument = rest.next() {
            switch argument {
            case "-h", "--help": isHelp = true
            case "--json": isJSON = true
            case "--rtmedia": rtmedia = try Self.value(of: argument, rest.next())
            case "--only": only.append(try Self.caseName(Self.value(of: argument, rest.next())))
            case "--rounds": rounds = try Self.count(Self.value(of: argument, rest.next()))
            default: throw BenchmarkError(usage: "unknown argument '\(argument)'; see --help")
            }
        }
    }

    func selects(_ name: String) -> Bool { only.isEmpty || only.contains(name) }

    private static func value(of option: String, _ value: String?) throws(BenchmarkError) -> String {
        guard let value else { throw BenchmarkError(usage: "\(option) needs a value; see --help") }
        return value
    }

    private static func count(_ text: String) throws(BenchmarkError) -> Int {
        guard let count = Int(text), count >= 1 else {
            throw BenchmarkError(usage: "--rounds must be a whole number from 1 on, not '\(text)'")
        }
        return count
    }

    private static func caseName(_ text: String) throws(BenchmarkError) -> String {
        guard caseNames.contains(text) else {
            throw BenchmarkError(usage: "there is no case '\(text)', only \(caseNames.joined(separator: ", "))")
        }
        return text
    }
}

/// Why nothing could be measured, in one sentence that says what to do.
struct BenchmarkError: Error {
    let message: String
    /// One of sysexits.h.
    let exitCode: Int32

    init(usage message: String) {
        self.message = message
        exitCode = EX_USAGE
    }

    init(unavailable message: String) {
        self.message = message
        exitCode = EX_UNAVAILABLE
    }

    init(failed message: String) {
        self.message = message
        exitCode = EX_IOERR
    }
}

/// What is being done, on the last line of standard error where that is a terminal.
enum Progress {
    static func show(_ text: String) {
        if isatty(2) == 1 { writeToStandardError("\r\u{1B}[K\(text)") }
    }

    static func clear() { show("") }
}

func writeToStandardError(_ text: String) {
    _ = Array(text.utf8).withUnsafeBytes { write(2, $0.baseAddress, $0.count) }
}
