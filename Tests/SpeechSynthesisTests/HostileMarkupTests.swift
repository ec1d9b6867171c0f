import Foundation
import Glibc
import SpeechSynthesis
import TelephonyAudio
import TestSupport
import Testing

/// No text reads a file or starts a program, neither by the library nor by the worker alone.
@Suite(.waiting) struct HostileMarkupTests {
    /// What espeak-ng 1.51 would open or start; `CANARY` is a pipe, which whoever opens it waits at.
    static let markups = [
        #"<speak>one <audio src="CANARY"/> two</speak>"#, #"<p><s><AUDIO src='CANARY'>x</AUDIO></s></p>"#,
        #"<speak xml:base="/">one <audio src="CANARY"/></speak>"#,
        #"<voice name="en+../../../../../../../..CANARY">a</voice>"#,
        #"<voice name="mb/mb-de5">a</voice>"#, "&#1;0I one", "&#x1;5V one",
    ]

    /// A folder with a named pipe, and with a sox that leaves a file, which espeak-ng would have a shell call.
    private final class Trap {
        let folder = "/tmp/rtmedia-speech-test.\(UUID().uuidString)"
        var canary: String { "\(folder)/c" }

        init() throws {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try #require(mkfifo(canary, 0o600) == 0)
        }

        deinit { try? FileManager.default.removeItem(atPath: folder) }

        /// What the worker does with a text that nobody has looked at.
        func run(_ text: String, _ options: [String]) throws -> (status: Int32, reason: String) {
            let process = Process()
            let (input, errors) = (Pipe(), Pipe())
            process.executableURL = URL(fileURLWithPath: WorkerScript.real)
            process.arguments = ["--voice", "gmw/en"] + options
            process.standardInput = input
            process.standardOutput = FileHandle.nullDevice
            process.standardError = errors
            try process.run()
            try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
            try input.fileHandleForWriting.close()
            let said = errors.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            return (process.terminationStatus, String(decoding: said, as: UTF8.self))
        }
    }

    @Test("markup that stands for a file or a program is refused", arguments: markups)
    func library(markup: String) async throws {
        let trap = try Trap()
        var utterance = Utterance(markup.replacing("CANARY", with: trap.canary), voice: "en")
        utterance.isSSML = true
        let synthesizer = SpeechSynthesizer()
        let failure = await error { () throws(SpeechError) in try await synthesizer.speech(for: utterance) }
        #expect(failure?.code == .markup, "\(failure?.description ?? "spoken")")
    }

    @Test("the worker refuses it too, whoever starts it", .timeLimit(.minutes(15)), arguments: markups)
    func worker(markup: String) throws {
        let trap = try Trap()
        let run = try trap.run(markup.replacing("CANARY", with: trap.canary), ["--ssml"])
        #expect(run.status == 64 && run.reason.contains("the SSML is refused: line 1, column "), "\(run)")
    }

    @Test("the worker takes no commands of the engine in plain text, and no path for a voice", .timeLimit(.minutes(15)))
    func plain() throws {
        let trap = try Trap()
        for text in ["\u{1}0I one", "a\0b", "\u{2}x"] {
            #expect(try trap.run(text, []).status == 64)
        }
        for voice in [
            "../../../..\(trap.canary)", trap.canary, "gmw/en+../../../../../../..\(trap.canary)", "mb/mb-de5",
        ] {
            #expect(try trap.run("one", ["--voice", voice]).status == 65)
        }
    }

    @Test("a voice that is another program's is none for markup", .timeLimit(.minutes(15)))
    func otherProgram() async throws {
        // As of espeak-ng-data: a voice of MBROLA that is called like any other.
        let markup = #"<voice name="en-german-5">one</voice>"#
        let run = try Trap().run(markup, ["--ssml"])
        #expect(run.status == 64 && run.reason.contains("<voice> is not for the engine"), "\(run)")
        var utterance = Utterance(markup, voice: "fr")
        utterance.isSSML = true
        // It is taken for a language and a region, of which the engine's own voice speaks.
        #expect(try await SpeechSynthesizer().speech(for: utterance).otherVoices.map(\.file) == ["gmw/en"])
    }

    @Test(
        "random markup is spoken or refused with its place; nothing of it is opened, and nothing crashes or hangs",
        .timeLimit(.minutes(15)))
    func fuzz() async throws {
        let trap = try Trap()
        var random = SplitMix64(seed: 11)
        let pieces =
            Self.markups.map { $0.replacing("CANARY", with: trap.canary) } + [
                "<speak>", "</speak>", "<p>", "</p>", "<s>one", "</s>", "<voice name='fr'>", "</voice>",
                "<lang xml:lang='de'>",
                "</lang>", "<break time='20ms'/>", "<break/>", "<prosody rate='200%' volume='+9dB'>", "</prosody>",
                "&amp;",
                "<emphasis>", "</emphasis>", "<say-as interpret-as='digits'>12", "</say-as>", "<![CDATA[ <a> ]]>",
                "two",
                "<phoneme alphabet='x-espeak-ng' ph='h@l'>", "</phoneme>", "&#x1F600;", "<!-- c -->", "<sub alias='x'>",
                "</sub>",
                "[[", "]]", "'", "<", ">", "\u{202E}", "é", "<desc>", "</desc>", "東", "<mark name='a'/>", "<w>", "</w>",
            ]
        let synthesizer = SpeechSynthesizer()
        var spoken = 0
        for _ in 0..<400 {
            let count = Int.random(in: 1...8, using: &random)
            var open: [String] = []
            var text = ""
            for _ in 0..<count {
                let piece = pieces.randomElement(using: &random)!
                text += piece
                if piece.hasPrefix("<"), !piece.hasPrefix("</"), !piece.contains("/>"),
                    let name = piece.dropFirst().split(whereSeparator: { " >".contains($0) }).first
                {
                    open.append(String(name))
                }
                if Bool.random(using: &random), let name = open.popLast() { text += "</\(name)>" }
            }
            // Half of them are closed as they should be.
            if Bool.random(using: &random) { text += open.reversed().map { "</\($0)>" }.joined() }
            var utterance = Utterance(text, voice: "en")
            utterance.isSSML = true
            let failure = await error { () throws(SpeechError) in try await synthesizer.speech(for: utterance) }
            if failure == nil { spoken += 1 }
            #expect(
                [nil, .markup, .text, .unknownVoice].contains(failure?.code), "\(text): \(failure?.description ?? "")")
        }
        #expect(spoken > 20)
    }

    @Test("the worker gives up what it does not need before it reads a text", .timeLimit(.minutes(15)))
    func confined() throws {
        let process = Process()
        let input = Pipe()
        process.executableURL = URL(fileURLWithPath: WorkerScript.real)
        process.arguments = ["--voice", "gmw/en"]
        process.standardInput = input
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        defer {
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
        func read(_ name: String) throws -> String {
            try String(contentsOfFile: "/proc/\(process.processIdentifier)/\(name)", encoding: .utf8)
        }
        // It waits for its text then.
        while try !read("status").contains("Seccomp:\t2\n") { usleep(5000) }
        #expect(try read("status").contains("NoNewPrivs:\t1\n"))
        let limits = try read("limits")
        for (name, limit) in [
            ("Max core file size", "0"), ("Max processes", "0"), ("Max open files", "64"), ("Max cpu time", "600"),
            ("Max file size", "1073741824"), ("Max address space", "1073741824"),
        ] {
            let line = try #require(limits.split(separator: "\n").first { $0.hasPrefix(name) })
            #expect(line.dropFirst(name.count).split(separator: " ").first == Substring(limit), "\(line)")
        }
    }
}
