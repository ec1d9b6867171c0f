import TelephonyAudio
import Testing

@testable import ThresholdTuning

/// Labels in the forms that people have, and what is wrong with them.
@Suite struct LabelTests {
    private let paths = ["calls/a.wav", "calls/b.wav", "calls/old/b.wav", "calls/two words.wav"]

    private func labels(
        _ text: String, _ format: LabelFormat, recording: String = "", names: TalkNames = TalkNames()
    ) -> ([Bool?], [String]) {
        var book = LabelBook(names: names)
        book.add(Array(text.utf8), format: format, name: "l", recording: recording)
        let (labels, findings) = book.labels(of: paths)
        return (labels.map { $0?.isTalk }, findings.map(\.description))
    }

    @Test("a verdict per file")
    func verdicts() {
        let (labels, findings) = labels("file,label\na.wav,Human\nold/b.wav,silence\n\"two words.wav\",no talk\n", .csv)
        #expect(labels == [true, nil, false, false] && findings.isEmpty)
        #expect(self.labels("a\ttalk\nold/b\tmachine", .csv).0 == [true, nil, false, nil])
    }

    @Test("columns are known by their names, and speakers are kept")
    func columns() {
        var book = LabelBook(names: TalkNames())
        book.add(Array("speaker,label,file\nanna,talk,a.wav\n".utf8), format: .csv, name: "l", recording: "")
        let label = book.labels(of: paths).labels[0]
        #expect(label?.isTalk == true && label?.speaker == "anna")
    }

    @Test("wrong labels are named with file and line")
    func wrong() {
        let text =
            "file,label\na.wav,talk\n\nnone.wav,talk\nb.wav,talk\na.wav,machine\ntwo words,hmm\n,talk\nold/b.wav\n"
        let (labels, findings) = labels(text, .csv)
        #expect(labels == [true, nil, nil, nil])
        #expect(
            findings == [
                "l:8: names no file", "l:9: has no label for old/b.wav",
                "l:4: there is no recording none.wav among the inputs",
                "l:5: b.wav may be calls/b.wav or calls/old/b.wav; name more of its path",
                "l:6: a.wav was labelled talk already, in l:2",
                "l:7: nothing is known of the label \"hmm\"; --talk says which names mean talk",
            ])
    }

    @Test("a quotation mark that is never closed is named with its line")
    func quotation() {
        #expect(
            labels("file,label\na.wav,\"talk\nb.wav,talk\n", .csv).1 == [
                "l:2: a quotation mark that is opened here is never closed"
            ])
    }

    @Test("given names mean talk, all others do not")
    func names() {
        let (labels, findings) = labels("a.wav,Bob B\ntwo words.wav,talk", .csv, names: TalkNames(["bob_b"]))
        #expect(labels == [true, nil, nil, false] && findings.isEmpty)
    }

    @Test("intervals in CSV, as detect writes them")
    func intervals() {
        let text =
            "file,start_s,end_s,qualifies,label\na.wav,0.4,1.1,true,talk\na.wav,2,2.1,false,not longer than min_ms 500\n"
            + "calls/b.wav,0.5,0.6,false,not longer than min_ms 500\ncalls/old/b.wav,61,62,true,talk\n"
        // What is not mentioned holds no talk; what begins after a minute can't be found.
        #expect(labels(text, .csv).0 == [true, false, false, false])
        #expect(labels("file,start,end,label\na.wav,x,1,talk\na.wav,2,1,talk", .csv).1.count == 2)
    }

    @Test("Audacity's label tracks")
    func audacity() {
        #expect(labels("0.5\t1.2\ttalk\n\\\t100\t200\n", .audacity, recording: "a").0 == [true, nil, nil, nil])
        #expect(labels("0,5\t1,2\t\n", .audacity, recording: "a").0[0] == true)
        #expect(labels("0.5\t1.2\tbeep\n", .audacity, recording: "a").0[0] == false)
        #expect(labels("0.5 1.2 talk\n1\tx\ttalk", .audacity, recording: "a").1.count == 2)
    }

    @Test("RTTM, in which spaces of names are underscores")
    func rttm() {
        let text =
            ";; comment\nSPEAKER two_words 1 0.40 0.70 <NA> <NA> anna <NA> <NA>\nNON-SPEECH a 1 0 1 <NA> noise <NA>\n"
        #expect(labels(text, .rttm).0 == [false, false, false, true])
        #expect(labels("SPEAKER a 1 x 1\nHELLO\n", .rttm).1.count == 2)
    }

    static let long = """
        File type = "ooTextFile"
        Object class = "TextGrid"

        xmin = 0
        xmax = 3.2
        tiers? <exists>
        size = 1
        item []:
            item [1]:
                class = "IntervalTier"
                name = "activity"
                xmin = 0
                xmax = 3.2
                intervals: size = 2
                intervals [1]:
                    xmin = 0
                    xmax = 0.4
                    text = ""
                intervals [2]:
                    xmin = 0.4
                    xmax = 3.2
                    text = "LABEL"
        """
    static let short = #"""
        File type = "ooTextFile"
        Object class = "TextGrid"

        0
        3.2
        <exists>
        2
        "TextTier"
        "points"
        0
        3.2
        1
        1.5
        "a ""mark"""
        "IntervalTier"
        "words"
        0
        3.2
        1
        0
        3.2
        "LABEL"
        """#

    @Test("TextGrids, long and short", arguments: [long, short])
    func textGrid(text: String) {
        func grid(_ label: String) -> String { text.replacing("LABEL", with: label) }
        #expect(labels(grid("talk"), .textGrid, recording: "a").0 == [true, nil, nil, nil])
        #expect(labels(grid("music"), .textGrid, recording: "a").0[0] == false)
        let units = Array(grid("talk").utf16).flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
        var book = LabelBook(names: TalkNames())
        book.add([0xFF, 0xFE] + units, format: .textGrid, name: "l", recording: "a")
        #expect(book.labels(of: paths).labels[0]?.isTalk == true)
    }

    @Test("a TextGrid that is cut off anywhere never crashes, and is named with its line", arguments: [long, short])
    func cutTextGrid(text: String) {
        for count in 0..<text.count - 8 {
            let (_, findings) = labels(String(text.prefix(count)), .textGrid, recording: "a")
            #expect(findings.allSatisfy { $0.hasPrefix("l:") })
        }
    }

    @Test("noise of any kind is refused in words", arguments: LabelFormat.allCases)
    func noise(format: LabelFormat) {
        var random = SplitMix64(seed: 8)
        for _ in 0..<200 {
            let bytes = (0..<Int.random(in: 0...200, using: &random)).map { _ in
                Bool.random(using: &random)
                    ? UInt8.random(in: 0...255, using: &random)
                    : Array("\"\t\n,; 019.<>-".utf8).randomElement(using: &random)!
            }
            var book = LabelBook(names: TalkNames())
            book.add(bytes, format: format, name: "l", recording: "a")
            for finding in book.labels(of: paths).findings { #expect(finding.subject.hasPrefix("l")) }
        }
    }

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
}
