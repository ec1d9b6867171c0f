import Presentation
import Reports
import Testing

/// Files of labels that are changed in place.
@Suite struct LabelSheetTests {
    private func changed(_ text: String, _ label: String?, of name: String, format: LabelFormat = .csv) -> String? {
        guard var sheet = LabelSheet(Array(text.utf8), format: format),
            sheet.setLabels([7: (name, label)], where: { $0 == name ? 7 : nil })
        else { return nil }
        return String(decoding: sheet.bytes, as: UTF8.self)
    }

    private func intervals(_ name: String, _ times: [(Int, Int, String)]) -> IntervalLabels {
        IntervalLabels(
            recording: name, duration: .seconds(10), kind: "labels",
            times.map { .init(start: .milliseconds($0.0), end: .milliseconds($0.1), text: $0.2) })
    }

    private func changed(
        _ text: String, _ times: [(Int, Int, String)], of name: String, format: LabelFormat = .csv
    ) -> String? {
        guard var sheet = LabelSheet(Array(text.utf8), format: format),
            sheet.setIntervals([7: intervals(name, times)], where: { $0 == name ? 7 : nil }) == [7]
        else { return nil }
        return String(decoding: sheet.bytes, as: UTF8.self)
    }

    @Test("a new file has a head and a row for each recording")
    func new() {
        #expect(changed("", "talk", of: "a.wav") == "file,label\na.wav,talk\n")
        #expect(
            changed("file,label\na.wav,talk\n", "no talk", of: "b, c.wav")
                == "file,label\na.wav,talk\n\"b, c.wav\",no talk\n")
        #expect(changed("", nil, of: "a.wav") == "file,label\n")
    }

    @Test("other rows, columns, their order, quotation marks and line ends stay")
    func kept() {
        let text = "note; label ;file\r\n\"x;\ny\"; human ; a.wav\r\n\r\n# old\r\n;noise;b.wav"
        #expect(
            changed(text, "machine", of: "a.wav")
                == "note; label ;file\r\n\"x;\ny\";machine; a.wav\r\n\r\n# old\r\n;noise;b.wav")
        #expect(changed(text, "talk", of: "b.wav")?.hasSuffix("# old\r\n;talk;b.wav") == true)
        #expect(changed(text, "talk", of: "c.wav") == text + "\r\n;talk;c.wav\r\n")
        #expect(changed(text, nil, of: "a.wav") == "note; label ;file\r\n\r\n# old\r\n;noise;b.wav")
        #expect(changed("\u{FEFF}file,label\nä.wav,talk\n", "x", of: "ä.wav") == "\u{FEFF}file,label\nä.wav,x\n")
    }

    @Test("a recording that is there twice has one label after")
    func twice() {
        #expect(changed("a,talk\nb,x\na,noise\n", "no", of: "a") == "a,no\nb,x\n")
    }

    @Test("a row that is too short gets its label")
    func short() {
        #expect(
            changed("file,speaker,label\na\nb,anna,talk\n", "talk", of: "a")
                == "file,speaker,label\na,,talk\nb,anna,talk\n")
    }

    @Test("a label that a spreadsheet would part is quoted")
    func quoted() {
        #expect(changed("a\ttalk\n", "no\ttalk", of: "a") == "a\t\"no\ttalk\"\n")
        #expect(changed("a,talk\n", "say \"hi\"", of: "a") == "a,\"say \"\"hi\"\"\"\n")
        #expect(changed("a;talk\n", "x;y", of: "a") == "a;\"x;y\"\n")
    }

    @Test("intervals replace those of the recording, where they stood")
    func rows() {
        let text = "file,start_s,end_s,label,note\nx,0,1,talk,n\na,0,1,talk,old\nb,2,3,talk,n\na,4,5,talk,old\n"
        #expect(
            changed(text, [(1500, 2000, "talk")], of: "a")
                == "file,start_s,end_s,label,note\nx,0,1,talk,n\na,1.500000,2.000000,talk,\nb,2,3,talk,n\n")
        #expect(
            changed("", [(0, 500, "hi, you")], of: "a") == "file,start_s,end_s,label\na,0.000000,0.500000,\"hi, you\"\n"
        )
    }

    @Test("lines of RTTM that are of others stay")
    func rttm() {
        let text = ";; made by hand\nSPEAKER a 1 0 1 <NA> <NA> anna <NA> <NA>\nSPEAKER b 1 0 1 <NA> <NA> x <NA> <NA>\n"
        #expect(
            changed(text, [(0, 500, "talk")], of: "a", format: .rttm)
                == ";; made by hand\nSPEAKER a 1 0.000000 0.500000 <NA> <NA> talk <NA> <NA>\nSPEAKER b 1 0 1 <NA> <NA> x <NA> <NA>\n"
        )
    }

    @Test("many at once are as one after another, and take one pass through the file")
    func many() {
        let names = (0..<50_000).map { "calls/\($0).wav" }
        let text = "file,label\n" + names.prefix(25_000).map { "\($0),talk\n" }.joined()
        var sheet = LabelSheet(Array(text.utf8), format: .csv)!
        let numbers = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
        let labels = Dictionary(
            uniqueKeysWithValues: names.enumerated().map { ($0, (recording: $1, name: $0 % 2 == 0 ? "noise" : nil)) })
        let isSet = sheet.setLabels(labels, where: { numbers[$0] })
        #expect(isSet)
        let even = names.enumerated().filter { $0.offset % 2 == 0 }.map { "\($0.element),noise\n" }
        #expect(String(decoding: sheet.bytes, as: UTF8.self) == "file,label\n" + even.joined())
    }

    @Test("lines of RTTM of several recordings: those of a second channel stay, and so does all else")
    func manyLines() {
        let text =
            "SPEAKER a 1 0 1 <NA> <NA> x <NA> <NA>\nSPEAKER b 2 0 1 <NA> <NA> y <NA> <NA>\nSPEAKER a 1 2 1 <NA> <NA> x <NA> <NA>"
        var sheet = LabelSheet(Array(text.utf8), format: .rttm)!
        let new = Dictionary(
            uniqueKeysWithValues: ["a", "b", "c"].enumerated().map { ($0, intervals($1, [(0, 500, "talk")])) })
        let changed = sheet.setIntervals(new, where: { ["a": 0, "b": 1][$0] })
        #expect(changed == [0, 2])
        func line(_ name: String) -> String { "SPEAKER \(name) 1 0.000000 0.500000 <NA> <NA> talk <NA> <NA>\n" }
        #expect(
            String(decoding: sheet.bytes, as: UTF8.self) == line("a") + "SPEAKER b 2 0 1 <NA> <NA> y <NA> <NA>\n"
                + line("c"))
    }

    @Test("a file of Audacity's is of one recording")
    func audacity() {
        #expect(changed("0\t1\told\n", [(0, 500, "talk")], of: "a", format: .audacity) == "0.000000\t0.500000\ttalk\n")
    }

    @Test("what can't be said in a file is not, and what could be lost is not touched")
    func refused() {
        #expect(changed("file,start_s,end_s,label\n", "talk", of: "a") == nil)
        #expect(changed("file,label\na,talk\n", [(0, 1, "talk")], of: "a") == nil)
        #expect(LabelSheet(Array("x".utf8), format: .textGrid) == nil)
        #expect(LabelSheet([0xFF, 0xFE, 0x41, 0], format: .csv) == nil)
        #expect(LabelSheet(Array("a,\"talk\n".utf8), format: .csv) == nil)
    }
}
