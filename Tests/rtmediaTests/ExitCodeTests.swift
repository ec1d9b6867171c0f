import Glibc
import TestSupport
import Testing

/// Every failure has its exit code from sysexits.h, says one sentence that names the file, and leaves nothing behind.
@Suite(.waiting) struct ExitCodeTests {
    let place = Workplace()

    /// A conversion that fails.
    struct Failure: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let status: Int32
        /// What is said, after the name of the tool.
        let message: String
        /// What is there; the input is called `in`.
        let prepare: @Sendable (Workplace) throws -> Void
        var options: [String] = []
        /// Whether nothing bars the user who runs it from the file but the file's own rights.
        var isRestricted = false
    }

    private static func bytes(_ sample: String) throws -> [UInt8] {
        try Workplace.bytes("\(Workplace.samples)/\(sample)")
    }

    /// The WAV sample with some bytes of its header changed.
    private static func patched(_ place: Workplace, at offset: Int, _ bytes: [UInt8]) throws {
        var file = try Self.bytes("chime.wav")
        file.replaceSubrange(offset..<(offset + bytes.count), with: bytes)
        try place.write(file, to: "in")
    }

    static let badData = [
        Failure(testDescription: "text", status: 65, message: "in: is text, not audio") {
            try $0.write(Array("Hello.\n".utf8), to: "in")
        },
        Failure(testDescription: "empty", status: 65, message: "in: is empty: 0 bytes long") {
            try $0.write([], to: "in")
        },
        Failure(
            testDescription: "zeros", status: 65,
            message: "in: is not audio in any known format; for headerless audio say --raw FORMAT:RATE:CHANNELS"
        ) {
            try $0.write([UInt8](repeating: 0, count: 5000), to: "in")
        },
        Failure(
            testDescription: "truncated WAV", status: 65,
            message: "in: the file ends 16504 bytes early; the header promises 26460 bytes of audio; "
                + "0.23 s can be recovered; --partial accepts that"
        ) { try $0.write(Array(bytes("chime.wav").prefix(10_000)), to: "in") },
        Failure(
            testDescription: "truncated FLAC", status: 65,
            message:
                "in: the file ends early: 4096 of 13230 frames could be read; 0.19 s can be recovered; --partial accepts that"
        ) { try $0.write(Array(bytes("chime.flac").prefix(2000)), to: "in") },
        Failure(
            testDescription: "truncated Ogg", status: 65,
            message: "in: the stream breaks off at byte 4380 of 4436; 0.49 s can be recovered; --partial accepts that"
        ) { try $0.write(bytes("chime.ogg").dropLast(300), to: "in") },
        Failure(
            testDescription: "never closed", status: 65,
            message: "in: the header says 0 bytes of audio, but 26460 follow: the recording was never closed; "
                + "0.6 s can be recovered; --partial accepts that"
        ) { try patched($0, at: 40, [0, 0, 0, 0]) },
        Failure(
            testDescription: "0 channels", status: 65,
            message: "in: the header says 0 channels; there is nothing to convert"
        ) { try patched($0, at: 22, [0, 0]) },
        Failure(
            testDescription: "0 Hz", status: 65, message: "in: the header says 0 Hz; the rate must lie in 1...768000 Hz"
        ) { try patched($0, at: 24, [0, 0, 0, 0]) },
        Failure(
            testDescription: "too long", status: 65,
            message: "in: is longer than the 1 seconds that are accepted; --max-duration accepts more",
            prepare: { try $0.write([UInt8](repeating: 0xFF, count: 8001), to: "in") },
            options: ["--raw", "ulaw", "--max-duration", "1"]),
    ]

    static let noInput = [
        Failure(testDescription: "missing", status: 66, message: "in: can't be opened: No such file or directory") {
            _ in
        },
        Failure(testDescription: "dangling link", status: 66, message: "in: can't be opened: No such file or directory")
        {
            symlink("nothing", "\($0.path)/in")
        },
        Failure(
            testDescription: "unreadable", status: 66, message: "in: can't be opened: Permission denied",
            prepare: {
                try $0.copy("chime.wav", to: "in")
                chmod("\($0.path)/in", 0)
            }, isRestricted: true),
    ]

    static let cannotCreate = [
        Failure(
            testDescription: "another file", status: 73,
            message: "out/a.wav: exists already, with other content; --force replaces it"
        ) {
            try $0.copy("chime.mp3", to: "in")
            try $0.write([1, 2, 3], to: "out/a.wav")
        },
        Failure(
            testDescription: "the input", status: 73,
            message: "in: is the input, which is never overwritten; name another file with -o",
            prepare: { try $0.copy("chime.wav", to: "in") }, options: ["-o", "in"]),
        Failure(
            testDescription: "read-only folder", status: 73, message: "out/a.wav: can't be created: Permission denied",
            prepare: {
                try $0.copy("chime.wav", to: "in")
                mkdir("\($0.path)/out", 0o500)
            }, isRestricted: true),
        Failure(
            testDescription: "folder in a read-only folder", status: 73,
            message: "shut/out/: can't be created: Permission denied",
            prepare: {
                try $0.copy("chime.wav", to: "in")
                mkdir("\($0.path)/shut", 0o500)
            }, options: ["-o", "shut/out/a.wav"], isRestricted: true),
        Failure(
            testDescription: "folder that is a file", status: 73,
            message: "in/: can't be created: Not a directory",
            prepare: { try $0.copy("chime.wav", to: "in") }, options: ["-o", "in/a.wav"]),
    ]

    static let inputOutput = [
        Failure(
            testDescription: "full device", status: 74, message: "/dev/full: writing failed: No space left on device",
            prepare: { try $0.copy("chime.wav", to: "in") }, options: ["-o", "/dev/full"])
    ]

    @Test("what fails says why and leaves nothing behind", arguments: badData + noInput + cannotCreate + inputOutput)
    func failure(_ failure: Failure) throws {
        try failure.prepare(place)
        let before = place.files
        let words = ["convert", "in"] + (failure.options.contains("-o") ? [] : ["-o", "out/a.wav"]) + failure.options
        // Root reads and writes all; without these two capabilities it is as others are.
        let isRestricted = failure.isRestricted && getuid() == 0
        let mask = isRestricted ? ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"] : []
        let run = try place.run("env", mask + ["rtmedia"] + words)
        #expect(run.status == failure.status)
        #expect(run.errors == "rtmedia: \(failure.message)\n")
        #expect(run.output.isEmpty)
        #expect(place.files == before && place.temporaryFiles.isEmpty)
    }

    @Test("standard output that is full is an error of its own", arguments: ["wav", "base64", "command"])
    func fullOutput(form: String) throws {
        try place.copy("chime.mp3")
        let run = try place.rtmedia("convert", "chime.mp3", "--as", form, "-o", "-", "--quiet", output: "/dev/full")
        #expect(run.status == 74)
        #expect(run.errors == "rtmedia: standard output: writing failed: No space left on device\n")
    }

    @Test(
        "reports that are lost are an error",
        arguments: [["convert", "--json", "--force"], ["inspect"], ["inspect", "--json"]])
    func lostReport(words: [String]) throws {
        try place.copy("chime.wav")
        let run = try place.run("rtmedia", words + ["chime.wav"], output: "/dev/full")
        #expect(run.status == 74)
        #expect(run.errors == "rtmedia: standard output: writing failed: No space left on device\n")
    }

    @Test(
        "without ffmpeg, the format found and the package to install are named",
        arguments: [
            ("m4a", "M4A"), ("webm", "WebM/Matroska"), ("wma", "WMA/ASF"), ("aac", "AAC (ADTS)"), ("ac3", "AC-3"),
            ("g722", "headerless G.722"), ("gsm", "headerless GSM"),
        ])
    func unavailable(ending: String, format: String) throws {
        try place.copy("chime.\(ending)")
        let run = try place.rtmedia("convert", "chime.\(ending)", environment: ["PATH": "/nonexistent"])
        #expect(run.status == 69)
        #expect(
            run.errors
                == "rtmedia: chime.\(ending): is \(format), which needs ffmpeg; install it with: apt-get install ffmpeg\n"
        )
        #expect(place.files == ["chime.\(ending)"])
    }

    @Test(
        "without ffmpeg, all that needs none is converted",
        arguments: ["wav", "mp3", "flac", "ogg", "opus", "ulaw", "caf"])
    func available(ending: String) throws {
        try place.copy("chime.\(ending)")
        #expect(try place.rtmedia("convert", "chime.\(ending)", environment: ["PATH": "/nonexistent"]).status == 0)
    }
}

