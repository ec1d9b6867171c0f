import Foundation
import Glibc
import TestSupport
import Testing

/// Where results go, and in which form.
@Suite(.waiting) struct OutputTests {
    let place = Workplace()

    /// The result of a sample, as it is written elsewhere.
    private func reference(_ sample: String) throws -> [UInt8] {
        let run = try Workplace().run("rtmedia", ["convert", "\(Workplace.samples)/\(sample)", "-o", "-", "--quiet"])
        try #require(run.status == 0 && run.output.count > 44)
        return run.output
    }

    @Test("the result lies beside the input, under another name if the input has that")
    func beside() throws {
        try place.copy("chime.mp3", to: "a/one.mp3")
        try place.copy("chime.wav", to: "a/two.wav")
        #expect(try place.rtmedia("convert", "a/one.mp3", "a/two.wav").status == 0)
        #expect(place.files == ["a/one.mp3", "a/one.wav", "a/two.8k.wav", "a/two.wav"])
        #expect(try place.bytes("a/one.wav") == reference("chime.mp3"))
        #expect(try place.bytes("a/two.8k.wav") == reference("chime.wav"))
        #expect(try place.bytes("a/two.wav") == Workplace.bytes("\(Workplace.samples)/chime.wav"))
    }

    @Test("the result goes to the file, the folder or the stream that is named")
    func named() throws {
        let expected = try reference("chime.flac")
        try place.copy("chime.flac")
        mkdir("\(place.path)/there", 0o777)
        for output in ["x.audio", "there", "new/", "deep/new/y.wav"] {
            #expect(try place.rtmedia("convert", "chime.flac", "-o", output).status == 0)
        }
        for file in ["x.audio", "there/chime.wav", "new/chime.wav", "deep/new/y.wav"] {
            #expect(try place.bytes(file) == expected)
        }
        #expect(place.files.count == 5)
        #expect(try place.rtmedia("convert", "chime.flac", "--output", "-").output == expected)
        #expect(try place.rtmedia("convert", "chime.flac", "-o", "/dev/stdout").output == expected)
        #expect(try place.shell("rtmedia convert chime.flac --force -o /dev/fd/5 5> descriptor").status == 0)
        #expect(try place.bytes("descriptor") == expected)
    }

    @Test("standard input goes to standard output, or where it is sent", arguments: ["flac", "m4a", "b64", "opus"])
    func standardInput(ending: String) throws {
        let sample = "\(Workplace.samples)/chime.\(ending)"
        let expected = try reference("chime.\(ending)")
        let run = try place.rtmedia("convert", "-", input: sample)
        #expect(run.output == expected && run.status == 0)
        #expect(run.errors.hasPrefix("standard input -> standard output: 0.6 s ("))
        #expect(try place.rtmedia("convert", "-", "-o", "a.wav", input: sample).status == 0)
        #expect(try place.bytes("a.wav") == expected)
        let piped = try place.shell("cat '\(sample)' | rtmedia convert - --quiet | cat")
        #expect(piped.output == expected && piped.errors.isEmpty)
        #expect(place.temporaryFiles.isEmpty)
    }

    @Test("the beginning of standard input may come in several pieces", arguments: ["wav", "mp3", "m4a", "b64"])
    func standardInputInPieces(ending: String) throws {
        let sample = "'\(Workplace.samples)/chime.\(ending)'"
        let run = try place.shell(
            "(head -c 20 \(sample); sleep 0.2; tail -c +21 \(sample)) | rtmedia convert - --quiet")
        #expect(run.errors.isEmpty)
        #expect(try run.output == reference("chime.\(ending)"))
    }

    @Test(
        "standard streams that are closed take no file's place", arguments: [">&-", "2>&-", "<&- >&- 2>&-"],
        ["chime.m4a", "chime.mp3"])
    func closedStreams(closed: String, sample: String) throws {
        let expected = try reference(sample)
        #expect(try place.shell("rtmedia convert '\(Workplace.samples)/\(sample)' -o a.wav \(closed)").status == 0)
        #expect(try place.bytes("a.wav") == expected)
    }

    @Test("base64 is one line that decodes to the WAV file", arguments: ["-", "a.b64"])
    func base64(output: String) throws {
        try place.copy("chime.mp3")
        let run = try place.rtmedia("convert", "chime.mp3", "--as", "base64", "-o", output)
        let text = String(decoding: output == "-" ? run.output : try place.bytes(output), as: UTF8.self)
        #expect(run.status == 0 && text.last == "\n")
        let line = text.dropLast()
        #expect(!line.contains { $0.isWhitespace })
        #expect(try [UInt8](#require(Data(base64Encoded: String(line)))) == reference("chime.mp3"))
    }

