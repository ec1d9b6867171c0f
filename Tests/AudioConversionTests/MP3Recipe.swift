import Foundation
import TelephonyAudio
import Testing

@testable import AudioConversion

/// An MP3 file that LAME makes of a seeded signal, rich in clicks and in high tones.
struct MP3Recipe: Sendable, CustomTestStringConvertible {
    let sampleRate: Int
    let channels: Int
    let options: String

    var testDescription: String { "\(sampleRate) Hz, \(channels == 1 ? "mono" : "stereo"), lame \(options)" }

    /// The MP3 file.
    func bytes() throws -> [UInt8] {
        let folder = TemporaryFolder()
        let samples = Self.clickingMusic(channels: channels, count: sampleRate * channels)
        let wav = TestFiles.wav(
            channels: UInt16(channels), rate: UInt32(sampleRate), data: TestFiles.pcm(samples))
        try folder.write(wav, to: "a.wav")
        let words = options.split(separator: " ").map(String.init)
        let lame = try Process.run(
            URL(filePath: "/usr/bin/env"),
            arguments: ["lame", "--quiet", "--resample", "\(Double(sampleRate) / 1000)"] + words
                + [folder("a.wav"), folder("a.mp3")])
        lame.waitUntilExit()
        try #require(lame.terminationStatus == 0)
        return try folder.bytes("a.mp3")
    }

    /// A chirp up to half the sample rate, noise, and a click every 60 ms or so, for short blocks.
    private static func clickingMusic(channels: Int, count: Int) -> [Int16] {
        var random = SplitMix64(seed: UInt64(channels))
        var click = 0.0
        return (0..<count).map { index in
            let position = Double(index / channels) / Double(count / channels)
            if Int.random(in: 0..<2000, using: &random) == 0 { click = 12_000 }
            click *= 0.97
            let side = index % channels == 1 ? 0.6 : 1
            let chirp = 6000 * side * cos(.pi * 0.5 * position * Double(index / channels))
            let noise = Double.random(in: -1...1, using: &random)
            return Int16(chirp + noise * (side * click + 300))
        }
    }
}

/// The frames of an MP3 file without tags.
struct MP3Frames {
    var frames: [[UInt8]] = []

    init(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let length = try #require(MPEGFrames.Header(rest)?.length)
            frames.append(Array(rest.prefix(length)))
            rest = rest.dropFirst(length)
        }
    }

    var bytes: [UInt8] { Array(frames.joined()) }
}