/// Contradictory command lines.
@Suite(.waiting) struct UsageTests {
    let place = Workplace()

    @Test(
        "a bad value is told with the option and what it may be",
        arguments: [
            (["--level", "5"], "'--level <dBov>': must lie in -90...0 dBov"),
            (["--level", "loud"], "must lie in -90...0 dBov"),
            (["--pad=-1"], "--pad -1: must lie in 0...60000 ms"),
            (["--fade", "60001"], "--fade 60001: must lie in 0...60000 ms"),
            (["--as", "mp3"], "Please provide one of 'wav', 'base64' or 'command'"),
            (["--channel", "0"], "must be mix, or a number from 1"),
            (["--preview", "g722"], "Please provide one of 'alaw' and 'ulaw'"),
            (["--raw", "ulaw:0"], "must be FORMAT:RATE:CHANNELS"),
            (["--resampler", "libsamplerate:worst"], "must be polyphase"),
            (["--max-duration", "0"], "--max-duration 0: must lie in 1...268000 s"),
            (["--jobs", "0"], "--jobs 0: must lie in 1...1024"),
            (["--loud"], "Unknown option '--loud'"), (["-o"], "Missing value for '-o <output>'"),
        ])
    func values(words: [String], message: String) throws {
        try place.copy("chime.wav")
        let run = try place.run("rtmedia", ["convert", "chime.wav"] + words)
        #expect(run.status == 64)
        #expect(run.errors.hasPrefix("Error: ") && run.errors.contains(message))
        #expect(place.files == ["chime.wav"] && run.output.isEmpty)
    }

