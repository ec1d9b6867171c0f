import Foundation
import TestSupport
import Testing

/// What `rtmedia tune` says of its own recommendation, and of the recordings.
@Suite(.waiting) struct TuneHonestyTests {
    let place = Workplace()

    private struct Record: Decodable {
        struct Parameters: Decodable { let silence_ms: Int, analysistime_ms: Int }
        struct Doubtful: Decodable { let file: String, label: String, same_as: String? }
        struct Comparison: Decodable {
            struct Way: Decodable { let classifier: String }
            let ways: [Way]
            let recommended: String
            let matters: Bool
            let verdict: String
        }

        let recommendation: Parameters
        let words: String
        let media_ms: Double
        let found_by_longer_media: Int
        let doubtful_labels: [Doubtful]
        let unknowns: [String]
        let classifier: String
        let comparison: Comparison?
    }

    /// Twelve callers who say something of about 700 ms, and twelve tones of 2.5 s, with silence after them.
    init() throws {
        let recipe = """
            set -e; mkdir -p calls/human calls/machine
            for i in $(seq 12); do
              sox -D -n -r 8000 -b 16 calls/human/$i.wav synth 0.$((60 + i)) sine $((400 + i)) vol 0.3 pad 0.$((i + 10)) 1.2
              sox -D -n -r 8000 -b 16 calls/machine/$i.wav synth 2.5 sine $((300 + i)) vol 0.3 pad 0.$((i + 10)) 1.2
            done
            """
        let made = try place.shell(recipe)
        try #require(made.status == 0, "\(made.errors)")
    }

    private func tune(_ arguments: String...) throws -> Workplace.Run {
        try place.run("rtmedia", ["tune", "calls"] + arguments, environment: ["XDG_CACHE_HOME": "\(place.path)/cache"])
    }

    private func record(_ run: Workplace.Run) throws -> Record {
        try #require(run.status == 0, "\(run.errors)")
        return try run.json(Record.self)
    }

    @Test("how long the prompt has to last is a part of the recommendation; one that is too short is warned of")
    func media() throws {
        let free = try record(tune("--json"))
        #expect(free.media_ms == Double(free.recommendation.analysistime_ms) && free.found_by_longer_media == 0)
        #expect(free.words.hasSuffix("or longer, since listening ends with it."))
        let short = try tune("--media-ms", "1000")
        #expect(short.text.contains("The prompt lasts 1.00 s, and listening ends with it: "), "\(short.text)")
        #expect(short.errors.contains("the prompt is over before some callers have talked and paused"))
        let found = try record(tune("--media-ms", "1000", "--json"))
        #expect(found.media_ms == 1000 && found.found_by_longer_media > 0)
        #expect(found.recommendation.analysistime_ms <= 1010)
        // A file says the same.
        try place.write(TestSound([Int16](repeating: 0, count: 8000)).wav, to: "prompt.wav")
        #expect(try tune("--media", "prompt.wav", "--json").output == tune("--media-ms", "1000", "--json").output)
        #expect(try tune("--media", "nowhere.wav").status == 66)
        #expect(try tune("--media", "prompt.wav", "--media-ms", "1000").status == 64)
        #expect(try tune("--media-ms", "19").status == 64)
    }

    @Test("no silence_ms is recommended that lies within words, unless that is asked for")
    func leastSilence() throws {
        #expect(try record(tune("--json", "--cost-second", "0.016")).recommendation.silence_ms >= 200)
        #expect(try record(tune("--json", "--least-silence", "800")).recommendation.silence_ms >= 800)
        #expect(try tune("--least-silence", "5001").status == 64)
    }

    @Test("doubtful labels and few recordings are told at once")
    func doubts() throws {
        try #require(try place.shell("cp calls/human/3.wav calls/machine/oops.wav").status == 0)
        let record = try record(tune("--json"))
        #expect(record.doubtful_labels.prefix(2).map(\.file) == ["calls/human/3.wav", "calls/machine/oops.wav"])
        #expect(record.doubtful_labels.first?.same_as == "calls/machine/oops.wav")
        let text = try tune("--report", "report.html").text
        #expect(
            text.contains(
                "doubtful labels, the most doubtful first:\n  calls/human/3.wav: labelled talk, is byte for byte"))
        #expect(String(decoding: try place.bytes("report.html"), as: UTF8.self).contains("Which labels are doubtful"))
        try #require(try place.shell("rm calls/*/?.wav").status == 0)
        #expect(try tune().text.hasPrefix("Too few recordings to tell: "))
    }

    @Test("the adaptive classifier is compared with thresholds, and one is recommended, or it does not matter")
    func adaptive() throws {
        // Tones are no talk for it.
        let compared = try record(tune("--thresholds", "adaptive,512", "--json"))
        let comparison = try #require(compared.comparison)
        #expect(comparison.ways.map(\.classifier) == ["adaptive", "threshold 512"])
        #expect(
            comparison.recommended == "threshold 512" && comparison.matters && compared.classifier == "threshold 512")
        #expect(comparison.verdict.contains("more a recording (95 %"))
        #expect(try tune("--thresholds", "512,adaptive").text.contains("Compared, each with its own best parameters:"))
        let plain = try record(tune("--thresholds", "512", "--json"))
        #expect(plain.comparison == nil && plain.recommendation.silence_ms == compared.recommendation.silence_ms)
        #expect(try record(tune("--thresholds", "adaptive", "--json")).classifier == "adaptive")
        for wrong in ["adaptive,adaptive", "", "adaptive,x"] { #expect(try tune("--thresholds", wrong).status == 64) }
        let levels = try place.rtmedia("levels", "calls", "-o", "calls.levels", "--no-cache")
        #expect(levels.status == 0)
        let files = try place.run(
            "rtmedia", ["tune", "calls.levels", "--thresholds", "adaptive"],
            environment: ["XDG_CACHE_HOME": "\(place.path)/cache"])
        #expect(
            files.status == 65 && files.errors.contains("has no levels of the adaptive classifier"), "\(files.errors)")
    }
}
