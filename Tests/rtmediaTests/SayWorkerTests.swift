import TestSupport
import Testing

/// The program that speaks for `rtmedia say`: where it is, what it lacks, and how it ends.
@Suite(.waiting) struct SayWorkerTests {
    let place = Workplace()

    @Test("with little memory it ends: a text is spoken, or it is said why not")
    func littleMemory() throws {
        for kilobytes in [400_000, 100_000, 60_000, 30_000, 10_000] {
            let run = try place.shell("ulimit -v \(kilobytes); timeout 300 rtmedia say hello -q -o a.wav -f")
            #expect(run.status != 124, "\(kilobytes)")
        }
    }

    @Test(
        "where there is too little memory, fewer prompts are worked on at a time, or it is said, and nothing aborts or hangs"
    )
    func lackOfMemory() throws {
        try place.write(
            Array(("id,text\n" + (1...8).map { "p\($0),Please hold the line \($0).\n" }.joined()).utf8), to: "s.csv")
        let sheet = "say --sheet s.csv -o p -f -q"
        let text = #"say "$(yes 'Please hold the line.' | head -n 300)" -o x.wav -f -q"#
        var statuses: [String: Set<Int32>] = [:]
        for kilobytes in stride(from: 86_000, through: 140_000, by: 6000) {
            for line in [sheet, text] {
                let run = try place.shell("rm -rf p; ulimit -v \(kilobytes); timeout 300 rtmedia \(line)")
                statuses[line, default: []].insert(run.status)
                // 127 and 139 are of the program itself, which does not fit.
                #expect([0, 69, 71, 127, 139].contains(run.status), "\(kilobytes): \(run.status) \(run.errors)")
                if run.status == 71 { #expect(run.errors.contains(": there is too little memory"), "\(run.errors)") }
            }
        }
        #expect(statuses[sheet]?.contains(0) == true && statuses[text]?.contains(71) == true, "\(statuses)")
    }

    @Test(
        "a folder for temporary files that is none is named, with the cause; another program as the worker is unavailable"
    )
    func surroundings() throws {
        let run = try place.rtmedia("say", "hello", "-q", environment: ["TMPDIR": "/nonexistent"])
        #expect(
            run.status == 74
                && run.errors
                    == "rtmedia: a temporary file: can't be made in /nonexistent, which is TMPDIR or else /tmp: No such file or directory\n"
        )
        try place.copy("chime.mp3")
        #expect(
            try place.rtmedia("convert", "chime.mp3", "-o", "-", environment: ["TMPDIR": "/nonexistent"]).status
                == run.status)
        try #require(try place.shell("mkdir alone; cp \(Workplace.products)/rtmedia{,-full} alone/").status == 0)
        let wrong = try place.run(
            "\(place.path)/alone/rtmedia", ["say", "hello"], environment: ["RTMEDIA_SPEECH_WORKER": "/bin/cat"])
        #expect(wrong.status == 69 && wrong.errors.hasPrefix("rtmedia: /bin/cat: does not list its voices"))
    }

    @Test("an engine that is not installed exits with 69, and names the package; everything else still works")
    func missingEngine() throws {
        try place.write([], to: "broken/libespeak-ng.so.1")
        let environment = ["LD_LIBRARY_PATH": "\(place.path)/broken"]
        for words in [["say", "hello", "-o", "a.wav"], ["voices"], ["voices", "--local"]] {
            let run = try place.run("rtmedia", words, environment: environment)
            #expect(run.status == 69 && run.output.isEmpty)
            #expect(run.errors.contains("apt-get install libespeak-ng1 espeak-ng-data"))
        }
        try place.copy("chime.mp3")
        #expect(try place.rtmedia("convert", "chime.mp3", environment: environment).status == 0)
    }

    @Test("a worker that is not beside the tool is looked for where RTMEDIA_SPEECH_WORKER says")
    func worker() throws {
        try #require(try place.shell("mkdir alone; cp \(Workplace.products)/rtmedia{,-full} alone/").status == 0)
        let alone = "\(place.path)/alone/rtmedia"
        let missing = try place.run(alone, ["say", "hello"])
        #expect(missing.status == 69 && missing.output.isEmpty)
        #expect(missing.errors.contains("rtmedia-speech: is not beside \(alone)"))
        #expect(missing.errors.contains("apt-get install libespeak-ng-dev"))
        let elsewhere = try place.run(alone, ["say", "hello"], environment: ["RTMEDIA_SPEECH_WORKER": "/nonexistent"])
        #expect(
            elsewhere.status == 69 && elsewhere.errors.contains("neither at /nonexistent (RTMEDIA_SPEECH_WORKER) nor"))
        // Programs that are there, but may not be started.
        try #require(try place.shell("echo > alone/rtmedia-speech").status == 0)
        let refused = try place.run(alone, ["say", "hello"])
        #expect(
            refused.status == 69
                && refused.errors
                    == "rtmedia: \(place.path)/alone/rtmedia-speech: can't be started: Permission denied\n",
            "\(refused.errors)")
        try #require(
            try place.shell("mkdir half; cp \(Workplace.products)/rtmedia half/; echo > half/rtmedia-full").status == 0)
        let half = try place.run("\(place.path)/half/rtmedia", ["say", "hello"])
        #expect(half.status == 69 && half.errors.hasSuffix("/half/rtmedia-full: can't be started: Permission denied\n"))
        let found = try place.run(
            alone, ["say", "hello", "-q"],
            environment: ["RTMEDIA_SPEECH_WORKER": "\(Workplace.products)/rtmedia-speech"])
        #expect(found.status == 0)
        #expect(try found.output == place.rtmedia("say", "hello", "-q").output)
        try place.makeProgram(
            """
            #!/bin/bash
            [ "$1" = --voices ] || kill -SEGV $$
            exec '\(Workplace.products)/rtmedia-speech' "$@"

            """, "crash")
        let crashed = try place.run(
            alone, ["say", "hello", "-q"], environment: ["RTMEDIA_SPEECH_WORKER": "\(place.path)/crash"])
        #expect(crashed.status == 65 && crashed.output.isEmpty)
        #expect(
            crashed.errors
                == "rtmedia: \"hello\": the engine crashed on it (Segmentation fault); other texts are not affected\n")
    }

    @Test("no executable but the worker links the engine")
    func links() throws {
        func needs(_ name: String) throws -> Bool {
            String(decoding: try Workplace.bytes("\(Workplace.products)/\(name)"), as: UTF8.self).contains(
                "libespeak-ng.so")
        }
        #expect(try needs("rtmedia-speech"))
        for name in ["rtmedia", "rtmedia-full"] {
            let dynamic = try place.shell("ldd '\(Workplace.products)/\(name)'")
            #expect(dynamic.status == 0 && dynamic.text.contains("libsndfile") && !dynamic.text.contains("espeak"))
        }
    }
}
