import Foundation
import Glibc
import TestSupport
import Testing

/// Commands as filters: names or files on standard input, a line of JSON for each on standard output.
@Suite(.waiting) struct FilterTests {
    let place = Workplace()

    private struct Line: Decodable {
        let file: String
        let result: String?
        let ok: Bool?
        let error: String?
        let levels: String?
    }

    init() throws {
        try place.makeCaller()
        try place.write(Array("no audio".utf8), to: "note.txt")
    }

    private func framed(_ files: [(name: [UInt8], content: [UInt8])]) -> [UInt8] {
        files.flatMap { file in
            withUnsafeBytes(of: UInt32(file.name.count).bigEndian) { Array($0) } + file.name
                + withUnsafeBytes(of: UInt64(file.content.count).bigEndian) { Array($0) } + file.content
        }
    }

    @Test(
        "each name has a line, in the same order, and what can't be used is a line, not the end", arguments: ["1", "3"])
    func names(jobs: String) throws {
        let names = ["caller.wav", "missing.wav", "note.txt", "", ".", "caller.wav", "./caller.wav"]
        try place.write(Array((names.joined(separator: "\n") + "\n").utf8), to: "names")
        let run = try place.shell("rtmedia detect --files-from - --silence-ms 300 --jobs \(jobs) < names")
        #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
        let lines = try run.jsonLines(Line.self)
        #expect(lines.map(\.file) == names)
        #expect(lines.map(\.result) == ["TALK", "failed", "failed", "failed", "failed", "TALK", "TALK"])
        #expect(lines.map { $0.error == nil } == [true, false, false, false, false, true, true])
        // The records are those of the command without it.
        let plain = try place.rtmedia("detect", "caller.wav", "--silence-ms", "300", "--json")
        #expect(run.text.hasPrefix(plain.text))
        #expect(try place.rtmedia("detect", "--files-from", "names", "--silence-ms", "300").output == run.output)
    }

    @Test("inspect, convert and levels do as detect does")
    func otherCommands() throws {
        let names = "printf 'caller.wav\\nmissing.wav\\nnote.txt'"
        let inspected = try place.shell("\(names) | rtmedia inspect --files-from -")
        #expect(inspected.status == 0, "\(inspected.errors)")
        #expect(try inspected.jsonLines(Line.self).map(\.ok) == [true, nil, nil], "\(inspected.text)")
        let converted = try place.shell("\(names) | rtmedia convert --files-from - -o out")
        #expect(converted.status == 0, "\(converted.errors)")
        #expect(try converted.jsonLines(Line.self).map(\.result) == ["converted", "failed", "failed"])
        #expect(try TestSound(wav: place.bytes("out/caller.wav")).samples.count == 25_600)
        let again = try place.shell("\(names) | rtmedia convert --files-from - -o out")
        #expect(try again.jsonLines(Line.self).map(\.result) == ["unchanged", "failed", "failed"])
        let levels = try place.shell("\(names) | rtmedia levels --files-from -")
        #expect(levels.status == 0, "\(levels.errors)")
        let measured = try levels.jsonLines(Line.self)
        #expect(measured.map(\.result) == ["measured", "failed", "failed"])
        let base64 = try #require(measured[0].levels)
        let bytes = try #require(Data(base64Encoded: base64))
        let direct = try place.rtmedia("levels", "caller.wav", "-o", "direct.levels", "--no-cache")
        #expect(direct.status == 0)
        let expected = try place.bytes("direct.levels")
        #expect([UInt8](bytes) == expected)
    }

    @Test("no input is replaced, and of two files with one result the second is refused, also with --force")
    func force() throws {
        try place.write(place.bytes("caller.wav"), to: "a/x.wav")
        try place.copy("chime.mp3", to: "a/x.mp3")
        let beside = try place.shell("ls a/* | rtmedia convert --files-from - --force")
        #expect(beside.status == 64 && beside.errors.contains("name a folder with -o"), "\(beside.errors)")
        let apart = try place.shell("ls a/x.mp3 a/x.wav | rtmedia convert --files-from - --force -o out --jobs 1")
        #expect(try apart.jsonLines(Line.self).map(\.result) == ["converted", "failed"], "\(apart.text)")
        #expect(apart.text.contains("is the result of another file already"))
    }

