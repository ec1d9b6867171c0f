import Foundation
import TestSupport
import Testing

/// What becomes of six channels, in formats that order them in different ways.
@Suite(.waiting) struct SurroundTests {
    let place = Workplace()

    /// The peak, in dBFS, of a conversion of a tone in one channel; nil for silence.
    private func peak(_ channel: String, _ file: String) throws -> Double? {
        struct Record: Decodable { let peak_dbfs: Double? }
        let tone = "ffmpeg -v error -y -f lavfi -i sine=100:d=1:r=48000 -af 'pan=5.1|\(channel)=c0' \(file)"
        try #require(try place.shell(tone).status == 0)
        #expect(try place.rtmedia("convert", file, "-o", "out.wav", "--force", "--quiet").status == 0)
        let run = try place.rtmedia("inspect", "out.wav", "--json")
        return try run.json(Record.self).peak_dbfs
    }

    @Test(
        "the centre is 3 dB louder than left and right, surrounds are 3 dB softer, low-frequency effects are left out",
        arguments: ["a.wav", "a.flac", "a.ogg", "a.opus", "a.m4a", "a.caf"])
    func downmix(file: String) throws {
        let left = try #require(try peak("FL", file))
        #expect(abs(try #require(try peak("FR", file)) - left) < 0.5)
        #expect(abs(try #require(try peak("FC", file)) - left - 3) < 0.5)
        #expect(abs(try #require(try peak("BL", file)) - left + 3) < 0.5)
        #expect(abs(try #require(try peak("BR", file)) - left + 3) < 0.5)
        #expect(try peak("LFE", file) ?? -100 < left - 30)
    }
}
