import Foundation
import Glibc
import TestSupport
import Testing

/// Many files in one call.
@Suite(.waiting) struct BatchTests {
    let place = Workplace()

    /// A tree of prompts with what lies about in such.
    private func makeTree() throws {
        try place.copy("chime.mp3", to: "in/one.mp3")
        try place.copy("chime.flac", to: "in/a/two.flac")
        try place.copy("chime.m4a", to: "in/a/b/three.m4a")
        try place.copy("chime.wav", to: "in/a/b/four.wav")
        try place.write(Array("Recorded in May.\n".utf8), to: "in/a/README.txt")
        try place.write([0x89, 0x50, 0x4E, 0x47, 1, 2, 3], to: "in/cover.png")
        try place.copy("chime.mp3", to: "in/.hidden.mp3")
        try place.copy("chime.mp3", to: "in/.git/object.mp3")
    }

    private static let results = ["out/a/b/four.wav", "out/a/b/three.wav", "out/a/two.wav", "out/one.wav"]

    private var outputs: [String] { place.files.filter { $0.hasPrefix("out/") } }

    @Test(
        "a tree is mirrored, and what is not audio is skipped", arguments: [[], ["--jobs", "1"], ["--jobs", "8"]])
    func tree(options: [String]) throws {
        try makeTree()
        let run = try place.run("rtmedia", ["convert", "in/", "-o", "out"] + options)
        #expect(run.status == 0 && run.output.isEmpty)
        #expect(outputs == Self.results)
        let lines = run.errors.split(separator: "\n").map(String.init)
        // By name within a folder, whichever is done first.
        try #require(lines.count == 7)
        #expect(lines[6].hasPrefix("4 converted, 2 skipped in "))
        #expect(lines[0] == "in/a/README.txt: is text, not audio; skipped")
        #expect(lines[1].hasPrefix("in/a/b/four.wav -> out/a/b/four.wav: 0.6 s (WAV, 16-bit PCM, 22050 Hz, mono)"))
        #expect(lines[2].hasPrefix("in/a/b/three.m4a -> ") && lines[3].hasPrefix("in/a/two.flac -> "))
        #expect(
            lines[4] == "in/cover.png: is a PNG picture, not audio; skipped" && lines[5].hasPrefix("in/one.mp3 -> ")
        )
    }

    @Test("short files share starts of ffmpeg, and become what each becomes alone", arguments: ["1", "2"])
    func ffmpeg(jobs: String) throws {
        let start = "#!/bin/sh\necho >> starts; exec $(PATH=/usr/bin:/usr/local/bin which ffmpeg) \"$@\"\n"
        try place.write(Array(start.utf8), to: "bin/ffmpeg")
        try #require(try place.shell("chmod +x bin/ffmpeg").status == 0)
        for number in 10..<50 {
            let kind = ["m4a", "webm", "wma", "g722"][number % 4]
            try place.copy("chime.\(kind)", to: "in/\(number).\(kind)")
        }
        try place.copy("chime.mp3", to: "in/20.mp3")
        let path = ["PATH": "bin:\(place.programPath)"]
        let run = try place.run(
            "rtmedia", ["convert", "in", "-o", "out", "-q", "--jobs", jobs], environment: path)
        #expect(run.status == 0 && run.errors.isEmpty && place.temporaryFiles.isEmpty)
        let starts = try place.bytes("starts").count
        #expect(outputs.count == 41 && (1...4).contains(starts), "\(starts) starts")
        for kind in ["m4a", "webm", "wma", "g722"] {
            let alone = try place.rtmedia("convert", "\(Workplace.samples)/chime.\(kind)", "-o", "alone.wav", "--force")
            #expect(alone.status == 0)
            let whole = try place.bytes("alone.wav")
            for number in 10..<50 where ["m4a", "webm", "wma", "g722"][number % 4] == kind {
                #expect(try place.bytes("out/\(number).wav") == whole, "\(number).\(kind)")
            }
        }
    }

    @Test("of files that share a start of ffmpeg, one that is damaged does no harm to the others")
    func damagedAmongOthers() throws {
        for number in 10..<20 { try place.copy("chime.m4a", to: "in/\(number).m4a") }
        let whole = try Workplace.bytes("\(Workplace.samples)/chime.m4a")
        try place.write(whole.enumerated().map { 2000..<3000 ~= $0 ? 0xA5 : $1 }, to: "in/13.m4a")
        try place.write(Array(whole.prefix(whole.count / 2)), to: "in/15.m4a")
        for name in ["13", "15"] {
            let alone = try place.rtmedia("convert", "in/\(name).m4a", "-o", "alone.wav")
            #expect(alone.status == 65, "\(alone.errors)")
        }
        let run = try place.rtmedia("convert", "in", "-o", "out", "-q")
        #expect(run.status == 65 && run.errors.split(separator: "\n").count == 2, "\(run.errors)")
        #expect(outputs.count == 8)
        #expect(
            try place.shell("rtmedia convert in/10.m4a -o alone.wav && for f in out/*; do cmp $f alone.wav; done")
                .output.isEmpty)
    }

    @Test("a damaged file fails, the rest goes on, and the first failure gives the exit code")
    func damaged() throws {
        try makeTree()
        try place.write(Array(Workplace.bytes("\(Workplace.samples)/chime.wav").prefix(10_000)), to: "in/a/cut.wav")
        let run = try place.rtmedia("convert", "in", "missing.wav", "-o", "out", "--quiet")
        #expect(run.status == 65)
        #expect(outputs == Self.results)
        let lines = run.errors.split(separator: "\n")
        try #require(lines.count == 2)
        #expect(lines[0].hasPrefix("rtmedia: in/a/cut.wav: the file ends 16504 bytes early"))
        #expect(lines[1] == "rtmedia: missing.wav: can't be opened: No such file or directory")
        let other = try place.rtmedia("convert", "missing.wav", "in", "-o", "out", "--quiet")
        #expect(other.status == 66)
        let recovered = try place.rtmedia("convert", "in", "-o", "out", "--quiet", "--partial")
        #expect(recovered.status == 0 && recovered.errors.isEmpty)
        #expect(outputs.contains("out/a/cut.wav"))
    }

    @Test(
        "an empty file and one of 0 samples are failures, not skipped", arguments: ["convert", "inspect", "detect"])
    func empty(command: String) throws {
        try place.copy("chime.wav", to: "in/a.wav")
        try place.write([], to: "in/b.wav")
        try #require(try place.shell("sox -n -r 8000 -b 16 in/c.wav trim 0 0").status == 0)
        let run = try place.rtmedia(command, "in", "--quiet")
        #expect(run.status == 65)
        let lines = run.errors.split(separator: "\n")
        // The platform plays a file of 0 samples, as inspect says.
        try #require(lines.count == (command == "inspect" ? 1 : 2))
        #expect(lines[0] == "rtmedia: in/b.wav: is empty: 0 bytes long")
        #expect(command == "inspect" || lines[1].hasPrefix("rtmedia: in/c.wav: contains no audio"))
    }

    @Test(
        "a folder without audio is no input, and headerless audio is pointed to --raw",
        arguments: ["convert", "inspect", "detect"])
    func noAudio(command: String) throws {
        let silence = [UInt8](repeating: 0xFF, count: 400)
        try place.write(silence, to: "in/call.bin")
        try place.write(Array("Recorded in May.\n".utf8), to: "in/README.txt")
        let run = try place.rtmedia(command, "in")
        #expect(run.status == 66)
        #expect(
            run.errors == """
                in/README.txt: is text, not audio; skipped
                in/call.bin: is not audio in any known format; for headerless audio say --raw FORMAT:RATE:CHANNELS; \
                skipped
                rtmedia: nothing to \(command): there is no audio in the folder

                """)
        let quiet = try place.rtmedia(command, "in", "--quiet", "--json")
        #expect(quiet.status == 66 && quiet.text.split(separator: "\n").count == 2)
    }

    @Test("a text named on the command line is a failure, not skipped")
    func named() throws {
        try makeTree()
        let run = try place.rtmedia("convert", "in/one.mp3", "in/a/README.txt", "-o", "out", "--quiet")
        #expect(run.status == 65 && run.errors == "rtmedia: in/a/README.txt: is text, not audio\n")
        #expect(outputs == ["out/one.wav"])
    }

    @Test("a second run changes nothing, also where the output lies in the input")
    func again() throws {
        try makeTree()
        for _ in 1...2 {
            #expect(try place.rtmedia("convert", "in", "-o", "in/out", "--quiet").status == 0)
            #expect(place.files.filter { $0.hasPrefix("in/out/") }.map { String($0.dropFirst(3)) } == Self.results)
        }
    }

    @Test("results beside their inputs are not converted in turn")
    func againBeside() throws {
        try place.copy("chime.wav", to: "in/one.wav")
        for _ in 1...3 {
            #expect(try place.rtmedia("convert", "in", "--quiet").status == 0)
            #expect(place.files == ["in/one.8k.wav", "in/one.wav"])
        }
        #expect(try place.rtmedia("convert", "in/one.8k.wav", "--quiet").status == 0)
        #expect(place.files.contains("in/one.8k.8k.wav"))
    }

    @Test(
        "a file whose name can't be read is a failure, not skipped", arguments: ["in/\\xe9.mp3", "in/\\xe9/a.mp3"])
    func unreadableName(name: String) throws {
        try makeTree()
        #expect(try place.shell("mkdir -p \"$(dirname $'\(name)')\"; cp in/one.mp3 $'\(name)'").status == 0)
        let run = try place.rtmedia("convert", "in", "-o", "out", "--quiet")
        #expect(run.status == 66)
        #expect(run.errors.hasSuffix(": can't be opened: No such file or directory\n"))
        #expect(outputs == Self.results)
    }

    @Test("forms have endings of their own", arguments: [("base64", "b64"), ("command", "json")])
    func forms(form: String, ending: String) throws {
        try makeTree()
        #expect(try place.rtmedia("convert", "in", "-o", "out", "--as", form, "--quiet").status == 0)
        #expect(outputs == Self.results.map { $0.replacingOccurrences(of: ".wav", with: ".\(ending)") })
    }

    @Test(
        "inputs that would have one result keep their endings, but for one that has its name, or the first that is audio"
    )
    func clash() throws {
        try place.write(Array("A list of tracks.".utf8), to: "in/a.cue")
        for name in ["a.flac", "a.ogg", "b.mp3", "c.flac", "c.wav"] {
            try place.copy("chime.\(name.split(separator: ".").last!)", to: "in/\(name)")
        }
        try place.write(Array(place.bytes("in/a.flac").prefix(2000)), to: "in/d.flac")
        try place.copy("chime.ogg", to: "in/d.ogg")
        let expected = ["a.ogg.wav", "a.wav", "b.wav", "c.flac.wav", "c.wav", "d.ogg.wav"].map { "out/\($0)" }
        for options in [[], [], ["--force"]] {
            let run = try place.run("rtmedia", ["convert", "in", "-o", "out", "--quiet"] + options)
            #expect(run.status == 65 && run.errors.hasPrefix("rtmedia: in/d.flac: ") && outputs == expected)
        }
        #expect(try place.rtmedia("convert", "in/a.ogg", "-o", "same.wav", "--quiet").status == 0)
        #expect(try place.bytes("same.wav") == place.bytes("out/a.ogg.wav"))
        #expect(try place.rtmedia("convert", "in/c.wav", "-o", "same.wav", "--quiet", "--force").status == 0)
        #expect(try place.bytes("same.wav") == place.bytes("out/c.wav"))
        let named = try place.rtmedia("convert", "in/a.ogg", "in/a.flac", "-o", "named", "--quiet")
        #expect(named.status == 0 && place.files.contains("named/a.flac.wav"))
        #expect(try place.bytes("named/a.wav") == place.bytes("out/a.ogg.wav"))
    }

    @Test("a name with an ending that is another's result or an input is nobody's", arguments: [[], ["--force"]])
    func fullClash(options: [String]) throws {
        for name in ["a.flac", "a.ogg", "a.ogg.mp3"] {
            try place.copy("chime.\(name.split(separator: ".").last!)", to: "in/\(name)")
        }
        let run = try place.run("rtmedia", ["convert", "in", "-o", "out", "--quiet"] + options)
        #expect(run.status == 73 && outputs == ["out/a.ogg.wav", "out/a.wav"])
        #expect(
            run.errors
                == "rtmedia: in/a.ogg: would become out/a.wav, which in/a.flac became already; convert them apart\n")
        try place.copy("chime.wav", to: "in/a.ogg.wav")
        let beside = try place.run("rtmedia", ["convert", "in/a.flac", "in/a.ogg", "in/a.ogg.wav", "-q"] + options)
        let reason = options.isEmpty ? "exists already" : "is an input"
        #expect(beside.status == 73 && beside.errors.hasPrefix("rtmedia: in/a.ogg.wav: \(reason)"))
        #expect(try place.bytes("in/a.ogg.wav") == Workplace.bytes("\(Workplace.samples)/chime.wav"))
    }

    @Test("links to folders are not followed, links to files are")
    func links() throws {
        try makeTree()
        symlink("..", "\(place.path)/in/a/loop")
        symlink("one.mp3", "\(place.path)/in/zwei.mp3")
        symlink("nothing", "\(place.path)/in/dangling.mp3")
        #expect(try place.rtmedia("convert", "in", "-o", "out", "--quiet").status == 0)
        #expect(outputs == Self.results + ["out/zwei.wav"])
    }
}
