import Foundation
import Glibc
import TestSupport
import Testing

/// What is left of programs that are ended in the midst of their work: what was whole already, and nothing else.
@Suite(.waiting, .timeLimit(.minutes(10))) struct SignalTests {
    let place = Workplace()

    static let signals = [SIGINT, SIGTERM, SIGKILL]

    /// Ends a program, which has said nothing.
    private func end(_ program: RunningProgram, with signal: Int32) throws {
        program.send(signal)
        #expect(try program.wait() == 128 + signal)
        #expect(program.said.isEmpty)
        #expect(place.temporaryFiles.isEmpty)
    }

    /// Has a program that others start do something and then nothing more, until the one that started it has ended.
    private func install(_ lines: String, as name: String) throws {
        try place.write(Array("#!/bin/bash\n\(lines)\nexec tail --pid=$PPID -f /dev/null\n".utf8), to: "text")
        // Not written by this process: a program that another test starts meanwhile would hold it open for a moment.
        try #require(try place.shell("install -D -m 755 text \(name) && rm text").status == 0)
    }

    @Test("a conversion of a pipe that never ends leaves nothing", arguments: signals)
    func pipe(signal: Int32) throws {
        mkfifo("\(place.path)/in", 0o666)
        let writer = try place.start(
            "bash", ["-c", "exec > in; cat '\(Workplace.samples)/chime.wav'; read end"], input: .pipe)
        let program = try place.start("rtmedia", ["convert", "in", "-o", "out/a.wav"])
        try place.awaitNamelessFile(of: program)
        try end(program, with: signal)
        #expect(place.files == ["in"])
        withExtendedLifetime(writer) {}
    }

    @Test("a conversion that has written a part of its result leaves nothing", arguments: signals)
    func result(signal: Int32) throws {
        // Sun AU, 32-bit floats, 8000 Hz, mono; then half a megabyte, and it hangs.
        let header = #"\x2esnd\0\0\0\x1c\xff\xff\xff\xff\0\0\0\x06\0\0\x1f\x40\0\0\0\x01\0\0\0\0"#
        try install(#"printf '\#(header)'; head -c 1000000 /dev/zero"#, as: "bin/ffmpeg")
        try place.copy("chime.webm")
        let program = try place.start(
            "rtmedia", ["convert", "chime.webm", "-o", "out/a.wav"], environment: ["PATH": "bin:\(place.programPath)"])
        try place.awaitNamelessFile(of: program, in: "out")
        try end(program, with: signal)
        #expect(place.files == ["bin/ffmpeg", "chime.webm"])
    }

    @Test("a conversion of a folder leaves the results that were whole", arguments: signals)
    func folder(signal: Int32) throws {
        for name in ["a.wav", "b.flac", "d.wav"] { try place.copy("chime\(name.dropFirst())", to: "in/\(name)") }
        try place.copy("chime.m4a", to: "in/c.m4a")
        #expect(try place.rtmedia("convert", "in", "-o", "whole", "-q").status == 0)
        try install("touch hangs", as: "bin/ffmpeg")
        let program = try place.start(
            "rtmedia", ["convert", "in", "-o", "out", "--jobs", "1", "-q"],
            environment: ["PATH": "bin:\(place.programPath)"])
        try place.wait(for: "ffmpeg", by: program) { place.files.contains("hangs") }
        try end(program, with: signal)
        #expect(place.files.filter { $0.hasPrefix("out/") } == ["out/a.wav", "out/b.wav"])
        for name in ["a.wav", "b.wav"] { #expect(try place.bytes("out/\(name)") == place.bytes("whole/\(name)")) }
        // The next run goes on from there.
        #expect(try place.rtmedia("convert", "in", "-o", "out", "-q").status == 0)
        #expect(try place.shell("diff -r whole out").text.isEmpty)
    }

    @Test("a call that is recorded and killed leaves no recording", arguments: ["SIGTERM", "SIGKILL"])
    func call(signal: String) throws {
        let play = #"{"command":"play","params":{"media_id":"TTS|TTS_EN-GB_DANIEL|Hello"}}"#
        let stop = #"{"wrong":{"interrupt":"\#(place.path)/pid","signal":"\#(signal)","delay":3600}}"#
        let handler = try HandlerProgram.steps("[\(play),\(stop)]")
        let run = try place.shell("echo $$ > pid; exec rtmedia call \(handler.address) --record out")
        #expect(run.status == 128 + ["SIGTERM": SIGTERM, "SIGKILL": SIGKILL][signal]!)
        // What happened until then was printed as it happened.
        #expect(run.text.contains("UP, play: 0\n") && run.errors.isEmpty)
        #expect(place.files == ["pid"] && place.temporaryFiles.isEmpty)
    }

    @Test("speech that is not yet spoken leaves nothing")
    func say() throws {
        // Beside a copy of the tool its worker may be another one.
        try #require(try place.shell("mkdir bin; cp $(which rtmedia) $(which rtmedia-full) bin").status == 0)
        try install(
            #"[ "$1" = --voices ] && exec \#(Workplace.products)/rtmedia-speech --voices; touch hangs"#,
            as: "bin/rtmedia-speech")
        let before = place.files
        for signal in Self.signals {
            let program = try place.start(
                "\(place.path)/bin/rtmedia", ["say", "Hello", "--voice", "en", "-o", "out/a.wav"])
            try place.wait(for: "the worker", by: program) { place.files.contains("hangs") }
            try end(program, with: signal)
            try FileManager.default.removeItem(atPath: "\(place.path)/hangs")
            #expect(place.files == before)
        }
    }
}