    @Test("a command is the whole response, in one line of JSON")
    func command() throws {
        struct Response: Decodable {
            struct Parameters: Decodable { let audio_data: Data }
            let command: String
            let command_id: Int
            let params: Parameters
            let variables: [String: String]
        }
        try place.copy("chime.mp3")
        let run = try place.rtmedia("convert", "chime.mp3", "--as", "command")
        let response = try run.json(Response.self)
        #expect(response.command == "play_wav_data" && response.command_id == 1 && response.variables.isEmpty)
        #expect(try [UInt8](response.params.audio_data) == reference("chime.mp3"))
        #expect(run.output.count { $0 == UInt8(ascii: "\n") } == 1 && run.output.last == UInt8(ascii: "\n"))
        #expect(place.files == ["chime.mp3"])
    }

    @Test("several texts go to standard output a line each, in the order of the inputs")
    func texts() throws {
        for name in ["mp3", "flac", "m4a", "ulaw"] { try place.copy("chime.\(name)") }
        let run = try place.shell("rtmedia convert chime.{m4a,ulaw,flac,mp3} --as base64 --quiet")
        let lines = run.text.split(separator: "\n")
        let expected = try ["m4a", "ulaw", "flac", "mp3"].map {
            Data(try reference("chime.\($0)")).base64EncodedString()
        }
        #expect(lines.map(String.init) == expected)
    }

    @Test("what is there already is a success, another content only with --force")
    func existing() throws {
        try place.copy("chime.mp3")
        let expected = try reference("chime.mp3")
        try place.write(expected, to: "chime.wav")
        var before = stat(), after = stat()
        stat("\(place.path)/chime.wav", &before)
        let same = try place.rtmedia("convert", "chime.mp3")
        stat("\(place.path)/chime.wav", &after)
        #expect(same.status == 0 && same.errors.hasSuffix("; was there already)\n") && before.st_ino == after.st_ino)
        try place.write(expected.dropLast() + [0x55], to: "chime.wav")
        #expect(try place.rtmedia("convert", "chime.mp3").status == 73)
        #expect(try place.bytes("chime.wav").last == 0x55)
        #expect(try place.rtmedia("convert", "chime.mp3", "--force").status == 0)
        #expect(try place.bytes("chime.wav") == expected)
        #expect(place.files == ["chime.mp3", "chime.wav"])
    }

    @Test("a result has the rights that the umask leaves", arguments: [("022", 0o644), ("077", 0o600)])
    func rights(mask: String, expected: mode_t) throws {
        try place.copy("chime.mp3")
        #expect(try place.shell("umask \(mask); rtmedia convert chime.mp3 --force").status == 0)
        var status = stat()
        stat("\(place.path)/chime.wav", &status)
        #expect(status.st_mode & 0o777 == expected)
    }

