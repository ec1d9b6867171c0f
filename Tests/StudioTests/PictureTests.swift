import RecordingDetection
import TelephonyAudio
import Testing

@testable import Studio

/// Pictures at all zooms, beside the samples themselves.
@Suite struct PictureTests {
    @Test("no column misses a sample of its own, or shows one that is far from it")
    func columns() throws {
        var random = SplitMix64(seed: 3)
        let samples = (0..<100_003).map { _ in Int16(random.below(40_000) - 20_000) }
        let sound = RecordingSound(PhoneAudio(samples: samples))
        for _ in 0..<300 {
            let count = 1 + random.below(50)
            let start = Double(random.below(90_000))
            let end = start + 1 + Double(random.below(100_003 - Int(start)))
            let picture = SoundPictureData(start: start, end: end, columnCount: count, withProbability: false)
            let columns = try #require(Picture(picture.bytes(of: sound))).columns
            let width = (end - start) / Double(count)
            for (column, shown) in columns.enumerated() {
                let first = Int((start + Double(column) * width).rounded(.down))
                let last = max(first + 1, Int((start + Double(column + 1) * width).rounded(.down)))
                let inside = samples[min(first, samples.count)..<min(last, samples.count)]
                guard let low = inside.min(), let high = inside.max() else { continue }
                let margin = Int(width / 4)
                let around = samples[max(0, first - margin)..<min(samples.count, last + margin)]
                let (lowest, highest) = (try #require(around.min()), try #require(around.max()))
                #expect((lowest...low).contains(shown.low))
                #expect((high...highest).contains(shown.high))
            }
        }
    }

    @Test("the loudest frame of a column is one of those that it lies in")
    func levels() throws {
        let samples = (0..<80).flatMap { (block: Int) -> [Int16] in [Int16](repeating: Int16(100 * block), count: 160) }
        let sound = RecordingSound(PhoneAudio(samples: samples))
        let picture = SoundPictureData(start: 0, end: Double(samples.count), columnCount: 8, withProbability: true)
        let columns = try #require(Picture(picture.bytes(of: sound))).columns
        let expected: [UInt16] = [900, 1900, 2900, 3900, 4900, 5900, 6900, 7900]
        #expect(columns.map(\.level) == expected)
    }

    @Test("an empty recording has an empty picture")
    func empty() throws {
        let sound = RecordingSound(PhoneAudio(samples: []))
        let picture = SoundPictureData(start: 0, end: 8, columnCount: 4, withProbability: true)
        #expect(try #require(Picture(picture.bytes(of: sound))).columns.allSatisfy { $0.low == 0 && $0.level == 0 })
    }
}

extension SplitMix64 {
    fileprivate mutating func below(_ bound: Int) -> Int { Int(next(upperBound: UInt64(bound))) }
}
