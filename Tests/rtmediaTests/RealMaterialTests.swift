import Foundation
import Glibc
import Testing

/// What is in use on telephones, converted in one call per collection and judged by tools that are not ours.
@Suite struct RealMaterialTests {
    let place = Workplace()
    private static let judge = "/" + #filePath.split(separator: "/").dropLast().joined(separator: "/") + "/judge.py"
    private static let asterisk = "/usr/share/asterisk"

    /// The number of files that were judged; every fault is a failure.
    private func judged(_ words: [String]) throws -> Int {
        let run = try place.run("python3", [Self.judge] + words)
        #expect(run.status == 0 && run.errors.isEmpty, "\(run.text)\(run.errors)")
        return try #require(run.text.split(separator: "\n").last.flatMap { Int($0.prefix { $0.isNumber }) })
    }

    @Test(
        "Asterisk's prompts and music come out right",
        arguments: [("sounds/en", "wav", 500), ("sounds/fr", "g722", 500), ("moh", "wav", 5)])
    func asterisk(folder: String, ending: String, count: Int) throws {
        let source = "\(Self.asterisk)/\(folder)"
        let found = try place.shell("find -L \(source) -name '*.\(ending)' | wc -l")
        let expected = try #require(Int(found.text.trimmingCharacters(in: .whitespacesAndNewlines)))
        try #require(expected >= count, "install asterisk-core-sounds-en-wav, -fr-g722 and asterisk-moh-opsound-wav")
        let run = try place.rtmedia("convert", source, "-o", "out", "--quiet")
        #expect(run.status == 0 && run.errors.isEmpty && run.output.isEmpty)
        #expect(try judged([source, "out"]) == expected)
        #expect(place.temporaryFiles.isEmpty)
    }

    /// Music in the formats and rates that people have, each made by sox, ffmpeg or an encoder of its own.
    static let recipes = [
        "sox -D o.wav -r 44100 -c 2 -b 24 in/a.wav", "sox -D o.wav -r 48000 in/b.flac", "sox -D o.wav -r 22050 in/c.aiff",
        "sox -D o.wav -r 11025 in/d.wav", "sox -D o.wav -r 96000 -e float -b 32 in/e.wav", "sox -D o.wav -r 32000 in/f.caf",
        "sox -D o.wav -r 44100 in/g.ogg", "sox -D o.wav -r 16000 in/h.au", "sox -D o.wav -r 24000 in/i.w64",
        "sox -D o.wav -r 44100 -c 6 t.wav && ffmpeg -v error -i t.wav -c:a flac in/j.flac",
        "sox -D o.wav -r 44100 u.wav && lame --quiet -b 128 u.wav in/k.mp3",
        "sox -D o.wav -r 48000 v.wav && opusenc --quiet v.wav in/l.opus",
        "ffmpeg -v error -i o.wav -ar 44100 -b:a 96k in/m.m4a", "ffmpeg -v error -i o.wav -ar 48000 -c:a libopus in/n.webm",
    ]

    @Test("music in every dress comes out as the music it was, to the sample")
    func dressed() throws {
        mkdir("\(place.path)/in", 0o777)
        // Half a minute, below what every one of the coders and filters passes.
        let line = "sox -D \(Self.asterisk)/moh/manolo_camp-morning_coffee.wav o.wav trim 5 30 sinc -3000"
        let made = try place.shell("set -e; \(line); \(Self.recipes.joined(separator: "; "))")
        try #require(made.status == 0, "\(made.errors)")
        let run = try place.rtmedia("convert", "in", "-o", "out", "--quiet")
        #expect(run.status == 0 && run.errors.isEmpty)
        #expect(try judged(["--original", "o.wav", "in", "out"]) == Self.recipes.count)
    }
}
