import Foundation
import TelephonyAudio
import TestSupport
import Testing

@testable import LayerIII

/// An MP3 file that LAME makes of a seeded signal, rich in clicks and in high tones.
struct MP3Recipe: Sendable, CustomTestStringConvertible {
    let sampleRate: Int
    let channels: Int
    let options: String

    var testDescription: String { "\(sampleRate) Hz, \(channels == 1 ? "mono" : "stereo"), lame \(options)" }

    /// The MP3 file.
    func bytes() throws -> [UInt8] {
        let folder = TestFolder()
        try folder.write(wav, to: "a.wav")
        let rate = "\(Double(sampleRate) / 1000)"
        let words = options.split(separator: " ").map(String.init)
        let run = try RunningProgram.run(
            "lame", ["--quiet", "--resample", rate] + words + ["a.wav", "a.mp3"], in: folder.path)
        try #require(run.status == 0, "\(run.errors)")
        return try folder.bytes("a.mp3")
    }

    /// The signal as a WAV file: one of telephony, with another rate and number of channels in its header.
    private var wav: [UInt8] {
        func littleEndian<T: FixedWidthInteger>(_ value: T) -> [UInt8] {
            withUnsafeBytes(of: value.littleEndian) { Array($0) }
        }
        let samples = Self.clickingMusic(channels: channels, count: sampleRate * channels)
        var header = WAVHeader(sampleCount: samples.count).bytes
        header.replaceSubrange(22..<24, with: littleEndian(UInt16(channels)))
        header.replaceSubrange(24..<28, with: littleEndian(UInt32(sampleRate)))
        header.replaceSubrange(28..<32, with: littleEndian(UInt32(2 * channels * sampleRate)))
        header.replaceSubrange(32..<34, with: littleEndian(UInt16(2 * channels)))
        return header + samples.flatMap(littleEndian)
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
            let length = try #require(MPEGFrameHeader(rest)?.length)
            frames.append(Array(rest.prefix(length)))
            rest = rest.dropFirst(length)
        }
    }

    var bytes: [UInt8] { Array(frames.joined()) }
}
