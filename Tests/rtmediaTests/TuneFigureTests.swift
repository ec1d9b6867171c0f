import Foundation
import TestSupport
import Testing

/// The figures that `rtmedia tune` tells, judged by `detect` and by arithmetic.
@Suite(.waiting, .timeLimit(.minutes(10))) struct TuneFigureTests {
    let place = Workplace()

    /// Callers and machines that no parameters tell apart entirely: tones of so many seconds.
    private static let lengths = (
        human: [0.5, 0.8, 1.1, 1.4, 1.7, 0.56], machine: [0.66, 0.96, 1.26, 1.56, 2.5, 3.0]
    )

    init() throws {
        // Whole frames of 20 ms are tone or silence, so that no gain and no noise of the line conditions changes a decision.
        var recipe = "set -e\n"
        for (kind, lengths) in [("human", Self.lengths.human), ("machine", Self.lengths.machine)] {
            for (index, length) in lengths.enumerated() {
                let folder = "calls/\(kind)/\(["ann", "bob", "cid"][index / 2])"
                recipe +=
                    "mkdir -p \(folder); sox -D -n -r 8000 -b 16 \(folder)/\(index).wav synth \(length) sine \(400 + index) vol 0.3 pad 0.\(2 + 2 * index % 8) 1.2\n"
            }
        }
        let made = try place.shell(recipe)
        try #require(made.status == 0, "\(made.errors)")
    }

    private func tune(_ options: String...) throws -> [String: Any] {
        let run = try place.run(
            "rtmedia", ["tune", "calls", "--cache", "cache", "--json", "--thresholds", "512"] + options)
        try #require(run.status == 0, "\(options): \(run.errors)")
        return try #require(try JSONSerialization.jsonObject(with: Data(run.output)) as? [String: Any])
    }

    /// What `detect` answers to each recording, and when, in milliseconds.
    private func detect(_ parameters: [String: Int]) throws -> [(isTalk: Bool, decided: Double?)] {
        let options = parameters.flatMap { ["--" + $0.key.replacing("_", with: "-"), "\($0.value)"] }
        let run = try place.run("rtmedia", ["detect", "calls", "--json"] + options)
        try #require(run.status == 0, "\(options): \(run.errors)")
        return try run.text.split(separator: "\n").map { line in
            let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            return (try #require(object["file"] as? String).contains("/human/"), object["decided_ms"] as? Double)
        }
    }

    /// The shares of false talk and of missed talk, and the mean time in which talk is found.
    private func rates(_ answers: [(isTalk: Bool, decided: Double?)]) -> (
        falseTalk: Double, missed: Double, seconds: Double
    ) {
        let talk = answers.filter(\.isTalk)
        let others = answers.filter { !$0.isTalk }
        let found = talk.compactMap(\.decided)
        return (
            Double(others.count { $0.decided != nil }) / Double(others.count),
            Double(talk.count - found.count) / Double(talk.count),
            found.isEmpty ? 0 : found.reduce(0, +) / 1000 / Double(found.count)
        )
    }

    private func close(_ value: Any?, _ expected: Double, _ tolerance: Double = 1e-9) -> Bool {
        (value as? Double).map { abs($0 - expected) <= tolerance } ?? false
    }

    /// Where a share of so many observations lies with 95 %: where it would be within 1.96 standard deviations of what was seen
    /// (Wilson, 1927), found by halving.
    private func interval(_ share: Double, count: Int) -> [Double] {
        func end(from inside: Double, to outside: Double) -> Double {
            var (inside, outside) = (inside, outside)
            for _ in 0..<100 {
                let middle = (inside + outside) / 2
                let deviation = (middle * (1 - middle) / Double(count)).squareRoot()
                if abs(share - middle) <= 1.959963984540054 * deviation { inside = middle } else { outside = middle }
            }
            return inside
        }
        return [share == 0 ? 0 : end(from: share, to: 0), share == 1 ? 1 : end(from: share, to: 1)]
    }

    @Test("what is counted, the time of the decision and the cost are those of detect's answers")
    func decisionTime() throws {
        let record = try tune()
        let recommended = try #require(record["recommendation"] as? [String: Int])
        let answers = try detect(recommended)
        let rates = rates(answers)
        #expect(answers.count == 12)
        let confusion = try #require(record["confusion"] as? [String: Double])
        #expect(confusion["missed"] == rates.missed * 6 && confusion["false_talk"] == rates.falseTalk * 6)
        #expect(close(record["decision_ms"], rates.seconds * 1000, 1))
        // Half of the recordings hold talk; a second costs 0.01.
        let cost = (rates.falseTalk + rates.missed + 0.01 * rates.seconds * (1 - rates.missed)) / 2
        #expect(close(record["cost"], cost, 1e-6), "\(record["cost"] ?? ""), not \(cost)")
        // Nine conditions, and one threshold.
        let robust = try #require(record["robust_confusion"] as? [String: Double])
        #expect(robust["missed"] == rates.missed * 54 && robust["false_talk"] == rates.falseTalk * 54)
        let page = try #require(record["page_confusion"] as? [String: Double])
        let usual = self.rates(try detect([:]))
        #expect(page["missed"] == usual.missed * 6 && page["false_talk"] == usual.falseTalk * 6)
        // Where false talk costs much there is less of it, where missed talk does, less of that; a second that costs nothing is no
        // reason to decide early, one that costs much is.
        let strict = try tune("--cost-false-talk", "9")
        let lax = try tune("--cost-missed", "9")
        let (less, more) = (strict["confusion"] as? [String: Double], lax["confusion"] as? [String: Double])
        #expect(less?["false_talk"] == 0 && less!["missed"]! > 0 && more?["missed"] == 0 && more!["false_talk"]! > 0)
        let (slow, quick) = (
            try tune("--cost-second", "0", "--least-silence", "10"),
            try tune("--cost-second", "0.016", "--least-silence", "10")
        )
        #expect(try #require(quick["decision_ms"] as? Double) < #require(slow["decision_ms"] as? Double))
    }

    @Test("each point of the frontier is what detect answers with its parameters, and none is worse than another")
    func frontier() throws {
        _ = try tune("--report", "report.html")
        let page = String(decoding: try place.bytes("report.html"), as: UTF8.self)
        let table = try #require(
            page.firstMatch(
                of: /Numbers, and the parameters of each point<\/summary>(.*?)<\/table>/.dotMatchesNewlines()))
        let rows = table.1.matches(of: /<tr>(<td>.*?)<\/tr>/).map { row in
            row.1.matches(of: /<td>(.*?)<\/td>/).map { String($0.1) }
        }.filter { $0[0] == "however long it takes" }
        #expect(rows.count >= 4)
        func share(_ text: String) throws -> Double { try #require(Double(text.dropLast(2))) / 100 }
        var last = (falseTalk: -1.0, missed: 2.0)
        for row in rows {
            let (falseTalk, missed, seconds) = (try share(row[1]), try share(row[2]), try #require(Double(row[3])))
            #expect(falseTalk > last.falseTalk && missed < last.missed, "\(row)")
            last = (falseTalk, missed)
            let names = ["min_ms", "max_ms", "silence_ms", "analysistime_ms"]
            let rates = rates(try detect(Dictionary(uniqueKeysWithValues: zip(names, row[4...].map { Int($0)! }))))
            #expect(abs(rates.falseTalk - falseTalk) < 6e-4 && abs(rates.missed - missed) < 6e-4, "\(row): \(rates)")
            #expect(abs(rates.seconds - seconds) < 0.006, "\(row): \(rates)")
        }
        // From no false talk to no missed talk.
        #expect(try share(rows[0][1]) == 0 && share(rows.last![2]) == 0)
    }

    @Test("what one speaker said is held out together, and the intervals are as wide as there are few speakers")
    func speakers() throws {
        func heldOut(_ options: String...) throws -> [String: Any] {
            let run = try place.run(
                "rtmedia", ["tune", "calls", "--cache", "cache", "--json", "--thresholds", "512"] + options)
            try #require(run.status == 0, "\(options): \(run.errors)")
            let record = try JSONSerialization.jsonObject(with: Data(run.output)) as? [String: Any]
            var heldOut = try #require(record?["held_out"] as? [String: Any])
            heldOut["doubt"] = record?["doubt"]
            return heldOut
        }
        let alone = try heldOut()
        let together = try heldOut("--speaker-folders")
        #expect(alone["groups"] as? Int == 12 && together["groups"] as? Int == 3)
        #expect(alone["clips"] as? Int == 12 && together["clips"] as? Int == 12)
        for (figures, count) in [(alone, 12), (together, 3)] {
            let expected = interval(try #require(figures["error"] as? Double), count: count)
            let found = try #require(figures["interval"] as? [Double])
            #expect(
                abs(found[0] - expected[0]) < 1e-9 && abs(found[1] - expected[1]) < 1e-9, "\(found), not \(expected)")
            let costs = try #require(figures["cost_interval"] as? [Double])
            let cost = try #require(figures["cost"] as? Double)
            #expect(costs[0] <= cost && cost <= costs[1])
            // All that the error is made of, each recording twice.
            let (falseTalk, missed) = (figures["false_talk"] as? Double, figures["missed"] as? Double)
            #expect(close(figures["error"], try (#require(falseTalk) + #require(missed)) / 2))
        }
        #expect(
            together["doubt"] as? String
                == "too few recordings to tell: there are 3 speakers or recordings with talk; 10 are the least")
        // A column says the same.
        let lines = place.files.filter { $0.hasPrefix("calls/") }.map { file -> String in
            let parts = file.split(separator: "/")
            return "\(parts[1])/\(parts[2])/\(parts[3]),\(parts[1]),\(parts[2])"
        }
        try place.write(Array((["file,label,speaker"] + lines).joined(separator: "\n").utf8), to: "labels.csv")
        let named = try heldOut("--labels", "labels.csv")
        for name in ["groups", "error", "cost", "interval", "cost_interval", "doubt"] {
            #expect("\(named[name] ?? "")" == "\(together[name] ?? "")", "\(name)")
        }
    }
}
