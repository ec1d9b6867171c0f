import Foundation
import Glibc
import TestSupport
import Testing

/// What is in use on telephones, converted in one call per collection and judged by tools that are not ours.
@Suite(.waiting) struct RealMaterialTests {
    let place = Workplace()
    private static let judge = "/" + #filePath.split(separator: "/").dropLast().joined(separator: "/") + "/judge.py"
    private static let asterisk = "/usr/share/asterisk"

    /// The number of files that were judged; every fault is a failure.
    private func judged(_ words: [String]) throws -> Int {
        let run = try place.run("/usr/bin/python3", [Self.judge] + words)
        #expect(run.status == 0 && run.errors.isEmpty, "\(run.text)\(run.errors)")
        return try #require(run.text.split(separator: "\n").last.flatMap { Int($0.prefix { $0.isNumber }) })
    }

    @Test(
        "Asterisk's prompts and music come out right",
        arguments: [
            ("sounds/en_US_f_Allison", "wav", 500), ("sounds/fr_CA_f_June", "g722", 500), ("moh", "wav", 5),
        ])
    func asterisk(folder: String, ending: String, count: Int) throws {
        mkdir("\(place.path)/in", 0o777)
        // The same prompts may be there in other formats, from other packages.
        let copy =
            "cd \(Self.asterisk)/\(folder) && find . -type f -name '*.\(ending)' -exec cp --parents -t $OLDPWD/in {} +"
        try #require(
            try place.shell(copy).status == 0 && place.files.count >= count,
            "install asterisk-core-sounds-en-wav, -fr-g722 and asterisk-moh-opsound-wav")
        let expected = place.files.count
        let run = try place.rtmedia("convert", "in", "-o", "out", "--quiet")
        #expect(run.status == 0 && run.errors.isEmpty && run.output.isEmpty, "\(run.errors)")
        #expect(try judged(["in", "out"]) == expected)
        #expect(place.temporaryFiles.isEmpty)
    }

    /// Formats that other tools make of one recording, and how true to it they can be.
    struct Dress: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// A line of shell for each, from `o.wav` at 8000 Hz, `h.wav` at 44,100 and `six.wav` at 48,000 in 5.1.
        let recipes: [String]
        /// How the result may differ, for the judge.
        let options: [String]
    }

    static let dresses = [
        Dress(
            testDescription: "formats that tell where the sound begins and ends",
            recipes: [
                "sox -D o.wav -r 44100 -c 2 -b 24 in/a.wav", "sox -D o.wav -r 48000 in/b.flac",
                "sox -D o.wav -r 22050 in/c.aiff", "sox -D o.wav -r 11025 in/d.wav",
                "sox -D o.wav -r 96000 -e float -b 32 in/e.wav", "sox -D o.wav -r 32000 in/f.caf",
                "sox -D o.wav -r 44100 in/g.ogg", "sox -D o.wav -r 16000 in/h.au", "sox -D o.wav -r 24000 in/i.w64",
                "sox h.wav in/j.sph", "sox h.wav in/k.voc", "sox -D o.wav -r 12000 -t wav - | cat > in/l.wav",
                "ffmpeg -v error -i h.wav -f wav - | cat > in/m.wav", "ffmpeg -v error -i h.wav -rf64 always in/n.wav",
                "ffmpeg -v error -i six.wav in/o.flac", "ffmpeg -v error -i h.wav -c:a flac -f ogg in/p.oga",
                "ffmpeg -v error -i h.wav -c:a alac in/q.m4a", "ffmpeg -v error -i h.wav -b:a 96k in/r.m4a",
                "ffmpeg -v error -f lavfi -i testsrc=s=64x64:d=3 -i h.wav -c:v mpeg4 in/s.mp4",
                "ffmpeg -v error -i h.wav -c:a aac in/t.3gp", "ffmpeg -v error -i h.wav in/u.wv",
                "ffmpeg -v error -i h.wav in/v.tta",
                "lame --quiet -b 128 h.wav in/w.mp3", "opusenc --quiet h.wav in/x.opus",
                "ffmpeg -v error -i h.wav -ar 48000 -c:a libopus in/y.webm", "sox o.wav -e a-law in/z.al",
            ], options: []),
        Dress(
            testDescription: "formats that fill up their last block",
            recipes: [
                "sox o.wav -e gsm in/a.wav", "sox o.wav in/b.gsm",
                "ffmpeg -v error -i h.wav -c:a adpcm_ima_wav in/c.wav",
                "ffmpeg -v error -i h.wav -c:a adpcm_ima_qt in/d.aiff",
                "ffmpeg -v error -i h.wav -c:a libvorbis in/e.webm",
            ], options: ["--excess", "330", "--least", "0.98"]),
        Dress(
            testDescription: "formats that do not tell of their coder's delay",
            recipes: [
                "ffmpeg -v error -i o.wav -ar 16000 -c:a libspeex in/a.spx", "ffmpeg -v error -i h.wav in/b.ac3",
                "ffmpeg -v error -i six.wav in/c.ac3", "ffmpeg -v error -i h.wav in/d.eac3",
                "ffmpeg -v error -i h.wav -strict -2 -c:a dca in/e.dts", "ffmpeg -v error -i h.wav in/f.wma",
                "ffmpeg -v error -i h.wav in/g.aac", "ffmpeg -v error -i h.wav -c:a aac in/h.ts",
                "ffmpeg -v error -i h.wav in/i.mp2", "ffmpeg -v error -i h.wav -c:a aac in/j.mkv",
                "ffmpeg -v error -i h.wav -c:a aac -movflags frag_keyframe+empty_moov in/k.m4a",
                "ffmpeg -v error -i h.wav -c:a libmp3lame in/l.avi",
            ], options: ["--excess", "330", "--lag", "400", "--least", "0.85"]),
    ]

    @Test("a recording in another dress comes out as it was", arguments: dresses)
    func dressed(_ dress: Dress) throws {
        mkdir("\(place.path)/in", 0o777)
        // Below what each of the filters passes; the third recording is as loud in each of its channels.
        let recording = [
            "sox -D \(Self.asterisk)/sounds/en_US_f_Allison/vm-intro.wav o.wav sinc -3000",
            "sox -D o.wav -r 44100 h.wav",
            "sox -D o.wav -r 48000 -c 6 six.wav",
        ]
        let made = try place.shell((["set -e -o pipefail"] + recording + dress.recipes).joined(separator: "\n"))
        try #require(made.status == 0, "\(made.errors)")
        let run = try place.rtmedia("convert", "in", "-o", "out", "--quiet")
        #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
        #expect(try judged(["--original", "o.wav"] + dress.options + ["in", "out"]) == dress.recipes.count)
    }
}
