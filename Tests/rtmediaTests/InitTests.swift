import Foundation
import TestSupport
import Testing

/// `rtmedia init`, and what it writes: the sample handlers, their scenarios, and the commands of the CI files.
@Suite(.waitingForTime, .timeLimit(.minutes(15))) struct InitTests {
    let place = Workplace()

    private static let samples = URL(filePath: Workplace.samples).deletingLastPathComponent().path

    @Test(
        "A handler does what its scenarios say, on every path and with every fault, by the commands of its CI file",
        arguments: [
            ("node", "github", "voicemail.mjs"), ("php", "gitlab", "voicemail.php"),
            ("python", "github", "voicemail.py"),
            ("go", "gitlab", "voicemail.go"), ("flow", "github", "voicemail.yaml"),
        ])
    func runs(kind: String, service: String, handler: String) throws {
        let run = try place.rtmedia("init", kind, "new/folder", "--ci", service)
        #expect(run.status == 0, "\(run.errors)")
        let file = service == "github" ? ".github/workflows/calls.yml" : ".gitlab-ci.yml"
        let names = [handler, "calls/voicemail.yaml", "calls/voicemail-silent.yaml", file].map { "new/folder/\($0)" }
        #expect(run.text == names.map { "\($0)\n" }.joined())
        #expect(place.files == names.sorted())
        let content = String(decoding: try place.bytes("new/folder/\(file)"), as: UTF8.self)
        let port = try HeldPort()
        let commands = content.split(separator: "\n").compactMap { line -> String? in
            guard let command = line.firstRange(of: "rtmedia call ") else { return nil }
            return String(line[command.lowerBound...]).replacing("8080", with: "\(port.number)")
        }
        #expect(commands.count == 3)
        #expect(content.contains(kind == "flow" ? " debian:bookworm\n" : "bookworm\n"))
        #expect(content.contains("node:20") == (kind == "node"))
        // Whoever else works on this machine is no fault of the handler.
        let lines = commands.map { "\($0) --patience 60" }.joined(separator: "\n")
        let variables = ["HOME": place.path, "GOCACHE": "\(place.path)/go", "RTMEDIA_SECRET": "a secret of the tests"]
        let calls = try place.shell("set -e; cd new/folder\n\(lines)", environment: variables)
        #expect(calls.status == 0, "\(calls.text)\n\(calls.errors)")
        #expect(calls.text.contains(": no findings") && calls.text.contains(": 0 findings\n"))
        for name in ["calls.xml", "calls/voicemail.wav", "calls/voicemail.txt", "calls/voicemail-silent.jsonl"] {
            #expect(place.files.contains("new/folder/results/\(name)"), "\(name)")
        }
        #expect(!port.isServed)
    }

    @Test("What is written in Swift is the sample, which is compiled with the samples")
    func swift() throws {
        let run = try place.rtmedia("init", "swift", ".")
        #expect(run.status == 0 && run.errors.contains("Package.swift names the folder of rtmedia's source"))
        for (name, sample) in [
            ("Sources/voicemail/main.swift", "handlers/swift/Sources/voicemail/main.swift"),
            ("Sources/voicemail/Voicemail.swift", "flows/Voicemail.swift"),
        ] { #expect(try place.bytes(name) == Workplace.bytes("\(Self.samples)/\(sample)")) }
        let package = String(decoding: try place.bytes("Package.swift"), as: UTF8.self)
        #expect(package.contains(#"path: "../rtmedia""#))
        let workflow = String(decoding: try place.bytes(".github/workflows/calls.yml"), as: UTF8.self)
        for part in [
            " swift:6.3-bookworm\n", "--start 'swift run voicemail 8080' --wait 1800", "libsndfile1-dev",
            "--explore --max-calls 400",
        ] {
            #expect(workflow.contains(part), "\(part)")
        }
    }

    @Test("A file that is there is never replaced, and then nothing is written")
    func exists() throws {
        for taken in ["voicemail.py", ".github/workflows/calls.yml"] {
            let place = Workplace()
            try place.write(Array("mine".utf8), to: taken)
            let run = try place.rtmedia("init", "python", ".")
            #expect(run.status == 73 && run.output.isEmpty)
            #expect(run.errors == "rtmedia: ./\(taken): exists already; nothing was written\n")
            #expect(try place.bytes(taken) == Array("mine".utf8) && place.files == [taken])
        }
    }

    @Test("An unknown kind is refused with those that there are, with 64")
    func unknown() throws {
        let run = try place.rtmedia("init", "cobol", "x")
        #expect(run.status == 64 && run.errors.contains("node") && place.files.isEmpty)
    }
}
