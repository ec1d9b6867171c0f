import Foundation
import Testing

/// A sound that a test makes or hears: a WAV file of 16 bits, written and read byte by byte, in which nothing of rtmedia's takes
/// part.
struct TestSound {
    var rate = 8000
    /// The samples of each channel.
    var channels: [[Int16]]

    var samples: [Int16] { channels[0] }

    /// A sound of one channel.
    init(_ samples: [Int16], rate: Int = 8000) { self.init(channels: [samples], rate: rate) }

    init(channels: [[Int16]], rate: Int = 8000) { (self.channels, self.rate) = (channels, rate) }

    /// Reads a file with a header of 44 bytes.
    init(wav bytes: [UInt8]) throws {
        func number(_ offset: Int, _ size: Int) -> Int {
            bytes[offset..<offset + size].reversed().reduce(0) { $0 << 8 | Int($1) }
        }
        try #require(bytes.count >= 44 && bytes.starts(with: "RIFF".utf8), "\(bytes.count) bytes")
        let count = number(22, 2)
        try #require(number(34, 2) == 16 && number(40, 4) == bytes.count - 44 && count > 0)
        rate = number(24, 4)
        channels = (0..<count).map { channel in
            stride(from: 44 + 2 * channel, to: bytes.count - 1, by: 2 * count).map {
                Int16(bitPattern: UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8)
            }
        }
    }

    var wav: [UInt8] {
        func bytes(_ value: Int, _ size: Int) -> [UInt8] {
            (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        }
        let frameSize = 2 * channels.count
        let size = frameSize * samples.count
        var file = Array("RIFF".utf8) + bytes(36 + size, 4) + Array("WAVEfmt ".utf8) + bytes(16, 4) + bytes(1, 2)
        file += bytes(channels.count, 2) + bytes(rate, 4) + bytes(rate * frameSize, 4) + bytes(frameSize, 2)
        file += bytes(16, 2) + Array("data".utf8) + bytes(size, 4)
        file.reserveCapacity(44 + size)
        for frame in samples.indices {
            for channel in channels {
                let sample = UInt16(bitPattern: channel[frame])
                file.append(UInt8(truncatingIfNeeded: sample))
                file.append(UInt8(sample >> 8))
            }
        }
        return file
    }
}

extension TestSound {
    /// The sum of tones that are as loud as each other and begin at 0.
    static func tones(_ frequencies: [Int], amplitude: Double, count: Int, rate: Int = 8000) -> [Int16] {
        (0..<count).map { sample in
            let time = 2 * Double.pi * Double(sample) / Double(rate)
            return Int16(frequencies.reduce(0) { $0 + amplitude * sin(time * Double($1)) }.rounded())
        }
    }

    /// Noise that is the same each time.
    static func noise(amplitude: Int, count: Int) -> [Int16] {
        var state: UInt64 = 1
        return (0..<count).map { _ in
            // Knuth, MMIX.
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int16(Int(state >> 33) % (2 * amplitude + 1) - amplitude)
        }
    }

    /// How much of a tone is in samples that last a whole number of its periods: what is in phase with one that begins at 0 of
    /// `start` samples before, and what is a quarter behind.
    static func part(of frequency: Int, in samples: some Sequence<Int16>, from start: Int = 0) -> (
        sine: Double, cosine: Double
    ) {
        var (sine, cosine, count) = (0.0, 0.0, 0.0)
        for (index, sample) in samples.enumerated() {
            let phase = 2 * Double.pi * Double(frequency * ((start + index) % 8000)) / 8000
            sine += Double(sample) * sin(phase)
            cosine += Double(sample) * cos(phase)
            count += 1
        }
        return (2 * sine / count, 2 * cosine / count)
    }

    /// The amplitude of a tone in samples at 8000 Hz that last a whole number of its periods.
    static func amplitude(of frequency: Int, in samples: some Sequence<Int16>) -> Double {
        let part = part(of: frequency, in: samples)
        return (part.sine * part.sine + part.cosine * part.cosine).squareRoot()
    }
}

/// How many decibels a value is over another.
func decibels(_ value: Double, over reference: Double) -> Double { 20 * log10(max(value, 1e-9) / reference) }
