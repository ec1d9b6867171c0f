import Foundation
import TestSupport
import Testing

/// The README's examples: what can be run here is run, and says what the README says.
///
/// A block that is neither run nor listed fails, and so does one that is listed and not there any more.
@Suite(.waiting, .timeLimit(.minutes(10))) struct ReadmeTests {
    let place = Workplace()

    private static let root = URL(filePath: Workplace.samples).deletingLastPathComponent().deletingLastPathComponent()
        .path

    /// A fenced block.
    struct Block {
        let language: String
        let lines: [String]

        /// Commands and what each says.
        var commands: [(command: String, output: [String])] {
            var commands: [(String, [String])] = []
            for line in lines {
                if line.hasPrefix("$ ") {
                    commands.append((String(line.dropFirst(2)), []))
                } else {
                    commands[commands.count - 1].1.append(line)
                }
            }
            return commands
        }
    }

    private static let blocks: [Block] = {
        let text = try! String(contentsOfFile: "\(root)/README.md", encoding: .utf8)
        // Between fences there are texts and blocks in turn.
        return text.split(separator: /(?m)^```/, omittingEmptySubsequences: false).enumerated().filter {
            $0.offset % 2 == 1
        }
        .map { _, part in
            let lines = part.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            return Block(language: lines[0], lines: Array(lines.dropFirst().dropLast()))
        }
    }()

    /// What is not run here, by what it begins with, and why.
    private static let elsewhere = [
        "curl -s https://example.com": "needs the network",
        "rtmedia say 'Please hold the line' --voice TTS_EN-GB_DANIEL --rate 160 --pitch 40 --play":
            "needs a loudspeaker",
        "rtmedia tune recordings/ --report": "the recordings are made of what is not here; TuneTests tunes",
        "rtmedia levels /archive": "has no folder here; TuneTests measures levels",
        "rtmedia tune site-a.levels": "has no folder here; TuneTests reads levels",
        "rtmedia serve &": "is served for the commands after it",
        "rtmedia call http://127.0.0.1:8080/ --calls 500": "figures of a machine; CallManyTests places loads",
        "cd samples && swift run": "builds a package, whose own tests serve the flows",
        "swift build -c release && swift run": "figures of a machine",
        "swift run -c release --package-path Tests/Benchmarks": "figures of a machine",
    ]

    /// What is there when a command is run: shell, by what the command begins with.
    private static let prepared = [
        "rtmedia convert welcome.mp3": "cp $samples/chime.mp3 welcome.mp3; rm -f welcome.wav",
        "rtmedia convert prompts/": """
        mkdir -p prompts/fr; cp $asterisk/en_US_f_Allison/{hello-world,vm-goodbye}.wav prompts
        cp $asterisk/fr_CA_f_June/queue-callswaiting.g722 prompts/fr; echo Recorded in May. > prompts/notes.txt
        """,
        "rtmedia convert hello.flac": "cp $samples/chime.flac hello.flac",
        "rtmedia convert call.bin": "cp $samples/chime.alaw call.bin",
        "rtmedia convert cut.flac": "head -c -100 $samples/chime.flac > cut.flac",
        "rtmedia detect vm-intro.wav": "cp $asterisk/en_US_f_Allison/vm-intro.wav .",
        "rtmedia detect caller.wav": "cp $asterisk/en_US_f_Allison/vm-intro.wav caller.wav",
        "rtmedia detect calls/": "mkdir -p calls; cp $asterisk/en_US_f_Allison/{hello-world,vm-intro}.wav calls",
        "rtmedia detect prompts/": """
        rm -r prompts; mkdir prompts; cp $asterisk/en_US_f_Allison/{demo-congrats,hello-world,vm-goodbye}.wav prompts
        """,
        "rtmedia say - ": "echo '<speak>Olá, bom dia.</speak>' > menu.xml",
        "cat words.csv": #"printf '%s\n' word,spoken,language GIF,jif, "Nguyen,[[nw'i@n]],en" > words.csv"#,
        "cat prompts.csv": #"""
        printf '%s\n' id,language,voice,text,notes 'welcome,en,TTS_EN-GB_SERENA,"Welcome, caller.",warmly' \
            welcome,fr,TTS_FR-FR_AUDREY,Bienvenue., > prompts.csv
        """#,
        "rtmedia validate answers.jsonl": #"printf '{"command":"wait","params":{"wait":1}}\n{}\n' > answers.jsonl"#,
        "rtmedia validate --request": """
        echo '{"callid":1,"call_status":"UP","command":"","command_id":0,"variables":{}}' > recorded.json
        """,
        "rtmedia call http://login:password@127.0.0.1:8080/ --audio":
            "cp $asterisk/en_US_f_Allison/hello-world.wav caller.wav",
    ]

    /// Commands that fail as they should, by what they begin with.
    private static let failures: [String: Int32] = [
        "rtmedia convert cut.flac": 65, "rtmedia inspect out/hello-world.wav welcome.mp3": 65,
        "rtmedia voices TTS_PT-BR_LUCIANA TTS_GL": 65, "echo '{\"command\":\"read\"": 65,
        "rtmedia call http://127.0.0.1:8080/ --faults": 65, "rtmedia call http://127.0.0.1:8080/ --explore": 65,
    ]

    /// Who answers at 127.0.0.1:8080.
    private func handler(_ command: String) throws -> HandlerProgram? {
        if !command.contains("127.0.0.1:8080") { return nil }
        if command.contains("--faults") { return try .menu("broken") }
        if command.contains("--explore") { return try .menu("deep") }
        return try .demo("\(Workplace.products)/rtmedia", state: place.path)
    }

    /// Whether a line is as the README has it, in which `...` is whatever is too long for it, and times are of another machine.
    private func matches(_ line: String, _ expected: String) -> Bool {
        func timeless(_ text: String) -> String { text.replacing(#/ in \d+(\.\d+)? s$/#, with: " in # s") }
        let parts = timeless(expected).split(separator: "...", omittingEmptySubsequences: false)
        guard parts.count > 1 else { return timeless(line) == timeless(expected) }
        return line.hasPrefix(parts.first!) && line.hasSuffix(parts.last!)
            && line.count >= expected.count - 3 * (parts.count - 1)
    }

    private func expect(_ output: [String], toBe expected: [String], _ command: String) {
        #expect(output.count == expected.count, "\(command) says \(output)")
        for (line, expected) in zip(output, expected) {
            #expect(matches(line, expected), "\(command) says \(line)")
        }
    }

    @Test("each command says what is under it, and each that is not run is known")
    func commands() throws {
        let samples = try place.shell("mkdir samples && cp -r \(Self.root)/samples/{calls,flows,audio} samples")
        try #require(samples.status == 0)
        var seen: Set<String> = []
        for block in Self.blocks where block.lines.first?.hasPrefix("$ ") == true {
            for (command, output) in block.commands {
                if let known = Self.elsewhere.keys.first(where: command.hasPrefix) {
                    seen.insert(known)
                    continue
                }
                for (start, preparation) in Self.prepared where command.hasPrefix(start) {
                    let line =
                        "set -e; samples=\(Workplace.samples); asterisk=/usr/share/asterisk/sounds; \(preparation)"
                    let made = try place.shell(line)
                    try #require(made.status == 0, "\(command): \(made.errors)")
                }
                if command.hasPrefix("rtmedia serve "), !command.contains("--check") {
                    try serve(command, output)
                } else {
                    try run(command, output)
                }
            }
        }
        #expect(seen == Set(Self.elsewhere.keys))
    }

    private func serve(_ command: String, _ expected: [String]) throws {
        let server = try ServedProcess(
            command.split(separator: " ").dropFirst().map(String.init) + ["--port", "0"], in: place)
        #expect(try server.end() == 0)
        let output = server.log.replacing("127.0.0.1:\(server.port)", with: "127.0.0.1:8080")
        expect(output.split(separator: "\n").map(String.init), toBe: expected, command)
    }

    private func run(_ command: String, _ expected: [String]) throws {
        let handler = try handler(command)
        // jq needs not be here: what it is given must be lines of JSON, whose members it takes.
        let parts = command.split(separator: " | jq ", maxSplits: 1).map(String.init)
        let line = handler.map { parts[0].replacing("127.0.0.1:8080", with: "127.0.0.1:\($0.port)") } ?? parts[0]
        // What goes to programs is shown without what people are told.
        let isData = parts.count > 1 || command.contains("--as ")
        let run = try place.shell("{ \(line)\n} \(isData ? "2> errors" : "2>&1")")
        let status = Self.failures.first { command.hasPrefix($0.key) }?.value ?? 0
        #expect(run.status == status, "\(command): \(run.text)")
        let output = run.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
        guard parts.count > 1 else {
            if !expected.isEmpty { expect(output, toBe: expected, command) }
            return
        }
        let objects = try output.map { line in
            try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(command)")
        }
        #expect(!objects.isEmpty)
        for (name, value) in zip(parts[1].matches(of: /\.(\w+)/), expected) {
            let member = try #require(objects[0][String(name.1)], "\(command)")
            #expect("\(member)" == value.replacing("\"", with: ""), "\(command)")
        }
    }

    @Test("the scenario is the sample's, and what it says of a handler that does otherwise is what the README says")
    func scenario() throws {
        let sample = "\(Self.root)/samples/calls/demo.yaml"
        let lines = try String(contentsOfFile: sample, encoding: .utf8).split(separator: "\n").map(String.init)
        let block = try #require(Self.blocks.first { $0.language == "yaml" && $0.lines[0].hasPrefix("scenario: ") })
        #expect(block.lines == lines.filter { !$0.hasPrefix("#") })
        let other = lines.map { $0.replacing("Press a key.", with: "Press any key.") }.flatMap { line in
            line.contains("play_wav_data") ? [line, "    - play"] : [line]
        }
        try place.write(Array((other.joined(separator: "\n") + "\n").utf8), to: "samples/calls/demo.yaml")
        let handler = try HandlerProgram.demo("\(Workplace.products)/rtmedia", state: place.path)
        let run = try place.rtmedia("call", handler.address, "samples/calls/demo.yaml")
        #expect(run.status == 1)
        let told = try #require(Self.blocks.first { $0.lines[0].hasPrefix("samples/calls/demo.yaml: FAILED") })
        expect(run.text.split(separator: "\n").map(String.init), toBe: told.lines, "rtmedia call")
    }

    @Test("the flow files have no findings")
    func flow() throws {
        let blocks = Self.blocks.filter { $0.language == "yaml" && $0.lines[0].hasPrefix("flow: ") }
        try place.copy("chime.flac", to: "welcome.flac")
        for block in blocks {
            try place.write(Array(block.lines.joined(separator: "\n").utf8), to: "menu.yaml")
            let run = try place.rtmedia("serve", "menu.yaml", "--check")
            let name = block.lines[0].dropFirst(6)
            #expect(
                run.status == 0 && run.text.hasPrefix("menu.yaml: no findings: \(name) ("), "\(run.text)\(run.errors)")
        }
        #expect(blocks.count == 2)
    }

    @Test("the scenario of the second flow file passes, with its look-ups as it says")
    func lookups() throws {
        let flow = try #require(Self.blocks.first { $0.lines[0] == "flow: office" })
        let scenario = try #require(Self.blocks.first { $0.lines[0] == "scenario: Ann leaves a number" })
        try place.write(Array(flow.lines.joined(separator: "\n").utf8), to: "office.yaml")
        try place.write(Array(scenario.lines.joined(separator: "\n").utf8), to: "scenario.yaml")
        let server = try ServedProcess(["serve", "office.yaml", "--mock-lookups", "--port", "0"], in: place)
        let run = try place.rtmedia("call", "http://127.0.0.1:\(server.port)/", "scenario.yaml")
        #expect(run.status == 0, "\(run.text)")
        #expect(try server.end() == 0)
    }

    @Test("HAProxy takes the lines as they are")
    func proxy() throws {
        let block = try #require(Self.blocks.first { $0.lines[0] == "defaults" })
        try place.write(Array((block.lines.joined(separator: "\n") + "\n").utf8), to: "haproxy.cfg")
        let run = try place.shell("PATH=$PATH:/usr/sbin haproxy -c -f haproxy.cfg")
        #expect(run.status == 0 && !run.errors.contains("ALERT"), "\(run.errors)")
    }

    @Test("no block is forgotten")
    func known() {
        for block in Self.blocks {
            let isKnown =
                switch block.language {
                // Commands that CI runs word for word, and what a handler is made of.
                case "sh", "swift": true
                case "yaml": block.lines[0].hasPrefix("scenario: ") || block.lines[0].hasPrefix("flow: ")
                default:
                    // Findings in a file that is not shown, and damaged files by the hundred thousand, of which CI takes some.
                    ["$ ", "samples/calls/demo.yaml: FAILED", "defaults", "menu.yaml:7:50: error", "cd Tests/Fuzzing"]
                        .contains {
                            block.lines[0].hasPrefix($0)
                        }
                }
            #expect(isKnown, "\(block.lines[0])")
        }
    }
}
