import Testing

@testable import ThresholdTuning

/// What is held out, and intervals.
@Suite struct ValidationTests {
    @Test("Wilson's interval is as published")
    func wilson() {
        // R. G. Newcombe (1998), table I, method 3.
        let published: [(Int, Int, Double, Double)] = [
            (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0000, 0.1611), (1, 29, 0.0061, 0.1718),
        ]
        for (errors, count, low, high) in published {
            let interval = Interval(wilson: Double(errors) / Double(count), count: count)
            #expect(abs(interval.low - low) < 0.00006 && abs(interval.high - high) < 0.00006, "\(errors)/\(count)")
        }
    }

    @Test("the bootstrap's interval is about that of the normal distribution, and repeats")
    func bootstrap() {
        let groups = (0..<400).map { (sum: Double($0 % 2), count: 1) }
        let interval = Interval(bootstrap: groups, seed: 1)
        #expect(abs(interval.low - 0.451) < 0.01 && abs(interval.high - 0.549) < 0.01)
        #expect(interval == Interval(bootstrap: groups, seed: 1) && interval != Interval(bootstrap: groups, seed: 2))
    }

    @Test("groups stay together, labels are spread, and each part is held out")
    func folds() {
        let keys = (0..<200).map { "speaker \($0 / 4)" }
        let isTalk = (0..<200).map { $0 / 4 % 2 == 0 }
        let folds = Folds(keys: keys, isTalk: isTalk, seed: 1)
        #expect(folds.groupCount == 50 && folds.parts.count == 2 && folds.parts[0] != folds.parts[1])
        for parts in folds.parts {
            for start in stride(from: 0, to: 200, by: 4) { #expect(Set(parts[start..<(start + 4)]).count == 1) }
            for part in 0..<5 {
                let held = parts.indices.filter { parts[$0] == part }
                #expect(held.count == 40 && held.count { isTalk[$0] } == 20)
            }
        }
    }

    @Test("the same content under two names is held out together")
    func sameContent() {
        let levels = Signal.levels(Signal.runs([(true, 300)]), name: "a")
        let other = LabelledRecording(levels.named("b"), isTalk: true)
        #expect(LabelledRecording(levels, isTalk: true).groupKey == other.groupKey)
        #expect(LabelledRecording(levels, isTalk: true, speaker: "x").groupKey != other.groupKey)
    }
}