    @Test(
        "an input is never replaced, by whatever name the output leads to it",
        arguments: ["a.wav", "./a.wav", ".//a.wav", "link.wav", "hard.wav", "sub/../a.wav", "linked/a.wav"],
        [[], ["--force"]])
    func input(output: String, options: [String]) throws {
        try place.copy("chime.wav", to: "a.wav")
        symlink("a.wav", "\(place.path)/link.wav")
        link("\(place.path)/a.wav", "\(place.path)/hard.wav")
        mkdir("\(place.path)/sub", 0o777)
        symlink(".", "\(place.path)/linked")
        let before = try place.bytes("a.wav")
        let run = try place.run("rtmedia", ["convert", "a.wav", "-o", output] + options)
        #expect(
            run.status == 73 && run.errors.hasPrefix("rtmedia: \(output): is the input, which is never overwritten"))
        #expect(try place.bytes("a.wav") == before)
        let streamed = try place.shell("rtmedia convert - -o \(output) \(options.joined(separator: " ")) < a.wav")
        #expect(streamed.status == 73)
        #expect(try place.bytes("a.wav") == before)
    }

    @Test("standard output that is the input is refused")
    func appended() throws {
        try place.copy("chime.wav", to: "a.wav")
        let before = try place.bytes("a.wav")
        let run = try place.shell("rtmedia convert a.wav -o - >> a.wav")
        #expect(run.status == 73 && run.errors.hasPrefix("rtmedia: standard output: is the input"))
        #expect(try place.bytes("a.wav") == before)
    }

    @Test("an input is not replaced by another input's result either", arguments: [[], ["--force"]])
    func otherInput(options: [String]) throws {
        try place.copy("chime.mp3", to: "a.mp3")
        try place.copy("chime.wav", to: "a.wav")
        let run = try place.run("rtmedia", ["convert", "a.mp3", "a.wav", "--quiet"] + options)
        #expect(run.status == 73 && run.errors.hasPrefix("rtmedia: a.wav: "))
        #expect(try place.bytes("a.wav") == Workplace.bytes("\(Workplace.samples)/chime.wav"))
        #expect(try place.bytes("a.8k.wav") == reference("chime.wav"))
    }

    @Test(
        "names are taken as they are",
        arguments: [
            "with space.mp3", "it's \"quoted\".mp3", "größe ☎.mp3", "-dash.mp3", "line\nbreak.mp3", "$(touch x);*.mp3",
            ".hidden.mp3",
        ])
    func names(name: String) throws {
        try place.copy("chime.mp3", to: name)
        let run = try place.rtmedia("convert", "--json", "--", name)
        #expect(run.status == 0)
        #expect(place.files == [name, name.replacingOccurrences(of: ".mp3", with: ".wav")].sorted())
        let record = try #require(try JSONSerialization.jsonObject(with: Data(run.output)) as? [String: Any])
        #expect(record["file"] as? String == name)
    }

    @Test("a reader that goes away ends the tool without a word")
    func brokenPipe() throws {
        #expect(try place.run("sox", ["\(Workplace.samples)/chime.wav", "long.wav", "repeat", "99"]).status == 0)
        let run = try place.shell("rtmedia convert long.wav -o - --quiet | true; echo ${PIPESTATUS[0]}")
        #expect(run.text == "\(128 + SIGPIPE)\n" && run.errors.isEmpty)
        #expect(place.files == ["long.wav"] && place.temporaryFiles.isEmpty)
    }

    @Test("named pipes are read and written")
    func namedPipes() throws {
        mkfifo("\(place.path)/in", 0o666)
        mkfifo("\(place.path)/out", 0o666)
        let line = "cat '\(Workplace.samples)/chime.flac' > in & rtmedia convert in -o out --quiet & cat out; wait"
        #expect(try place.shell(line).output == reference("chime.flac"))
        #expect(place.files == ["in", "out"])
    }

    @Test("a file that grows while it is read is told, and --partial takes what was there")
    func growing() throws {
        try place.copy("chime.m4a")
        // The real decoder, behind one that makes the input longer first.
        try place.write(
            Array("#!/bin/sh\nprintf more >> chime.m4a\nPATH=${PATH#*:} exec ffmpeg \"$@\"\n".utf8), to: "text")
        // Not written by this process: a program that another test starts meanwhile would hold it open for a moment.
        try #require(try place.shell("install -D -m 755 text bin/ffmpeg && rm text").status == 0)
        let run = try place.shell("PATH=$PWD/bin:$PATH rtmedia convert chime.m4a")
        #expect(run.status == 65)
        #expect(
            run.errors
                == "rtmedia: chime.m4a: the file grew while it was read: it is still being recorded; 0.6 s can be recovered; --partial accepts that\n"
        )
        #expect(place.files == ["bin/ffmpeg", "chime.m4a"])
        #expect(try place.shell("PATH=$PWD/bin:$PATH rtmedia convert chime.m4a --partial").status == 0)
        #expect(try place.bytes("chime.wav") == reference("chime.m4a"))
    }

    @Test("whoever starts the tool may ignore the ends of children")
    func ignoredChildren() throws {
        try place.copy("chime.wav")
        // WebM does not tell how long it is, so that ffmpeg is read to its end.
        try #require(try place.shell("ffmpeg -v error -i chime.wav -c:a libopus a.webm").status == 0)
        let run = try place.shell("timeout 30 env --ignore-signal=CHLD rtmedia convert a.webm --quiet")
        #expect(run.status == 0 && run.errors.isEmpty)
    }

    @Test("HTK, which has no magic number, is recognised in a pipe as well as in a file")
    func htk() throws {
        try place.copy("chime.wav")
        try #require(try place.shell("sox chime.wav -r 8000 -c 1 a.htk").status == 0)
        #expect(try place.rtmedia("convert", "a.htk", "-q").status == 0)
        #expect(try place.shell("cat a.htk | rtmedia convert - -q | cmp - a.wav").status == 0)
    }
}
