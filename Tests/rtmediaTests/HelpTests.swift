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
            "convert", "inspect", "detect", "say", "voices", "validate", "schema", "serve", "call", "init", "tune",
            "levels", "studio",
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

    @Test("the manual has a page for the tool and for each subcommand, with each option that the help has")
    func manual() throws {
        let run = try place.rtmedia("--generate-manual", "man/pages")
        #expect(run.status == 0 && run.errors.isEmpty && run.output.isEmpty)
        let recorded = try FileManager.default.contentsOfDirectory(atPath: Self.golden)
        let pages = try FileManager.default.contentsOfDirectory(atPath: "\(place.path)/man/pages")
        #expect(
            pages.sorted()
                == recorded.map { $0.replacing(".txt", with: ".1") }.sorted())
        for name in recorded where name != "rtmedia.txt" {
            let command = name.dropFirst("rtmedia-".count).dropLast(".txt".count)
            let page = try String(decoding: place.bytes("man/pages/rtmedia-\(command).1"), as: UTF8.self)
            let help = try place.rtmedia(String(command), "--help").text
            // An option begins a line of its own, behind its short name if it has one.
            let options = help.matches(of: /(?m)^  (?:-\w, )?(--[a-z0-9-]+)/).map { String($0.1) }
            let named = page.replacing("\\-", with: "-").matches(of: /\\fB(?:-\w, )?(--[a-z0-9-]+)/).map {
                String($0.1)
            }
            #expect(named.sorted() == options.sorted(), "\(command)")
        }
    }

    @Test("completions are scripts that their shells accept", arguments: ["bash", "zsh", "fish"])
    func completions(shell: String) throws {
        let script = try place.rtmedia("--generate-completion-script", shell)
        #expect(script.status == 0 && script.errors.isEmpty)
        #expect(
            script.text.contains("convert") && script.text.contains("inspect") && script.text.contains("band-limit"))
        for name in [
            "detect", "say", "voices", "serve", "call", "init", "tune", "levels", "validate", "schema", "help",
        ] {
            #expect(script.text.contains(name), "\(name)")
        }
        try place.write(script.output, to: "completion")
        let check = try place.run(shell, ["-n", "completion"])
        #expect(check.status == 0 && check.errors.isEmpty)
    }

    @Test(
        "bash completes commands, options, values and files",
        arguments: [
            (["rtmedia", "de"], ["detect"]), (["rtmedia", "help", "val"], ["validate"]),
            (["rtmedia", "convert", "--ba"], ["--band-limit"]),
            (["rtmedia", "convert", "--as", ""], ["wav", "base64", "command"]),
            (["rtmedia", "serve", "--log-level", "de"], ["debug"]),
            (["rtmedia", "serve", "m"], ["menu.yaml", "menus"]),
            (["rtmedia", "convert", "-o", "m"], ["menu.txt", "menu.yaml", "menus"]),
            (["rtmedia", "call", "http://x/", "--record", "m"], ["menus"]),
        ])
    func bash(words: [String], offered: [String]) throws {
        _ = try place.shell("mkdir menus; touch menu.yaml menu.txt; rtmedia --generate-completion-script bash > script")
        let quoted = words.map { "'\($0)'" }.joined(separator: " ")
        let run = try place.shell(
            "source ./script; COMP_WORDS=(\(quoted)); COMP_CWORD=\(words.count - 1); _rtmedia; printf '%s\\n' \"${COMPREPLY[@]}\""
        )
        #expect(run.text.split(separator: "\n").map(String.init).sorted() == offered.sorted(), "\(run.errors)")
    }

    @Test("fish completes commands, options and values")
    func fish() throws {
        _ = try place.shell("rtmedia --generate-completion-script fish > script")
        func offered(_ line: String) throws -> String {
            try place.run("fish", ["--no-config", "-c", "source script; complete -C '\(line)'"]).text
        }
        #expect(try offered("rtmedia det").hasPrefix("detect\tPredict what"))
        #expect(try offered("rtmedia convert --band").hasPrefix("--band-limit\tLimit the band"))
        #expect(try offered("rtmedia convert --as com").hasPrefix("command\t"))
    }
}
