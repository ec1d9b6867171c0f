import Foundation
import TelephonyAudio
import TestSupport
import Testing

@testable import TalkDetection

@Suite("Adaptive classifier")
struct AdaptiveClassifierTests {
    private static let prompts = ["demo-congrats", "vm-intro", "tt-weasels", "conf-onlyperson", "privacy-thankyou"]

    private func answers(_ samples: [Int16], chunk: () -> Int = { .max }) -> [Float] {
        var classifier = AdaptiveClassifier()
        var answers: [Float] = []
        var rest = samples[...]
        while !rest.isEmpty {
            let part = rest.prefix(chunk())
            classifier.add(part.span) { for index in $0.indices { answers.append($0[index]) } }
            rest = rest.dropFirst(part.count)
        }
        classifier.finish { for index in $0.indices { answers.append($0[index]) } }
        return answers
    }

    private func talkShare(_ samples: [Int16]) -> Double {
        let answers = answers(samples)
        return Double(answers.count { $0 >= AdaptiveClassifier.threshold }) / Double(answers.count)
    }

    private func tone(_ frequencies: [Double], amplitude: Double, on: Int, off: Int) -> [Int16] {
        (0..<48_000).map { n in
            guard n % (on + off) < on else { return 0 }
            let sum = frequencies.map { sin(2 * .pi * $0 * Double(n) / 8000) }.reduce(0, +)
            return Int16(amplitude * sum)
        }
    }

    private func prompt(_ name: String) throws -> [Int16] {
        let file = URL(fileURLWithPath: "/usr/share/asterisk/sounds/en_US_f_Allison/\(name).wav")
        let bytes = try Data(contentsOf: file).dropFirst(44)
        return bytes.withUnsafeBytes { Array($0.bindMemory(to: Int16.self)) }
    }

    @Test("answers as the network in numpy does that it was trained as", arguments: KernelPath.allCases)
    func golden(path: KernelPath) {
        let answers = path.run { self.answers(AdaptiveSignal.samples) }
        #expect(answers.count == adaptiveGolden.count)
        #expect(adaptiveGolden.contains { $0 > 0.5 } && adaptiveGolden.contains { $0 < 0.05 })
        for (answer, golden) in zip(answers, adaptiveGolden) { #expect(abs(answer - golden) < 2e-3) }
    }

    @Test("answers the same however the stream is cut", arguments: [1, 2, 3])
    func cutting(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let whole = answers(AdaptiveSignal.samples)
        #expect(answers(AdaptiveSignal.samples) { Int.random(in: 1...(seed == 1 ? 3 : 1000), using: &random) } == whole)
    }

    @Test("answers for every 10 ms that have begun", arguments: [0, 1, 79, 80, 81, 159, 160, 161, 480, 640, 641])
    func counts(count: Int) {
        #expect(answers([Int16](repeating: 100, count: count)).count == (count + 79) / 80)
    }

    @Test("begins anew after the end of a stream")
    func anew() {
        var classifier = AdaptiveClassifier()
        let samples = AdaptiveSignal.samples
        var runs: [[Float]] = []
        for _ in 0..<2 {
            var answers: [Float] = []
            classifier.add(samples.span) { for index in $0.indices { answers.append($0[index]) } }
            classifier.finish { for index in $0.indices { answers.append($0[index]) } }
            runs.append(answers)
        }
        #expect(runs[0] == runs[1])
    }

    @Test("hears talk in prompts at any level", arguments: prompts, [1, 0.1, 0.02])
    func talk(name: String, gain: Double) throws {
        let samples = try prompt(name).map { Int16((Double($0) * gain).rounded()) }
        #expect(talkShare(samples) > 0.6)
    }

    @Test("hears no talk in silence", arguments: [0, 1, -3, 200])
    func silence(value: Int16) {
        #expect(talkShare([Int16](repeating: value, count: 160_000)) == 0)
    }

    @Test(
        "hears no talk in the tones of the network",
        arguments: [
            ([425.0], 4000, 4000), ([480, 620], 4000, 4000), ([440, 480], 16_000, 32_000), ([697, 1209], 800, 800),
        ])
    func tones(frequencies: [Double], on: Int, off: Int) {
        #expect(talkShare(tone(frequencies, amplitude: 5000, on: on, off: off)) < 0.01)
    }

    @Test("hears no talk in steady noise, and talk over it", arguments: [100.0, 1000, 5000])
    func noise(amplitude: Double) throws {
        var random = SplitMix64(seed: 7)
        let noise = (0..<80_000).map { _ in Int16(amplitude * random.uniform()) }
        #expect(talkShare(noise) < 0.02)
        let voice = try prompt("demo-congrats").prefix(80_000)
        let mixed = zip(voice, noise).map { Int16(clamping: Int($0) + Int($1) / 4) }
        #expect(talkShare(mixed) > 0.5)
    }
}
