import Foundation
import Glibc
import TestSupport
import Testing

/// File systems that only one program and its children see.
private enum OwnMounts {
    /// What `unshare` is told: root has mounts of its own at once, others as root of a name space of theirs.
    static let unshare = ["--mount"] + (getuid() == 0 ? [] : ["--map-root-user"])

    /// Whether they may be made here, as containers may forbid.
    static let areAllowed: Bool = {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/unshare")
        process.arguments = unshare + ["mount", "-t", "tmpfs", "none", "/mnt"]
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()
}

/// What becomes of results, temporary files and what is kept when the disk is full: real file systems of some kilobytes, which
/// only the program sees.
@Suite(
    .waiting, .timeLimit(.minutes(10)),
    .enabled(if: OwnMounts.areAllowed, "nobody here may have a file system of their own (unshare --mount)"))
struct FullDiskTests {
    let place = Workplace()

    /// Runs a line of shell where the folder `full` has a disk of its own.
    ///
    /// - Parameter options: how large it is, for `mount`.
    /// - Returns: what became of the line, and what is on the disk after it, with its size.
    private func run(
        _ line: String, on options: String = "size=48k", environment: [String: String] = [:]
    ) throws -> (run: Workplace.Run, left: [String]) {
        mkdir("\(place.path)/full", 0o777)
        let script = """
            mount -t tmpfs -o \(options) none full || exit 99
            { \(line)
            } ; code=$?
            (cd full && find . -type f -printf '%P %s\\n' | sort) > left
            exit $code
            """
        let run = try place.run("unshare", OwnMounts.unshare + ["bash", "-c", script], environment: environment)
        let left = String(decoding: try place.bytes("left"), as: UTF8.self).split(separator: "\n").map(String.init)
        try FileManager.default.removeItem(atPath: "\(place.path)/left")
        #expect(place.temporaryFiles.isEmpty)
        return (run, left)
    }

    /// Makes ten seconds of noise, 160 kB as a result.
    private func makeLong(_ name: String = "long.wav") throws {
        try place.write(TestSound(TestSound.noise(amplitude: 9000, count: 80_000)).wav, to: name)
    }

    // MARK: convert

    @Test(
        "a result that there is no room for is not there, and is told with 74",
        arguments: [
            "-o full/a.wav", "-o full/a.wav --level -26", "-o full/a.b64 --as base64", "-o full/a.json --as command",
        ], [true, false])
    func result(words: String, exists: Bool) throws {
        try makeLong()
        let before = exists ? "echo before > full/\(words.split(separator: " ")[1].dropFirst(5)); " : ""
        let (run, left) = try run("\(before)rtmedia convert long.wav \(words)\(exists ? " --force" : "")")
        let name = words.split(separator: " ")[1]
        #expect(run.status == 74)
        #expect(run.errors == "rtmedia: \(name): writing failed: No space left on device\n" && run.output.isEmpty)
        #expect(left == (exists ? ["\(name.dropFirst(5)) 7"] : []))
    }

    @Test("in a folder, what had room is whole, and the rest is told")
    func folder() throws {
        for name in ["in/a.wav", "in/c.wav"] { try place.copy("chime.wav", to: name) }
        try makeLong("in/b.wav")
        let (run, left) = try run("rtmedia convert in -o full/out --jobs 1; code=$?; cp full/out/*.wav .; (exit $code)")
        #expect(
            run.status == 74
                && run.errors.contains("rtmedia: full/out/b.wav: writing failed: No space left on device\n"))
        #expect(run.errors.contains("2 converted, 1 failed in "))
        #expect(left == ["out/a.wav 9644", "out/c.wav 9644"])
        #expect(try TestSound(wav: place.bytes("a.wav")).samples == TestSound(wav: place.bytes("c.wav")).samples)
    }

    @Test("a folder that there is no room for is told with 73")
    func newFolder() throws {
        try place.copy("chime.wav")
        let (run, left) = try run("rtmedia convert chime.wav -o full/a/b.wav", on: "size=48k,nr_inodes=1")
        #expect(run.status == 73 && run.errors == "rtmedia: full/a/: can't be created: No space left on device\n")
        #expect(left.isEmpty)
    }

    @Test(
        "temporary files that there is no room for are told with 74, whatever they are for",
        arguments: [
            "cat long.wav | rtmedia convert - -o a.wav", "rtmedia convert - < long.wav",
            "rtmedia convert long.wav -o a.wav --trim",
            "rtmedia convert long.wav --as base64", "rtmedia convert long.b64 -o a.wav",
            "cat long.wav | rtmedia inspect -",
        ])
    func temporary(words: String) throws {
        try makeLong()
        try place.write(Array(Data(place.bytes("long.wav")).base64EncodedString().utf8), to: "long.b64")
        let before = place.files
        let (run, left) = try run("export TMPDIR=full; \(words)")
        #expect(run.status == 74, "\(run.status) \(run.errors)")
        #expect(run.errors.hasSuffix(": No space left on device\n") && run.errors.split(separator: "\n").count == 1)
        #expect(run.errors.contains(" in full, the folder for them (TMPDIR)"), "\(run.errors)")
        #expect(run.output.isEmpty && left.isEmpty && place.files == before)
    }

    // MARK: The other commands

