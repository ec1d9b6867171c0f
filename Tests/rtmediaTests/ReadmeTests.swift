import Foundation
import TestSupport
import Testing

/// The examples of the README and of the articles: what can be run here is run, and says what is written there.
///
/// HTML comments before a block, which readers do not see, say how it is run:
///
///     <!-- setup: cp $samples/chime.mp3 welcome.mp3 -->      shell, run before the block; $asterisk has Debian's prompts
///     <!-- handler: demo -->                                 who answers at 127.0.0.1:8080: the demo, or a mistake of menu.py
///     <!-- exit: 65 -->                                      the exit code of the block's last command, if it is not 0
///     <!-- not run: needs a loudspeaker -->                  why the block is not run
@Suite(.waiting, .timeLimit(.minutes(10))) struct ReadmeTests {
    /// The README, or an article.
    struct Document: Sendable, CustomTestStringConvertible {
        /// The path, from the package's folder.
        let path: String
        let text: String

        var testDescription: String { path }

        /// What lies between the fences.
        var blocks: [Block] {
            var blocks: [Block] = []
            var notes: [String: String] = [:]
            var rest = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)[...]
            while let line = rest.popFirst() {
                if line.hasPrefix("<!-- ") {
                    var note = line
                    while !note.hasSuffix("-->"), let next = rest.popFirst() { note += "\n" + next }
                    let parts = note.dropFirst(5).dropLast(4).split(separator: ": ", maxSplits: 1).map(String.init)
                    notes[parts[0]] = parts.count > 1 ? parts[1] : ""
                } else if line.hasPrefix("```") {
                    let end = rest.firstIndex { $0.hasPrefix("```") } ?? rest.endIndex
                    let lines = Array(rest[..<end])
                    blocks.append(Block(language: String(line.dropFirst(3)), lines: lines, notes: notes))
                    rest = rest[end...].dropFirst()
                    notes = [:]
                } else if !line.isEmpty {
                    notes = [:]
                }
            }
            return blocks
        }
    }

    /// A fenced block, and the comments before it.
    struct Block: Sendable {
        let language: String
        let lines: [String]
        let notes: [String: String]

        var text: String { lines.joined(separator: "\n") + "\n" }
        var isRun: Bool { notes["not run"] == nil }

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

    private static let root = URL(filePath: Workplace.samples).deletingLastPathComponent().deletingLastPathComponent()
        .path

    /// The README, and the articles of all modules.
    static let documents: [Document] = {
        let articles = try! FileManager.default.subpathsOfDirectory(atPath: "\(root)/Sources")
            .filter { $0.contains(".docc/") && $0.hasSuffix(".md") }.sorted()
        return (["README.md"] + articles.map { "Sources/\($0)" }).map { path in
            Document(path: path, text: try! String(contentsOfFile: "\(root)/\(path)", encoding: .utf8))
        }
    }()

    private static func document(_ name: String) throws -> Document {
        try #require(documents.first { $0.path.hasSuffix("/\(name).md") })
    }

    let place = Workplace()

    // MARK: - Commands

    @Test("each command says what is under it", arguments: documents)
    func commands(_ document: Document) throws {
        let samples = try place.shell("mkdir samples && cp -r \(Self.root)/samples/{calls,flows,audio} samples")
        try #require(samples.status == 0)
        for block in document.blocks where block.isRun && block.lines.first?.hasPrefix("$ ") == true {
            try prepare(block)
            let handler = try block.notes["handler"].map(handler)
            for (index, (command, output)) in block.commands.enumerated() {
                if command.hasPrefix("rtmedia serve "), command.hasSuffix("&") {
                    #expect(handler != nil, "\(command): no handler is named")
                } else if command.hasPrefix("rtmedia serve "), !command.contains("--check") {
                    try serve(command, output)
                } else {
                    let isLast = index == block.commands.count - 1
                    let status = isLast ? Int32(block.notes["exit"] ?? "0") : 0
                    try run(command, output, status: try #require(status), handler: handler)
                }
            }
        }
    }

    /// Runs what a block needs first.
    private func prepare(_ block: Block) throws {
        guard let setup = block.notes["setup"] else { return }
        let made = try place.shell(
            "set -e; samples=\(Workplace.samples); asterisk=/usr/share/asterisk/sounds; \(setup)")
        try #require(made.status == 0, "\(setup): \(made.errors)")
    }

    /// Who answers at 127.0.0.1:8080.
    private func handler(_ name: String) throws -> HandlerProgram {
        name == "demo" ? try .demo("\(Workplace.products)/rtmedia", state: place.path) : try .menu(name)
    }

    /// Whether a line is as it is written, where `...` is whatever is too long to write, and times are of another machine.
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

    private func serve(_ command: String, _ expected: [String]) throws {
        let server = try ServedProcess(
            command.split(separator: " ").dropFirst().map(String.init) + ["--port", "0"], in: place)
        #expect(try server.end() == 0)
        let output = server.log.replacing("127.0.0.1:\(server.port)", with: "127.0.0.1:8080")
        expect(output.split(separator: "\n").map(String.init), toBe: expected, command)
    }

    private func run(_ command: String, _ expected: [String], status: Int32, handler: HandlerProgram?) throws {
        // jq needs not be here: what it is given must be lines of JSON, whose members it takes.
        let parts = command.split(separator: " | jq ", maxSplits: 1).map(String.init)
        let line = handler.map { parts[0].replacing("127.0.0.1:8080", with: "127.0.0.1:\($0.port)") } ?? parts[0]
        // What goes to programs is shown without what people are told.
        let isData = parts.count > 1 || command.contains("--as ")
        let run = try place.shell("{ \(line)\n} \(isData ? "2> errors" : "2>&1")")
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

    // MARK: - Files

    @Test("each flow file has no findings, each scenario can be run, and each message is valid")
    func files() throws {
        let handler = try handler("demo")
        var count = 0
        for block in Self.documents.flatMap(\.blocks) where block.isRun {
            switch block.language {
            case "yaml" where block.lines[0].hasPrefix("flow: "):
                try place.copy("chime.flac", to: "welcome.flac")
                try place.write(Array(block.text.utf8), to: "menu.yaml")
                let run = try place.rtmedia("serve", "menu.yaml", "--check")
                let name = block.lines[0].dropFirst(6)
                #expect(
                    run.status == 0 && run.text.hasPrefix("menu.yaml: no findings: \(name) ("),
                    "\(run.text)\(run.errors)")
            case "yaml":
                // The demo does not do what most of them expect.
                try place.write(Array(block.text.utf8), to: "scenario.yaml")
                let run = try place.rtmedia("call", handler.address, "scenario.yaml")
                #expect([0, 1].contains(run.status), "\(block.lines[0]): \(run.text)\(run.errors)")
            case "json":
                try place.write(Array(block.text.utf8), to: "message.json")
                #expect(try place.rtmedia("validate", "message.json").status == 0, "\(block.text)")
            default: continue
            }
            count += 1
        }
        #expect(count >= 6)
    }

    @Test("the scenario for the demo is the sample's")
    func scenario() throws {
        let sample = try String(contentsOfFile: "\(Self.root)/samples/calls/demo.yaml", encoding: .utf8)
        let lines = sample.split(separator: "\n").map(String.init).filter { !$0.hasPrefix("#") }
        for name in ["TestAHandler", "Scenarios"] {
            let block = try Self.document(name).blocks.first { $0.language == "yaml" }
            #expect(block?.lines == lines, "\(name)")
        }
    }

    @Test("the scenario of the second flow file passes, with its look-ups as it says")
    func lookups() throws {
        let blocks = try Self.document("FlowFileReference").blocks
        let flow = try #require(blocks.first { $0.lines[0] == "flow: office" })
        let scenario = try #require(blocks.first { $0.lines[0] == "scenario: Ann leaves a number" })
        try place.write(Array(flow.text.utf8), to: "office.yaml")
        try place.write(Array(scenario.text.utf8), to: "scenario.yaml")
        let server = try ServedProcess(["serve", "office.yaml", "--mock-lookups", "--port", "0"], in: place)
        let run = try place.rtmedia("call", "http://127.0.0.1:\(server.port)/", "scenario.yaml")
        #expect(run.status == 0, "\(run.text)")
        #expect(try server.end() == 0)
    }

    @Test("HAProxy takes the lines as they are")
    func proxy() throws {
        let block = try #require(try Self.document("ServeAndDeploy").blocks.first { $0.lines[0] == "defaults" })
        try place.write(Array(block.text.utf8), to: "haproxy.cfg")
        let run = try place.shell("PATH=$PATH:/usr/sbin haproxy -c -f haproxy.cfg")
        #expect(run.status == 0 && !run.errors.contains("ALERT"), "\(run.errors)")
    }

    // MARK: - What is there

    @Test("each block is run, compiled or validated, and those that are not say why")
    func known() {
        let blocks = Self.documents.flatMap { document in document.blocks.map { (document.path, $0) } }
        for (path, block) in blocks where block.isRun {
            let isKnown =
                switch block.language {
                // The tests of the samples compile them.
                case "swift": true
                // CI runs them word for word.
                case "sh": path == "README.md"
                case "yaml": block.lines[0].hasPrefix("scenario: ") || block.lines[0].hasPrefix("flow: ")
                case "json": true
                default: block.lines[0].hasPrefix("$ ") || block.lines[0] == "defaults"
                }
            #expect(isKnown, "\(path): \(block.lines[0])")
            #expect(Set(block.notes.keys).isSubset(of: ["setup", "handler", "exit"]), "\(path): \(block.notes)")
        }
        // One more is one more that nobody notices when it is no longer true.
        let skipped = blocks.filter { !$0.1.isRun }
        #expect(skipped.count == 43, "\(skipped.map { "\($0.0): \($0.1.lines[0])" })")
        #expect(skipped.allSatisfy { ($0.1.notes["not run"] ?? "").contains(" ") })
    }

    @Test("each link leads to a file, and each article is in the map of its catalog")
    func links() throws {
        for document in Self.documents {
            let folder = URL(filePath: "\(Self.root)/\(document.path)").deletingLastPathComponent()
            for link in document.text.matches(of: /\]\(([^)#:]+)\)/) {
                let target = folder.appending(path: String(link.1)).standardizedFileURL.path
                #expect(FileManager.default.fileExists(atPath: target), "\(document.path): \(link.1)")
            }
            for link in document.text.matches(of: /<doc:(\w+)>/) {
                let target = folder.appending(path: "\(link.1).md").path
                #expect(FileManager.default.fileExists(atPath: target), "\(document.path): \(link.1)")
            }
            guard document.path.contains(".docc/") else { continue }
            let catalog = folder.deletingPathExtension().lastPathComponent
            let name = URL(filePath: document.path).deletingPathExtension().lastPathComponent
            if name != catalog {
                let map = try Self.document("\(catalog).docc/\(catalog)").text
                #expect(map.contains("<doc:\(name)>"), "\(document.path) is not in the topics of \(catalog)")
            }
        }
    }

    @Test("each public type has a topic where its module has a page")
    func topics() throws {
        for document in Self.documents {
            guard let page = document.path.wholeMatch(of: /Sources\/(\w+)\/\w+\.docc\/(\w+)\.md/), page.1 == page.2
            else { continue }
            let folder = "\(Self.root)/Sources/\(page.1)"
            for file in try FileManager.default.subpathsOfDirectory(atPath: folder) where file.hasSuffix(".swift") {
                let source = try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
                let declaration =
                    /(?m)^public (?:final |indirect )*(?:struct|enum|class|actor|protocol|typealias|func) (\w+)/
                for type in source.matches(of: declaration) {
                    let isListed = document.text.contains("- ``\(type.1)``") || document.text.contains("/\(type.1)``")
                    #expect(isListed, "\(page.1): \(type.1) has no topic")
                }
            }
        }
    }

    @Test("the README is short")
    func length() {
        #expect(Self.documents[0].text.split(separator: "\n", omittingEmptySubsequences: false).count < 200)
    }
}
