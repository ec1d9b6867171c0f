import CAllocationCounter
import TelephonyAudio
import Testing

@testable import TalkDetection

@Suite("Allocation")
struct AllocationTests {
    private let samples: [Int16]

    init() {
        var random = SplitMix64(seed: 11)
        samples = RandomSignal(frameLengths: [160], frames: 500...500, using: &random).samples
    }

    /// How often the second of two equal detectors allocates; the first may, to set up what they share.
    private func allocations<Rule: DetectionRule>(of rule: Rule, classifier: Classifier = .backgroundDetect) -> Int {
        var counts: [Int] = []
        for _ in 0..<2 {
            var detector = Detector(rule, classifier: classifier, frameLength: 160)
            let span = samples.span
            let before = allocation_count()
            for start in stride(from: 0, to: span.count - 1000, by: 313) {
                detector.add(span.extracting(start..<(start + 1000)))
            }
            detector.finish()
            counts.append(allocation_count() - before)
        }
        return counts[1]
    }

    @Test("allocations are counted")
    func control() {
        let before = allocation_count()
        let array = [Int](repeating: 1, count: samples.count)
        #expect(array.count == samples.count)
        #expect(allocation_count() > before)
    }

    @Test("a detector allocates nothing, by either rule set", arguments: RuleSet.allCases)
    func detectors(rules: RuleSet) throws {
        let talk = try TalkParameters(minimum: .seconds(60), analysisTime: nil)
        #expect(allocations(of: TalkRule(talk, rules: rules)) == 0)
        #expect(allocations(of: SilenceRule(try SilenceParameters(silence: .seconds(5)), rules: rules)) == 0)
        let recording = try RecordingParameters(silence: .seconds(20), maximumDuration: .seconds(300))
        #expect(allocations(of: RecordingRule(recording, rules: rules)) == 0)
    }

    @Test("neither does one with the adaptive classifier")
    func adaptive() throws {
        #expect(allocations(of: try ActivityRule(), classifier: .adaptive) == 0)
    }

    @Test("neither does a level meter")
    func meter() {
        var sum = 0
        var counts: [Int] = []
        for _ in 0..<2 {
            var meter = FrameLevelMeter(frameLength: 159)
            let span = samples.span
            let before = allocation_count()
            for start in stride(from: 0, to: span.count - 1000, by: 313) {
                meter.add(span.extracting(start..<(start + 1000))) { for index in $0.indices { sum += Int($0[index]) } }
            }
            counts.append(allocation_count() - before)
        }
        #expect(counts[1] == 0)
        #expect(sum > 0)
    }
}