    @Test(
        "inputs and outputs that do not go together are told before anything is written",
        arguments: [
            (
                ["chime.mp3", "chime.wav", "-o", "chime.ogg"],
                "-o chime.ogg: is a file, but there are several inputs; name a folder"
            ),
            (
                ["chime.mp3", "./chime.mp3"],
                "chime.mp3 and ./chime.mp3 would both become ./chime.wav; convert them apart"
            ),
            (
                ["chime.ogg", "chime.mp3", "sub/chime.mp3", "-o", "out/"],
                "chime.ogg and chime.mp3 would both become out/chime.wav; convert them apart"
            ),
            (["chime.mp3", "chime.ogg", "-o", "-"], "several WAV files can't go to standard output; say -o FOLDER"),
        ])
    func plans(words: [String], message: String) throws {
        for file in ["chime.mp3", "chime.ogg", "chime.wav"] { try place.copy(file) }
        let before = place.files
        let run = try place.run("rtmedia", ["convert"] + words)
        #expect(run.status == 64)
        #expect(run.errors == "rtmedia: \(message)\n")
        #expect(place.files == before && run.output.isEmpty)
    }

    @Test(
        "an output whose name promises another format is refused, and so is a folder that is called as a file is",
        arguments: [
            (["chime.ogg", "-o", "a.mp3"], "a WAV file: let the name end in .wav, or say --as for another form"),
            (["chime.ogg", "-o", "out/a.ULAW"], "a WAV file: let the name end in .wav, or say --as for another form"),
            (["chime.ogg", "-o", "a.b64"], "a WAV file: let the name end in .wav, or say --as for another form"),
            (
                ["chime.ogg", "--as", "base64", "-o", "a.wav"],
                "base64: let the name end in .b64, or say --as for another form"
            ),
            (
                ["chime.ogg", "--as", "command", "-o", "a.flac"],
                "JSON: let the name end in .json, or say --as for another form"
            ),
        ])
    func endings(words: [String], message: String) throws {
        try place.copy("chime.ogg")
        let run = try place.run("rtmedia", ["convert"] + words)
        #expect(run.status == 64 && run.errors == "rtmedia: -o \(words.last!): what is written is \(message)\n")
        let said = try place.run("rtmedia", ["say", "one", "--voice", "en"] + words.dropFirst())
        #expect(said.status == 64 && said.errors == run.errors)
        let several = try place.run("rtmedia", ["convert", "chime.ogg"] + words)
        #expect(
            several.status == 64
                && several.errors.hasPrefix("rtmedia: -o \(words.last!): would be a folder, for several results; "))
        #expect(place.files == ["chime.ogg"])
    }

    @Test(
        "other names of outputs are taken as they are",
        arguments: [
            ["a"], ["a.WAV"], ["a.wav.part"], ["v1.2"], ["--as", "base64", "a.txt"], ["--as", "command", "a.json"],
        ])
    func otherEndings(words: [String]) throws {
        try place.copy("chime.ogg")
        let run = try place.run("rtmedia", ["convert", "chime.ogg", "-q"] + words.dropLast() + ["-o", words.last!])
        #expect(run.status == 0 && place.files.contains(words.last!))
        #expect(try place.rtmedia("convert", "chime.ogg", "-q", "-o", "b.wav/").status == 0)
        #expect(place.files.contains("b.wav/chime.wav"))
    }

    @Test(
        "a file that ends early is damaged in formats of old samplers and studios too",
        arguments: ["avr", "wve", "sds", "sph", "voc", "mat4", "mat5", "mpg", "flv", "ac3", "eac3"])
    func endsEarly(ending: String) throws {
        try place.copy("chime.wav")
        let tool =
            ["mpg", "flv", "ac3", "eac3"].contains(ending)
            ? "ffmpeg -v error -i chime.wav -ar 44100" : "sox chime.wav -r 8000"
        try #require(try place.shell("\(tool) a.\(ending)").status == 0)
        #expect(try place.rtmedia("convert", "a.\(ending)", "-o", "whole.wav", "-q").status == 0)
        try place.write(Array(place.bytes("a.\(ending)").dropLast(1501)), to: "cut.\(ending)")
        let run = try place.rtmedia("convert", "cut.\(ending)", "-o", "cut.wav", "-q")
        #expect(run.status == 65 && run.errors.contains("can be recovered; --partial accepts that"))
        #expect(!place.files.contains("cut.wav"))
    }

    @Test(
        "a file whose name begins with a dash is not read as options",
        arguments: ["-hello.mp3", "-quiet.mp3", "-x.mp3", "-1.mp3"])
    func dash(name: String) throws {
        try place.copy("chime.mp3", to: name)
        for words in [["inspect", name], ["convert", "-q", name], ["detect", "--quiet", name]] {
            let run = try place.run("rtmedia", words)
            #expect(run.status == 64 && run.output.isEmpty)
            #expect(run.errors == "rtmedia: \(name): begins with a dash, as options do: write ./\(name)\n")
        }
        #expect(try place.rtmedia("inspect", "./\(name)").status == 65)
        #expect(try place.rtmedia("convert", "-q", "--", name).status == 0)
    }

    @Test("options and numbers are not taken for files that are called so")
    func options() throws {
        for name in ["in.mp3", "-qf", "-h", "-26", "-"] { try place.copy("chime.mp3", to: name) }
        #expect(try place.rtmedia("convert", "in.mp3", "-qf", "--level", "-26").status == 0)
        #expect(try place.rtmedia("convert", "-h").text.contains("USAGE: rtmedia convert"))
    }

    @Test("no input is a wrong use, an empty folder no input", arguments: ["convert", "inspect"])
    func nothing(command: String) throws {
        #expect(try place.rtmedia(command).status == 64)
        let run = try place.rtmedia(command, ".")
        #expect(run.status == 66 && run.errors == "rtmedia: nothing to \(command): the folder is empty\n")
    }

    @Test("a channel that the file has not is a wrong use that names the file")
    func channel() throws {
        try place.copy("chime.wav")
        let run = try place.rtmedia("convert", "chime.wav", "--channel", "2")
        #expect(run.status == 64 && run.errors == "rtmedia: chime.wav: there is no channel 2; the file has only 1\n")
    }
}
