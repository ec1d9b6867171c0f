import TelephonyAudio
import Testing

@testable import ThresholdTuning

/// Which recording labels belong to, and what the names of folders say.
@Suite struct LabelBookTests {
    @Test("a recording is found by the end of its path, whatever others are called")
    func ends() throws {
        var random = SplitMix64(seed: 5)
        let folders = ["x", "y", "x y"]
        // Each with all that labels may call it.
        let files = [
            "a.wav": ["a.wav", "a"], "a": ["a"], "a b.wav": ["a b.wav", "a b", "a_b"], "a_b.flac": ["a_b.flac", "a_b"],
            ".a": [".a"], "x": ["x"],
        ]
        func path() -> String {
            let depth = Int.random(in: 0...3, using: &random)
            let above = (0..<depth).map { _ in folders.randomElement(using: &random)! }
            return (above + [files.keys.sorted().randomElement(using: &random)!]).joined(separator: "/")
        }
        func names(_ path: String) -> [String] {
            let parts = path.split(separator: "/").map(String.init)
            return parts.indices.flatMap { start in
                files[parts.last!]!.map { (parts[start...].dropLast() + [$0]).joined(separator: "/") }
            }
        }
        for _ in 0..<2000 {
            let count = Int.random(in: 1...9, using: &random)
            let paths = Set((0..<count).map { _ in path() }).sorted().shuffled(using: &random)
            let name = path()
            let expected = paths.indices.filter { names(paths[$0]).contains(name) }
            let found = try? RecordingFinder(paths).find("./" + name, place: "l")
            #expect(found == (expected.count == 1 ? expected[0] : nil), "\(name) among \(paths)")
        }
        #expect(throws: TuningError.self) { try RecordingFinder(["a.wav"]).find("/", place: "l") }
    }

    @Test("folders are labels")
    func folders() {
        let book = LabelBook(names: TalkNames())
        #expect(book.labelFolder(["recordings", "human", "anna"]) == "human")
        #expect(book.labelFolder(["voice", "silence"]) == "silence")
        #expect(book.labelFolder(["recordings", "what"]) == "what")
        #expect(book.labelFolder(["human"]) == "human" && book.labelFolder([]) == nil)
        #expect(book.label(folder: "No Talk")?.isTalk == false && book.label(folder: "what") == nil)
    }

    @Test("of recordings of a chosen channel, labels of other channels do not count")
    func channels() {
        func book(_ contents: [(channel: Int?, content: RecordingLabel.Content)]) -> LabelBook {
            var book = LabelBook(names: TalkNames())
            let labels = contents.enumerated().map { line, label in
                RecordingLabel("a.wav", channel: label.channel, label.content, place: "l:\(line + 1)")
            }
            book.add(labels, isOfManyRecordings: true)
            return book
        }
        func isTalk(_ book: LabelBook, channel: Int?) -> Bool? {
            let (labels, findings) = book.labels(of: ["calls/a.wav"], channel: channel)
            #expect(findings.isEmpty)
            return labels[0]?.isTalk
        }
        let verdicts = book([(1, .verdict("no", speaker: nil)), (2, .verdict("talk", speaker: nil))])
        #expect(isTalk(verdicts, channel: 1) == false && isTalk(verdicts, channel: 2) == true)
        #expect(isTalk(verdicts, channel: 3) == nil)
        #expect(isTalk(book([(nil, .verdict("talk", speaker: nil))]), channel: 2) == true)
        let intervals = book([(1, .interval(start: 0.5, end: 2, text: nil))])
        #expect(isTalk(intervals, channel: 1) == true && isTalk(intervals, channel: nil) == true)
        // Nothing lists what is on channel 2, so that no mention there tells nothing.
        #expect(isTalk(intervals, channel: 2) == nil)
    }
}
