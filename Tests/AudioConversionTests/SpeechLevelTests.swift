import Glibc
import TestSupport
import Testing

@testable import AudioConversion
@testable import TelephonyAudio

/// The active speech level beside what the reference implementation of ITU-T G.191 (Software Tool Library, sv56, release
/// of 2023) gives for the same samples; its own interpolation stops within 0.5 dB, so that it is good to about 0.05 dB.
@Suite(.waiting) struct SpeechLevelTests {
    /// A signal by formula, and the reference's active level in dBov and activity in percent.
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let count: Int
        let level: Double
        let activity: Double
        let signal: @Sendable (Int, Int) -> Int
    }

    /// A 1 kHz sine.
    private static func sine(_ amplitude: Int, _ n: Int) -> Int {
        Int((Double(amplitude) * sin(2 * .pi * Double(n) / 8)).rounded())
    }

    static let rows = [
        Row(testDescription: "a steady tone", count: 64_000, level: -15.038, activity: 99.698) { n, _ in sine(8192, n)
        },
        Row(testDescription: "a tone, half a second on and off", count: 64_000, level: -16.987, activity: 78.086) {
            n, _ in
            n % 8000 < 4000 ? sine(8192, n) : 0
        },
        Row(testDescription: "a tone, 1 s on and 3 s off", count: 96_000, level: -34.360, activity: 31.767) { n, _ in
            n % 32_000 < 8000 ? sine(1000, n) : 0
        },
        Row(testDescription: "steady noise", count: 64_000, level: -22.831, activity: 99.708) { _, noise in noise / 8 },
        Row(testDescription: "noise in bursts of 50 ms", count: 64_000, level: -25.855, activity: 99.772) { n, noise in
            n % 800 < 400 ? noise / 8 : 0
        },
        Row(testDescription: "noise in bursts of 300 ms", count: 96_000, level: -25.781, activity: 78.635) { n, noise in
            n % 6000 < 2400 ? noise / 8 : 0
        },
        Row(testDescription: "noise in bursts of 1 s", count: 64_000, level: -23.939, activity: 64.007) { n, noise in
            n % 16_000 < 8000 ? noise / 8 : 0
        },
        Row(testDescription: "noise, 2 s on and 4 s off", count: 96_000, level: -23.388, activity: 37.843) { n, noise in
            n % 48_000 < 16_000 ? noise / 8 : 0
        },
        Row(testDescription: "loud and quiet in turn", count: 64_000, level: -17.693, activity: 70.494) { n, _ in
            n % 8000 < 3200 ? sine(8000, n) : sine(500, n)
        },
        Row(testDescription: "loud, nothing, faint", count: 96_000, level: -18.752, activity: 52.318) { n, noise in
            [noise / 4, 0, noise / 4 / 16][n % 12_000 / 4000]
        },
        Row(testDescription: "a faint tone", count: 64_000, level: -67.135, activity: 53.623) { n, _ in
            n % 8000 < 2000 ? sine(30, n) : 0
        },
        Row(testDescription: "noise that swells and fades", count: 160_000, level: -16.127, activity: 68.402) {
            n, noise in
            n % 20_000 < 12_000 ? noise / 2 * min(n % 2000, 2000 - n % 2000) / 1000 : 0
        },
        Row(testDescription: "a full-scale square wave", count: 64_000, level: 0.011, activity: 99.740) { n, _ in
            n % 8 < 4 ? 32_767 : -32_767
        },
    ]

    private static func samples(_ row: Row) -> [Float] {
        var state: UInt32 = 1
        return (0..<row.count).map { n in
            state = state &* 1_664_525 &+ 1_013_904_223
            return Float(row.signal(n, Int(Int16(bitPattern: UInt16(state >> 16))))) / 32_768
        }
    }

    @Test("agrees with the reference", arguments: rows)
    func reference(row: Row) throws {
        var meter = SpeechLevelMeter()
        meter.add(Self.samples(row))
        let result = try #require(meter.result)
        #expect(abs(result.level.dBov - row.level) < 0.05)
        #expect(abs(100 * result.activity - row.activity) < 0.6)
    }

    @Test("there is no level, as in the reference, for silence, for what is too faint, and for a lone click")
    func nothing() {
        let signals: [(Int) -> Float] = [
            { _ in 0 }, { n in n % 8000 < 4000 ? Float(Self.sine(4, n)) / 32_768 : 0 }, { n in n == 4000 ? 1 : 0 },
        ]
        for signal in signals {
            var meter = SpeechLevelMeter()
            meter.add((0..<64_000).map(signal))
            #expect(meter.result == nil)
        }
        #expect(SpeechLevelMeter().result == nil)
    }

    @Test("the cut of the input does not change the level")
    func chunking() {
        let samples = Self.samples(Self.rows[4])
        var whole = SpeechLevelMeter()
        whole.add(samples)
        var pieces = SpeechLevelMeter()
        for start in stride(from: 0, to: samples.count, by: 777) {
            pieces.add(Array(samples[start..<min(start + 777, samples.count)]))
        }
        #expect(whole.result?.level == pieces.result?.level)
    }
}
