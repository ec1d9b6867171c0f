import Foundation
import Glibc
import TestSupport
import Testing

/// What the tool says of itself, to the letter; `RERECORD=1 swift test` writes the texts anew.
@Suite(.waiting) struct HelpTests {
    let place = Workplace()
    private static let golden = "/" + #filePath.split(separator: "/").dropLast().joined(separator: "/") + "/Golden"

    private func expectGolden(_ text: String, _ name: String) throws {
        let file = URL(fileURLWithPath: "\(Self.golden)/\(name).txt")
        if getenv("RERECORD") != nil {
            try Data(text.utf8).write(to: file)
            Issue.record("\(name).txt was written anew: look at what has changed, and run without RERECORD")
        }
        #expect(text == String(decoding: try Data(contentsOf: file), as: UTF8.self))
    }

    @Test(
        "the help of the tool is as recorded, however it is asked for", arguments: [[], ["--help"], ["-h"], ["help"]])
    func root(arguments: [String]) throws {
        let run = try place.run("rtmedia", arguments)
        #expect(run.status == 0 && run.errors.isEmpty)
        try expectGolden(run.text, "rtmedia")
    }

    @Test(
        "the help of every subcommand is as recorded, and ends with examples",
        arguments: [
            "convert", "inspect", "detect", "say", "voices", "validate", "schema", "serve", "call", "tune", "levels",
        ])
    func subcommand(name: String) throws {
        let run = try place.rtmedia(name, "--help")
        #expect(run.status == 0 && run.errors.isEmpty)
        try expectGolden(run.text, "rtmedia-\(name)")
        let examples = try #require(run.text.components(separatedBy: "\n\nEXAMPLES:\n").last)
        #expect(examples.split(separator: "\n").allSatisfy { $0.contains("rtmedia \(name)") })
        #expect(try place.rtmedia("help", name).output == run.output)
    }

    @Test("every subcommand that the tool names has a recorded help")
    func complete() throws {
        let list = try #require(try place.rtmedia("--help").text.components(separatedBy: "SUBCOMMANDS:\n").last)
        let lines = list.split(separator: "\n").filter {
            $0.hasPrefix("  ") && !$0.hasPrefix("   ") && !$0.contains("See '")
        }
        let names = lines.compactMap { $0.split(separator: " ").first.map { "rtmedia-\($0).txt" } }
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: Self.golden).sorted()
                == (names + ["rtmedia.txt"]).sorted())
    }

    /// What the tool tells those who make manuals of it.
    private struct Manual: Decodable {
        struct Command: Decodable {
            let commandName: String
            let abstract: String?
            let subcommands: [Command]?
            let arguments: [Argument]?
        }

        struct Argument: Decodable {
            struct Name: Decodable {
                let kind: String
                let name: String
            }

            let names: [Name]?
            let abstract: String?
            let shouldDisplay: Bool
        }

        let command: Command
    }

    @Test("what a manual is made of has every subcommand, and each option with its sentence, as the help has")
    func manual() throws {
        let run = try place.rtmedia("--experimental-dump-help")
        #expect(run.status == 0 && run.errors.isEmpty)
        let root = try JSONDecoder().decode(Manual.self, from: Data(run.output)).command
        let commands = (root.subcommands ?? []).filter { $0.commandName != "help" }
        let recorded = try FileManager.default.contentsOfDirectory(atPath: Self.golden)
        #expect(root.commandName == "rtmedia" && commands.count == recorded.count - 1)
        for command in commands {
            #expect(recorded.contains("rtmedia-\(command.commandName).txt") && command.abstract?.isEmpty == false)
            let shown = (command.arguments ?? []).filter(\.shouldDisplay)
            #expect(shown.allSatisfy { $0.abstract?.isEmpty == false }, "\(command.commandName)")
            let names = shown.flatMap { $0.names ?? [] }.filter { $0.kind == "long" }.map { "--\($0.name)" }
            let help = try place.rtmedia(command.commandName, "--help").text
            // An option begins a line of its own, behind its short name if it has one.
            let options = help.matches(of: /(?m)^  (?:-\w, )?(--[a-z0-9-]+)(?:\/(--[a-z0-9-]+))?/).flatMap {
                [String($0.1)] + ($0.2.map { [String($0)] } ?? [])
            }
            #expect(Set(names) == Set(options), "\(command.commandName)")
        }
    }

    @Test("completions are scripts that their shells accept", arguments: ["bash", "zsh", "fish"])
    func completions(shell: String) throws {
        let script = try place.rtmedia("--generate-completion-script", shell)
        #expect(script.status == 0 && script.errors.isEmpty)
        #expect(
            script.text.contains("convert") && script.text.contains("inspect") && script.text.contains("band-limit"))
        try place.write(script.output, to: "completion")
        let check = try place.run(shell, ["-n", "completion"])
        #expect(check.status == 0 && check.errors.isEmpty)
    }
}
