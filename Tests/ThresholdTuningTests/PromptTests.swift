import AudioConversion
import Glibc
import TelephonyAudio
import Testing

@testable import ThresholdTuning

/// Real voices, in noise and among tones and music.
@Suite struct PromptTests {
    private static let asterisk = "/usr/share/asterisk"

    /// The voices that may be tuned on, and the music.
    private static let folders = [
        ("sounds/en_US_f_Allison", ".wav"), ("sounds/es_MX_f_Allison", ".wav"), ("sounds/fr", ".gsm"),
    ]

    private static func files(_ folder: String, _ ending: String) -> [String] {
        guard let stream = opendir("\(asterisk)/\(folder)") else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name.hasSuffix(ending) { names.append("\(asterisk)/\(folder)/\(name)") }
        }
        return names.sorted()
    }

    /// Six seconds of a caller: a short answer, a message that goes on, a tone, music, clicks or nothing; in noise.
    private struct Mixer {
        let voices: [[String]]
        let music: [Int16]
        var random: SplitMix64
        let converter = AudioConverter()
        static let count = 48_000

        mutating func prompt() throws -> [Int16] {
            let voice = voices.randomElement(using: &random)!
            return try converter.convert(.file(voice.randomElement(using: &random)!)).audio.samples
        }

        mutating func clip(_ kind: Int) throws -> [Int16] {
            var samples = [Int](repeating: 0, count: Self.count)
            func add(_ sound: some Sequence<Int>, at start: Int) {
                for (index, value) in zip(start..<max(start, Self.count), sound) { samples[index] += value }
            }
            let gain = [30, 50, 100, 140].randomElement(using: &random)!
            switch kind {
            case 0, 1:
                let length = Int.random(in: 4000...16_000, using: &random)
                add(
                    try prompt().prefix(length).map { Int($0) * gain / 100 },
                    at: Int.random(in: 800...12_000, using: &random))
            case 2:
                var start = Int.random(in: 400...4000, using: &random)
                while start < Self.count {
                    let words = try prompt().map { Int($0) * gain / 100 }
                    add(words, at: start)
                    start += words.count + Int.random(in: 800...3000, using: &random)
                }
            case 3:
                let start = Int.random(in: 0..<(music.count - Self.count), using: &random)
                add(music[start..<(start + Self.count)].map { Int($0) * gain / 100 }, at: 0)
            case 4:
                let (on, period) = [(2000, 4000), (4000, 8000), (8000, 32_000)].randomElement(using: &random)!
                add((0..<Self.count).map { $0 % period < on ? ($0 / 9 % 2 * 2 - 1) * 60 * gain : 0 }, at: 0)
            default:
                for _ in 0..<Int.random(in: 0...4, using: &random) {
                    let length = Int.random(in: 200...1500, using: &random)
                    add(
                        (0..<length).map { _ in Int.random(in: -9000...9000, using: &random) },
                        at: Int.random(in: 0..<40_000, using: &random))
                }
            }
            let noise = Int32([2, 5, 12, 40].randomElement(using: &random)!)
            return samples.map { Int16(clamping: $0 + Int(noise * random.nextNoise() / 65_536)) }
        }
    }

    @Test("what is recommended costs no more than the cheapest, as far as held-out recordings can tell")
    func recommended() throws {
        let voices = Self.folders.map { Self.files($0, $1) }
        try #require(
            voices.allSatisfy { $0.count >= 90 },
            "install asterisk-core-sounds-en-wav, asterisk-core-sounds-es-wav and asterisk-prompt-fr-armelle")
        let music = try #require(Self.files("moh", ".wav").first, "install asterisk-moh-opsound-wav")
        var mixer = Mixer(
            voices: voices, music: try AudioConverter().convert(.file(music)).audio.samples,
            random: SplitMix64(seed: 11))
        let recordings = try (0..<120).map { index in
            let samples = try mixer.clip(index % 6)
            return LabelledRecording(
                Signal.levels(samples, name: "\(index)", conditions: LineCondition.standard), isTalk: index % 6 < 2)
        }
        let result = try Tuner(
            recordings, conditions: LineCondition.standard, options: TuningOptions(prices: Prices())
        ).run(jobs: 2)
        let heldOut = try #require(result.heldOut)
        #expect(heldOut.cheapestCostInterval.contains(heldOut.cost), "\(heldOut)")
        #expect(heldOut.error < result.pageConfusion.error, "\(heldOut.error) and \(result.pageConfusion.error)")
        #expect(result.cost <= result.cheapestCost + result.tolerance + 1e-9)
        #expect(result.cheapestCost <= result.pageCost)
    }
}
