import TalkDetection
import TelephonyAudio
import Testing

@testable import ThresholdTuning

/// The tuner on corpora whose best answer is known, because they were made so.
@Suite struct TunerTests {
    /// Recordings of four kinds, two of each four with talk.
    ///
    /// With talk: words of 460...1000 ms, with a pause of up to 200 ms within, and 1.6 s of silence after them. Without:
    /// clicks of at most 100 ms, tones of 2.6 s, and greetings of the same words as talk, 600 ms apart, on and on.
    ///
    /// The first of each kind have the extreme lengths. So silence_ms has to be 600...1599, min_ms 100...459, and max_ms
    /// 1001...2600, and analysistime_ms has to leave time for the latest talk, which ends at 3 s, later than the tones.
    static func corpus(seed: UInt64, count: Int) -> [LabelledRecording] {
        var random = SplitMix64(seed: seed)
        func length(_ range: ClosedRange<Int>) -> Int {
            20 * Int.random(in: (range.lowerBound / 20)...(range.upperBound / 20), using: &random)
        }
        func words() -> [(isLoud: Bool, milliseconds: Int)] {
            [(true, length(200...400)), (false, length(60...200)), (true, length(200...400))]
        }
        return (0..<count).map { index in
            var runs = [(isLoud: false, milliseconds: index == 1 ? 2000 : 1600 + length(0...400))]
            switch index {
            case 0: runs += [(true, 200), (false, 60), (true, 200), (false, 1600)]
            case 1: runs += [(true, 400), (false, 200), (true, 400), (false, 1600)]
            case 2: runs += [(true, 100), (false, 1800)]
            case _ where index % 4 < 2: runs += words() + [(false, 1600)]
            case _ where index % 8 == 2: runs += [(true, length(20...100)), (false, 1800)]
            case _ where index % 8 == 6: runs = [(true, 2600), (false, 2000)]
            default: for _ in 0..<4 { runs += words() + [(false, 600)] }
            }
            return LabelledRecording(
                Signal.levels(Signal.runs(runs), name: "\(index).wav", conditions: LineCondition.standard),
                isTalk: index % 4 < 2)
        }
    }

    private func result(_ recordings: [LabelledRecording], jobs: Int = 2) throws -> TuningResult {
        try Tuner(recordings, conditions: LineCondition.standard, options: TuningOptions(prices: Prices())).run(
            jobs: jobs)
    }

    @Test("the known best answer is found", arguments: [1, 2] as [UInt64])
    func known(seed: UInt64) throws {
        let result = try result(Self.corpus(seed: seed, count: 48))
        let parameters = result.parameters
        #expect((100...459).contains(parameters.minimum.milliseconds), "\(parameters)")
        #expect((1001...2600).contains(parameters.maximum!.milliseconds), "\(parameters)")
        #expect((600...1599).contains(parameters.silence.milliseconds), "\(parameters)")
        #expect(parameters.analysisTime!.milliseconds > 3000 + parameters.silence.milliseconds, "\(parameters)")
        #expect(result.confusion.error == 0 && result.robustConfusion.error == 0)
        // A part that an extreme length is held out of cannot know of it: there are two of each of the four kinds.
        let heldOut = try #require(result.heldOut)
        #expect(heldOut.error <= 8 / 48.0, "\(heldOut.error)")
        #expect(heldOut.interval.contains(heldOut.error) && heldOut.interval.high > 0.05, "\(heldOut.interval)")
        #expect(result.pageConfusion.error > 0.2)
        #expect(!result.judgements.contains { !$0.isRight })
        // Not on a cliff: a step to either side costs no more than the plateau allows.
        for axis in Axis.allCases {
            let range = result.plateau.ranges[axis]!
            let middle = result.plateau.middle[axis]
            #expect(range.lowerBound < middle && middle < range.upperBound, "\(axis)")
        }
    }

    @Test("prices move the answer")
    func prices() throws {
        // Half of what sounds the same is talk: whether to answer TALK is a matter of price.
        let recordings = (0..<20).map { index in
            let samples = Signal.runs([(false, 300), (true, 500 + 20 * (index / 2)), (false, 1500)])
            return LabelledRecording(
                Signal.levels(samples, name: "\(index)", conditions: [.unchanged]), isTalk: index.isMultiple(of: 2))
        }
        for (falseTalk, missed) in [(1.0, 10.0), (10.0, 1.0)] {
            let options = try TuningOptions(prices: Prices(falseTalk: falseTalk, missed: missed))
            let result = try Tuner(recordings, conditions: [.unchanged], options: options).run()
            #expect(result.confusion.missed == (missed > falseTalk ? 0 : 10))
            #expect(result.confusion.falseTalk == (missed > falseTalk ? 10 : 0))
        }
    }

    @Test("neither order, nor threads, nor parts, nor doubles change a bit of the result")
    func order() throws {
        let recordings = Self.corpus(seed: 3, count: 24)
        let reference = Self.fingerprint(try result(recordings, jobs: 1))
        #expect(Self.fingerprint(try result(recordings.reversed(), jobs: 5)) == reference)
        #expect(Self.fingerprint(try result(recordings + recordings.prefix(7), jobs: 2)) == reference)
        // Through level files of two parts, as if measured on two machines.
        let parts = [recordings[..<11], recordings[11...]].map { LevelFile(recordings: $0.map(\.levels)).bytes }
        var read: [LabelledRecording] = []
        for part in parts.reversed() {
            for levels in try LevelFile(part, name: "part").recordings {
                read.append(
                    LabelledRecording(levels, isTalk: recordings.first { $0.levels.name == levels.name }!.isTalk))
            }
        }
        #expect(Self.fingerprint(try result(read)) == reference)
    }

    /// All that is told, to the last digit.
    private static func fingerprint(_ result: TuningResult) -> String {
        // A dictionary, as the plateau's, is written in any order.
        let rest = Mirror(reflecting: result).children.filter { $0.label != "plateau" }.map { "\($0.value)" }
        let ranges = Axis.allCases.map { "\($0) \(result.plateau.ranges[$0]!)" }
        return (rest + ["\(result.plateau.middle)"] + ranges).joined(separator: "\n")
    }

    @Test("both kinds of recordings are needed, and the recordings as they are")
    func missing() throws {
        let talk = Self.corpus(seed: 1, count: 2)
        let options = try TuningOptions(prices: Prices())
        #expect(throws: TuningError.self) { try Tuner(talk, conditions: LineCondition.standard, options: options) }
        #expect(throws: TuningError.self) { try Tuner([], conditions: LineCondition.standard, options: options) }
        #expect(throws: TuningError.self) {
            try Tuner(
                Self.corpus(seed: 1, count: 4), conditions: [LineCondition(gain: 6, noise: nil)!], options: options)
        }
    }

    @Test("few recordings are too few to tell")
    func few() throws {
        let result = try result(Self.corpus(seed: 1, count: 8))
        #expect(result.doubt == "too few recordings to tell: there are 4 recordings with talk; 10 are the least")
    }

    @Test("prices out of range are refused")
    func refusedPrices() {
        #expect(throws: TuningError.self) { try Prices(falseTalk: -1) }
        #expect(throws: TuningError.self) { try Prices(falseTalk: 0, missed: 0) }
        #expect(throws: TuningError.self) { try Prices(second: 0.02) }
        #expect(throws: TuningError.self) { try Prices(missed: .nan) }
    }
}
