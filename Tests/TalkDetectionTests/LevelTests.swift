import Glibc
import TelephonyAudio
import TestSupport
import Testing

@testable import TalkDetection

@Suite("Levels")
struct LevelTests {
    @Test("every magnitude becomes a level and that the magnitude again")
    func roundTrip() {
        let magnitudes = (0...32768).map { MeanMagnitude(rawValue: $0)! }
        #expect(magnitudes.map { MeanMagnitude($0.level) } == magnitudes)
        #expect(magnitudes.map(\.level) == magnitudes.map(\.level).sorted())
    }

    @Test("a level as a threshold is the lowest magnitude that is not below it")
    func threshold() throws {
        var random = SplitMix64(seed: 3)
        for _ in 0..<2000 {
            let level = Level(dBov: 50 * (random.uniform() - 1))
            let magnitude = try #require(MeanMagnitude(level))
            #expect(magnitude.level >= level)
            #expect(MeanMagnitude(rawValue: magnitude.rawValue - 1)!.level < level)
        }
        #expect(MeanMagnitude(Level(dBov: 0))?.rawValue == 32768)
        #expect(MeanMagnitude(Level(dBov: -.infinity))?.rawValue == 0)
        #expect(MeanMagnitude(rawValue: 512)!.description == "512 (-36.1 dBov)")
    }

    @Test("what is no magnitude is nil")
    func outside() {
        #expect(MeanMagnitude(rawValue: -1) == nil)
        #expect(MeanMagnitude(rawValue: 32769) == nil)
        for level in [0.001, 100, .infinity, .nan] { #expect(MeanMagnitude(Level(dBov: level)) == nil) }
    }

    @Test(
        "frame levels are the quotient of the sum of magnitudes, in any chunking",
        arguments: [1, 2, 7, 8, 15, 16, 17, 31, 39, 40, 41, 80, 159, 160, 161, 240, 480, 4095, 7999, 8000],
        KernelPath.allCases)
    func meter(frameLength: Int, path: KernelPath) {
        var random = SplitMix64(seed: UInt64(frameLength))
        for count in [0, 1, frameLength - 1, frameLength, frameLength + 1, 3 * frameLength, 24_000, 24_011] {
            let peak = [1.0, 600, 32768].randomElement(using: &random)!
            let noise = (0..<count).map { _ in Int16(clamping: Int(peak * random.uniform())) }
            for samples in [noise, [Int16](repeating: .min, count: count)] {
                let expected = ReferenceFrame.frames(of: samples, length: frameLength).map(\.level)
                for limit in [1, 17, frameLength + 1, count + 1] where limit > 1 || count < 2000 {
                    let found = path.run { levels(of: samples, frameLength, chunks: 1...limit, using: &random) }
                    #expect(found == expected)
                }
            }
        }
    }

    private func levels(
        of samples: [Int16],
        _ frameLength: Int,
        chunks: ClosedRange<Int>,
        using random: inout SplitMix64
    ) -> [Int] {
        var meter = FrameLevelMeter(frameLength: frameLength)
        var levels: [Int] = []
        var start = 0
        while start < samples.count {
            let end = min(samples.count, start + Int.random(in: chunks, using: &random))
            meter.add(samples.span.extracting(start..<end)) {
                for index in $0.indices { levels.append(Int($0[index])) }
            }
            start = end
        }
        if let (level, count) = meter.finish() {
            #expect(count == samples.count % frameLength)
            levels.append(Int(level))
        }
        #expect(meter.finish() == nil)
        return levels
    }
}
