import Presentation
import Reports
import TelephonyAudio
import Testing
import ThresholdTuning

/// What tuning found, as a page and as a table.
@Suite struct TuningReportTests {
    /// Ten callers who say something of 700 ms, and ten tones of 2.5 s; one of the callers says nothing.
    private static func result() throws -> TuningResult {
        let recordings = (0..<20).map { index in
            let isTalk = index.isMultiple(of: 2)
            let length = index == 0 ? 0 : isTalk ? 5600 + 80 * index : 20_000
            let samples =
                [Int16](repeating: 0, count: 1600 + 80 * index) + [Int16](repeating: 9000, count: length)
                + [Int16](repeating: 0, count: 12_000)
            var recorder = LevelRecorder(digest: ContentDigest(of: samples.span.bytes), conditions: [.unchanged])
            recorder.add(samples.span)
            return LabelledRecording(recorder.finish(name: "a <b>, \"\(index)\".wav"), isTalk: isTalk)
        }
        return try Tuner(recordings, conditions: [.unchanged], options: TuningOptions(prices: Prices())).run(jobs: 2)
    }

    @Test func `the page has all figures, and nothing from outside in it is markup`() throws {
        let report = TuningReport(
            try Self.result(), command: "{\"a\":1}", call: "f(<1>)", words: "Answer & wait.",
            findings: [TuningError(.label, "l<i>.csv:1", "is \"wrong\"")])
        let page = report.html
        #expect(page.ranges(of: "<figure class=\"map\">").count == 6)
        #expect(page.contains("<h1>Answer &amp; wait.</h1>") && page.contains("<code>f(&lt;1&gt;)</code>"))
        #expect(page.contains("<td>l&lt;i&gt;.csv:1</td><td>is \"wrong\"</td>"))
        #expect(page.contains("<figcaption><b>a &lt;b&gt;, \"0\".wav</b><br>0 instead of TALK: nothing reaches"))
        #expect(page.contains("aria-label=\"a &lt;b&gt;, &quot;0&quot;.wav: waveform, level, talkspurts, decision\""))
        #expect(!page.contains("<b>,") && !page.contains("<i>"))
        for name in ["min_ms", "max_ms", "silence_ms", "analysistime_ms"] {
            #expect(page.contains("<div class=\"card\"><h3>\(name)</h3>"))
        }
    }

    @Test func `the table has a line for each recording, with quotation marks where a field needs them`() throws {
        let lines = TuningTable(try Self.result()).text.split(separator: "\n")
        #expect(lines.count == 21 && lines[0] == "file,label,answer,judged,decided_ms,reason,wrong_share")
        let wrong = lines.filter { $0.contains(",wrong,") }
        #expect(wrong.count == 1 && wrong[0].hasPrefix("\"a <b>, \"\"0\"\".wav\",talk,0,wrong,,"))
    }
}