    @Test("what detect, say, levels, tune and schema write is whole or not there, and told with 74")
    func others() throws {
        try makeLong()
        let recipe = """
            set -e; mkdir -p calls/human calls/machine
            for i in 1 2 3; do
              sox -D -n -r 8000 -b 16 calls/human/$i.wav synth 0.$((60 + i)) sine $((400 + i)) vol 0.3 pad 0.$((i + 10)) 1.2
              sox -D -n -r 8000 -b 16 calls/machine/$i.wav synth 2.5 sine $((300 + i)) vol 0.3 pad 0.$((i + 10)) 1.2
            done
            """
        try #require(try place.shell(recipe).status == 0)
        let text = "This is a sentence that takes some seconds, so that it does not fit."
        for (words, name) in [
            ("detect long.wav -q --plot full/a.svg", "full/a.svg"),
            ("detect long.wav -q --plot full/a.png", "full/a.png"),
            ("detect long.wav -q --labels full/a.TextGrid", "full/a.TextGrid"),
            ("say '\(text)' --voice en -o full/a.wav", "full/a.wav"),
            ("levels calls --no-cache -o full/a.levels", "full/a.levels"),
            ("tune calls --no-cache --csv full/a.csv", "full/a.csv"),
            ("tune calls --no-cache --report full/a.html", "full/a.html"),
        ] {
            // As much room as a page or two: less than any of them takes.
            let (run, left) = try run("head -c 4096 /dev/zero > full/other; rtmedia \(words)", on: "size=4k")
            #expect(run.status == 74, "\(words): \(run.status) \(run.errors)")
            #expect(
                run.errors.hasSuffix(": \(name): writing failed: No space left on device\n"), "\(words): \(run.errors)")
            #expect(left == ["other 4096"], "\(words)")
        }
        let (schema, _) = try run("rtmedia schema > full/a.json", on: "size=4k")
        #expect(
            schema.status == 74
                && schema.errors == "rtmedia: standard output: writing failed: No space left on device\n")
    }

    @Test("levels that there is no room to keep are measured anew, and what is kept is whole")
    func cache() throws {
        let recipe = """
            set -e; mkdir -p calls/human calls/machine
            for i in 1 2 3 4; do
              sox -D -n -r 8000 -b 16 calls/human/$i.wav synth 0.$((60 + i)) sine $((400 + i)) vol 0.3 pad 0.$((i + 10)) 1.2
              sox -D -n -r 8000 -b 16 calls/machine/$i.wav synth 2.5 sine $((300 + i)) vol 0.3 pad 0.$((i + 10)) 1.2
            done
            """
        try #require(try place.shell(recipe).status == 0)
        let expected = try place.rtmedia("tune", "calls", "--no-cache", "--json")
        let (run, left) = try run(
            "rtmedia tune calls --cache full --json && cp -r full kept && rtmedia levels calls --cache kept -o a.levels --json",
            on: "size=16k")
        #expect(run.status == 0, "\(run.errors)")
        let lines = run.text.split(separator: "\n")
        try #require(lines.count == 2)
        #expect(String(lines[0]) + "\n" == expected.text)
        #expect((1..<8).contains(left.count) && left.allSatisfy { $0.contains(".levels ") }, "\(left)")
        // All that is kept is believed.
        #expect(lines[1].contains("\"cached\":\(left.count),"), "\(lines[1])")
    }

    @Test("a call whose recording there is no room for is told with 74, and what is left of it is whole")
    func recording() throws {
        let play = #"{"command":"play","params":{"media_id":"TTS|TTS_EN-GB_DANIEL|Hello, is anybody there?"}}"#
        let handler = try HandlerProgram.steps("[\(play)]")
        let whole = try place.rtmedia("call", handler.address, "--callid", "1", "--record", "whole")
        #expect(whole.status == 0)
        /// A file without the times that the handler took.
        func text(_ name: String) throws -> String {
            String(decoding: try place.bytes(name), as: UTF8.self)
                .replacing(/\([\d.]+ ms\)|"answer_ms":[\d.]+/, with: "")
        }
        let again = try HandlerProgram.steps("[\(play)]")
        let (run, left) = try run(
            "rtmedia call \(again.address) --callid 1 --record full; code=$?; cp -r full kept; (exit $code)",
            on: "size=16k")
        #expect(run.status == 74 && run.errors == "rtmedia: full/call.wav: writing failed: No space left on device\n")
        for file in left {
            let parts = file.split(separator: " ")
            #expect(["call.txt", "call.jsonl"].contains(parts[0]))
            #expect(try text("kept/\(parts[0])") == text("whole/\(parts[0])"))
        }
        try place.write(Array("expect: []\n".utf8), to: "a.yaml")
        let report = try self.run(
            "head -c 4096 /dev/zero > full/other; rtmedia call \(again.address) a.yaml --junit full/a.xml",
            on: "size=4k")
        #expect(report.run.status == 74 && report.left == ["other 4096"], "\(report.run.errors)")
        #expect(report.run.errors.hasSuffix("rtmedia: full/a.xml: writing failed: No space left on device\n"))
    }

    @Test("a server that has no room for its secret says so, with 78")
    func secret() throws {
        let (run, left) = try run(
            "head -c 4096 /dev/zero > full/other; unset RTMEDIA_SECRET; rtmedia serve --port 0", on: "size=4k",
            environment: ["XDG_STATE_HOME": "\(place.path)/full"])
        #expect(
            run.status == 78 && run.errors.contains("full/rtmedia/secret: can't be written: No space left on device"))
        #expect(left == ["other 4096"])
    }
}