    @Test("names are any bytes but their end; results lie under the names of the inputs, and nowhere else")
    func strangeNames() throws {
        let wav = try place.bytes("caller.wav")
        try place.write(wav, to: "a b\t\"ü\".wav")
        let made = try place.shell(
            "cp caller.wav $'line\\nfeed.wav'; cp caller.wav $'\\xff\\xfe.wav'; mkdir sub; cp caller.wav sub/x.wav")
        try #require(made.status == 0)
        let run = try place.shell(
            "printf 'a b\\t\"ü\".wav\\0line\\nfeed.wav\\0\\xff\\xfe.wav\\0' | rtmedia detect --files-from - -0")
        let named = try run.jsonLines(Line.self)
        #expect(named.map(\.file) == ["a b\t\"ü\".wav", "line\nfeed.wav", "\u{FFFD}\u{FFFD}.wav"])
        #expect(named.allSatisfy { $0.error == nil }, "\(run.text)")
        let out = try place.shell(
            "printf 'sub/x.wav\\nsub/../caller.wav\\n%s/caller.wav\\n' $PWD | rtmedia convert --files-from - -o out")
        let lines = try out.jsonLines(Line.self)
        #expect(lines.map(\.result) == ["converted", "failed", "converted"], "\(out.text)")
        #expect(try TestSound(wav: place.bytes("out/sub/x.wav")).samples.count == 25_600)
        #expect(try TestSound(wav: place.bytes("out\(place.path)/caller.wav")).samples.count == 25_600)
        // No result is called by a name that is another one.
        let refused = try place.shell("printf '\\xff\\xfe.wav' | rtmedia convert --files-from - -o other; ls other")
        #expect(
            try refused.text.split(separator: "\n").count == 1 && refused.jsonLines(Line.self)[0].result == "failed")
        #expect(refused.text.contains("has a name that is not UTF-8"), "\(refused.text)")
    }

    @Test("files themselves may come, framed: each with its name")
    func frames() throws {
        let wav = try place.bytes("caller.wav")
        let long = TestSound([Int16](repeating: 1000, count: 9_000_000)).wav
        try place.write(
            framed([
                (Array("s3://bucket/a.wav".utf8), wav), (Array("note.txt".utf8), Array("no audio".utf8)), ([], wav),
                (Array("long.wav".utf8), long), (Array("empty".utf8), []),
            ]), to: "frames")
        let run = try place.shell("rtmedia detect --framed --silence-ms 300 < frames")
        #expect(run.status == 0, "\(run.errors)")
        #expect(try run.jsonLines(Line.self).map(\.file) == ["s3://bucket/a.wav", "note.txt", "", "long.wav", "empty"])
        #expect(try run.jsonLines(Line.self).map(\.result) == ["TALK", "failed", "TALK", "0", "failed"])
        let levels = try place.shell("rtmedia levels --framed < frames")
        #expect(
            try levels.jsonLines(Line.self).map(\.result) == ["measured", "failed", "measured", "measured", "failed"],
            "\(levels.errors)")
        let converted = try place.shell("rtmedia convert --framed -o out < frames")
        #expect(converted.status == 0 && place.files.contains("out/s3:/bucket/a.wav"), "\(place.files)")
        // A stream that ends within a file has its lines until then, and is an error.
        try place.write(Array(try place.bytes("frames").prefix(100_000)), to: "cut")
        let cut = try place.shell("rtmedia detect --framed --silence-ms 300 < cut")
        #expect(cut.status == 65 && cut.errors.contains("standard input: ends within a file"), "\(cut.errors)")
        #expect(try cut.jsonLines(Line.self).count == 2)
        for hostile in ["\\xff\\xff\\xff\\xff", "\\0\\0\\0\\1a\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xff"] {
            let run = try place.shell("printf '\(hostile)' | rtmedia detect --framed")
            #expect(run.status == 65 && run.errors.contains("are accepted"), "\(run.errors)")
        }
    }

    @Test("each line is written as soon as its name has come")
    func flushing() throws {
        let line =
            "(echo caller.wav; until [ -e go ]; do sleep 0.02; done; echo missing.wav) | rtmedia detect --files-from - --silence-ms 300"
        let program = try place.start("bash", ["-c", line])
        try program.read(until: /"result":"TALK"[^\n]*\n/)
        try place.write([], to: "go")
        #expect(try program.wait() == 0 && program.said.split(separator: "\n").count == 2)
    }

    @Test("when nobody reads any more it ends without a word")
    func brokenPipe() throws {
        let run = try place.shell(
            "yes caller.wav | head -n 20000 | rtmedia detect --files-from - 2> errors | head -n 1 > first; echo ${PIPESTATUS[2]}"
        )
        #expect(run.text == "141\n")
        #expect(try place.bytes("errors").isEmpty)
        // Also where whoever starts it has it ignore the signal.
        let ignoring = try place.shell(
            "trap '' PIPE; yes caller.wav | head -n 20000 | rtmedia detect --files-from - 2> errors | head -n 1 > first; echo ${PIPESTATUS[2]}"
        )
        #expect(ignoring.text == "141\n")
        #expect(try place.bytes("errors").isEmpty)
    }

    @Test("memory does not grow with the number of names", .enabled(if: Workplace.isOptimized))
    func memory() throws {
        func peak(_ count: Int) throws -> Int {
            let run = try place.shell(
                "yes caller.wav | head -n \(count) | python3 \(Workplace.samples)/../../Tests/rtmediaTests/peak.py \(Workplace.products)/rtmedia detect --files-from - --jobs 2 2> peak | wc -l"
            )
            #expect(run.text.trimmingCharacters(in: .whitespacesAndNewlines) == "\(count)", "\(run.text)\(run.errors)")
            return try #require(Int(String(decoding: try place.bytes("peak"), as: UTF8.self).filter(\.isNumber)))
        }
        let (few, many) = (try peak(500), try peak(10_000))
        #expect(many < few + few / 4, "\(few) and \(many)")
    }

    @Test("wrong usage is told")
    func usage() throws {
        for wrong in [
            ["--files-from", "-", "caller.wav"], ["--framed", "caller.wav"], ["--framed", "--files-from", "-"],
            ["-0", "caller.wav"], [],
        ] {
            #expect(try place.run("rtmedia", ["detect"] + wrong).status == 64, "\(wrong)")
        }
        #expect(try place.rtmedia("detect", "--files-from", "nowhere").status == 66)
        #expect(try place.rtmedia("detect", "--files-from", "-", "--plot", "a.svg").status == 64)
        #expect(try place.rtmedia("convert", "--framed").status == 64)
        #expect(try place.rtmedia("levels", "caller.wav").status == 64)
    }
}
