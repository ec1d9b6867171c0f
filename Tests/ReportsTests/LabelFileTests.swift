import Presentation
import Reports
import TelephonyAudio
import Testing
import ThresholdTuning

/// Labels in the forms that people have, and what is wrong with them.
@Suite struct LabelFileTests {
    private let paths = ["calls/a.wav", "calls/b.wav", "calls/old/b.wav", "calls/two words.wav"]

    private func book(
        _ bytes: [UInt8], _ format: LabelFormat, recording: String = "", names: TalkNames = TalkNames()
    ) -> LabelBook {
        let file = format.read(bytes, name: "l", recording: recording)
        var book = LabelBook(names: names)
        book.add(file.labels, findings: file.findings, isOfManyRecordings: format.isOfManyRecordings)
        return book
    }

    private func labels(
        _ text: String, _ format: LabelFormat, recording: String = "", names: TalkNames = TalkNames()
    ) -> ([Bool?], [String]) {
        let book = book(Array(text.utf8), format, recording: recording, names: names)
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
        let book = book(Array("speaker,label,file\nanna,talk,a.wav\n".utf8), .csv)
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
                "l:7: nothing is known of the label \"hmm\"",
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
        let book = book([0xFF, 0xFE] + units, .textGrid, recording: "a")
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
            let book = book(bytes, format, recording: "a")
            for finding in book.labels(of: paths).findings { #expect(finding.subject.hasPrefix("l")) }
        }
    }

    /// Labels of three kinds, and what is between them.
    private static let written = IntervalLabels(
        recording: "calls/two words.wav", duration: .seconds(3), kind: "activity",
        [
            .init(start: .milliseconds(400), end: .milliseconds(1100), text: "talk"),
            .init(
                start: .milliseconds(1500), end: .milliseconds(1600), text: "not \"longer\",\tor so", qualifies: false),
            .init(start: .milliseconds(2000), end: .milliseconds(2050), text: "5", speaker: "5"),
        ])

    @Test("what is written is read again", arguments: LabelFormat.allCases)
    func again(format: LabelFormat) {
        let text = format.head + format.text(Self.written)
        let file = format.read(Array(text.utf8), name: "l", recording: "two words")
        #expect(file.findings.isEmpty)
        let intervals = file.labels.compactMap { label -> (start: Double, end: Double, text: String?)? in
            guard case .interval(let start, let end, let text) = label.content, end > start else { return nil }
            return (start, end, text)
        }
        #expect(intervals.map(\.start) == [0.4, 1.5, 2] && intervals.map(\.end) == [1.1, 1.6, 2.05])
        // RTTM has no room for text, and Audacity none for tabs.
        if format != .rttm { #expect(intervals[1].text?.replacing("\t", with: " ") == "not \"longer\", or so") }
        #expect(book(Array(text.utf8), format, recording: "two words").labels(of: paths).labels[3]?.isTalk == true)
    }

    @Test("labels have the columns of their format")
    func columnsWritten() {
        #expect(
            LabelFormat.rttm.text(Self.written).hasSuffix(
                "\nSPEAKER two_words 1 2.000000 0.050000 <NA> <NA> 5 <NA> <NA>\n"))
        #expect(LabelFormat.audacity.text(Self.written).hasPrefix("0.400000\t1.100000\ttalk\n1.500000\t"))
        #expect(
            LabelFormat.csv.text(Self.written).split(separator: "\n")[1]
                == "calls/two words.wav,1.500000,1.600000,false,\"not \"\"longer\"\",\tor so\",")
        let grid = LabelFormat.textGrid.text(Self.written)
        #expect(grid.contains("intervals: size = 7\n") && grid.contains("name = \"activity\"\n"))
    }
}
