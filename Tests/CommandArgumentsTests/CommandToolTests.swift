import Testing

@testable import CommandArguments

enum Law: String, CaseIterable, ExpressibleByArgument {
    case alaw, ulaw
}

struct Sound: ParsableArguments {
    @Option(parsing: .unconditional, help: ArgumentHelp("How loud.", valueName: "dB"))
    var gain = 0

    @Option(help: "Which law.") var law: Law?

    func validate() throws {
        if gain > 10 { throw ValidationError("--gain \(gain): is over 10") }
    }
}

struct Play: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "play", abstract: "Play files.", discussion: "A discussion.")

    @Argument(help: "The files.") var files: [String]
    @Option(name: [.short, .long], help: "Where to.") var output: String?
    @Option(help: "How often.", transform: twice) var times = 1
    @Option(help: "A name; may be given several times.") var name: [String] = []
    @Flag(name: .shortAndLong, help: "Over what is there.") var force = false
    @Flag(name: .shortAndLong, help: "Say nothing.") var quiet = false
    @OptionGroup(title: "SOUND") var sound: Sound

    func run() throws {}
}

private func twice(_ text: String) throws -> Int {
    guard let number = Int(text) else { throw ValidationError("must be a number") }
    return 2 * number
}

struct List: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List files.")

    @Argument(help: "The first.") var first: String
    @Argument(help: "The second.") var second: String?
    @Argument(help: "The others.") var others: [String] = ["-"]

    func run() throws {}
}

struct CommandToolTests {
    static let tool = CommandTool(
        name: "tool", abstract: "A tool.", version: "1.2", commands: [Play.self, List.self],
        examples: ["play": "EXAMPLES:\n  tool play x"],
        nearMiss: { word, words in words.first { $0.first == word.first && $0.count == word.count } })

    private func request(_ line: String) throws(UsageError) -> CommandTool.Request {
        try Self.tool.request(line.split(separator: " ").map(String.init), width: 80, shell: nil)
    }

    private func play(_ line: String) throws -> Play {
        guard case .run(let command) = try request("play " + line) else { throw ValidationError("not run") }
        return try #require(command as? Play)
    }

    private func told(_ line: String) throws -> String {
        guard case .tell(let text) = try request(line) else { return "" }
        return text
    }

    private func refusal(_ line: String) -> String? {
        do throws(UsageError) { _ = try request(line) } catch { return error.description }
        return nil
    }

    @Test func `options stand anywhere, in every form`() throws {
        let play = try play("a --gain -5 b -o out --law=ulaw -fq -- -c --d")
        #expect(play.files == ["a", "b", "-c", "--d"] && play.output == "out" && play.force && play.quiet)
        #expect(play.sound.gain == -5 && play.sound.law == .ulaw)
    }

    @Test func `what is left out has its default`() throws {
        let play = try play("-")
        #expect(play.files == ["-"] && play.output == nil && !play.force && play.times == 1 && play.name.isEmpty)
        #expect(play.sound.gain == 0 && play.sound.law == nil)
    }

    @Test func `of an option that is given twice the last value counts, unless it takes several`() throws {
        let play = try play("x --times 2 --times=4 --name a --name b")
        #expect(play.times == 8 && play.name == ["a", "b"])
    }

    @Test func `commands do not share their values`() throws {
        let (first, second) = (try play("x -f"), try play("y"))
        #expect(first.files == ["x"] && first.force && second.files == ["y"] && !second.force)
    }

    @Test func `words without names are taken in their order`() throws {
        guard case .run(let command) = try request("list a b c d"), let list = command as? List else {
            return #expect(Bool(false))
        }
        #expect(list.first == "a" && list.second == "b" && list.others == ["c", "d"])
        guard case .run(let command) = try request("list a"), let list = command as? List else {
            return #expect(Bool(false))
        }
        #expect(list.second == nil && list.others == ["-"])
    }

    @Test(
        arguments: [
            ("play", "Missing expected argument '<files> ...'"), ("play --loud", "Missing expected argument"),
            ("play x --loud", "Unknown option '--loud'"), ("play x --forse", "Did you mean '--force'?"),
            ("play x -z", "Unknown option '-z'"), ("play x -o", "Missing value for '-o <output>'"),
            ("play x --output -f", "Missing value for '--output <output>'"),
            ("play x --times y", "The value 'y' is invalid for '--times <times>': must be a number"),
            ("play x --law mp3", "for '--law <law>'. Please provide one of 'alaw' and 'ulaw'."),
            (
                "play x --gain y",
                "The value 'y' is invalid for '--gain <dB>': must be a whole number\nHelp:  --gain <dB>  How loud.\nUsage: "
            ),
            ("play x --force=1", "The option '--force' does not take any value, but '1' was specified."),
            ("play x --gain 11 --loud", "--gain 11: is over 10"), ("list", "Missing expected argument '<first>'"),
            ("pley", "Unexpected argument 'pley'. Did you mean 'play'?"),
            ("help pley", "Unexpected argument 'pley'. Did you mean 'play'?"),
            ("help scenarios", "Unexpected argument 'scenarios'"), ("--loud", "Unknown option '--loud'"),
            ("--generate-completion-script tcsh", "Can't generate completion scripts for 'tcsh'."),
            ("--generate-completion-script", "Can't autodetect a supported shell."),
        ])
    func `what can't be used is told, with the way to help`(line: String, message: String) throws {
        let text = try #require(refusal(line))
        #expect(text.hasPrefix("Error: ") && text.contains(message), "\(text)")
        let name = line.hasPrefix("play") ? "tool play" : line.hasPrefix("list") ? "tool list" : "tool"
        #expect(text.contains("\nUsage: \(name) ") && text.hasSuffix("\n  See '\(name) --help' for more information."))
    }

    @Test(arguments: ["play --help", "play -h", "play x --loud -h", "help play", "play --gain 99 x --help"])
    func `who asks for help gets it`(line: String) throws {
        let expected = """
            OVERVIEW: Play files.

            A discussion.

            USAGE: tool play <files> ... [--output <output>] [--times <times>] [--name <name> ...] [--force] [--quiet] [--gain <dB>] [--law <law>]

            ARGUMENTS:
              <files>                 The files.

            SOUND:
              --gain <dB>             How loud. (default: 0)
              --law <law>             Which law. (values: alaw, ulaw)

            OPTIONS:
              -o, --output <output>   Where to.
              --times <times>         How often.
              --name <name>           A name; may be given several times.
              -f, --force             Over what is there.
              -q, --quiet             Say nothing.
              --version               Show the version.
              -h, --help              Show help information.

            EXAMPLES:
              tool play x
            """
        #expect(try told(line) == expected)
    }

    @Test(arguments: ["", "--help", "-h", "help", "help help", "nosuch --help"])
    func `the tool's own help names the commands`(line: String) throws {
        #expect(try told(line).contains("SUBCOMMANDS:\n  play                    Play files.\n  list"))
    }

    @Test(arguments: ["--version", "play --version", "play x --version"])
    func `the version is told`(line: String) throws { #expect(try told(line) == "1.2") }

    @Test func `a page of the manual has nothing that man takes for its own`() {
        let pages = ManualPage.pages(of: Self.tool)
        #expect(pages.map(\.file) == ["tool.1", "tool-play.1", "tool-list.1"])
        #expect(pages[1].text.contains(".TP\n\\fB\\-o, \\-\\-output <output>\\fR\nWhere to.\n"))
    }
}
