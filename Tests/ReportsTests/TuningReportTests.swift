import Presentation
import RealTimeAPI
import Reports
import StudioPage
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
        #expect(page.ranges(of: "<summary>Cost over ").count == 6)
        #expect(page.contains("<h1>Answer &amp; wait.</h1>") && page.contains("<code>f(&lt;1&gt;)</code>"))
        #expect(page.contains("<td>l&lt;i&gt;.csv:1</td><td>is \"wrong\"</td>"))
        #expect(page.contains("<td>a &lt;b&gt;, \"0\".wav</td><td>talk</td><td>0</td><td>wrong</td>"))
        #expect(page.contains(#""name":"a \u003cb>, \"0\".wav""#))
        #expect(!page.contains("<b>,") && !page.contains("<i>"))
        for name in ["min_ms", "max_ms", "silence_ms", "analysistime_ms"] {
            #expect(page.contains("<div class=\"card\"><h3>\(name)</h3>"))
        }
    }

    @Test func `the page has its data, its modules and its style in it, and what is heard`() throws {
        let result = try Self.result()
        let wrong = try #require(result.judgements.first { !$0.isRight }).recording.levels
        let page = TuningReport(
            result, command: "{}", call: "", words: "", findings: [],
            catalogue: [JSON.Member("version", .string("1"))], sounds: [wrong.location: "UklGRg=="]
        ).html
        let text = try #require(
            page.firstMatch(of: /<script type="application\/json" id="report">(.*?)<\/script>/.dotMatchesNewlines())
        ).1
        let data = try JSONText(String(text)).value
        guard case .array(let recordings)? = data["recordings"] else {
            Issue.record("there are no recordings")
            return
        }
        #expect(recordings.count == 20 && recordings.count { $0["audio"] != nil } == 1)
        let judged = try #require(recordings.first { $0["audio"] != nil })
        #expect(judged["name"] == .string(wrong.location) && judged["label"] == .string("talk"))
        guard case .string(let levels)? = judged["levels"] else {
            Issue.record("there are no levels")
            return
        }
        #expect(levels.utf8.count == Base64.encodedCount(2 * wrong.frameCount))
        #expect(data["result"]?["heat_maps"] != nil && data["session"]?["version"] == .string("1"))
        #expect(data["parameters"]?["min_ms"] != nil && data["threshold"] == .number("512"))
        // Each module that one of them needs is in the map.
        let map = try #require(page.firstMatch(of: /<script type="importmap">(.*?)<\/script>/)).1
        guard case .object(let imports)? = try JSONText(String(map)).value["imports"] else {
            Issue.record("there are no imports")
            return
        }
        let names = Set(imports.map(\.name))
        #expect(
            names.contains("studio/report.js") && names.contains("studio/rule.js") && !names.contains("studio/app.js"))
        for file in StudioPage.files.values where names.contains("studio/\(file.name)") {
            for match in String(decoding: file.bytes, as: UTF8.self).matches(of: /from "(studio\/[\w-]+\.js)"/) {
                #expect(names.contains(String(match.1)), "\(match.1)")
            }
        }
    }

    @Test func `the table has a line for each recording, with quotation marks where a field needs them`() throws {
        let lines = TuningTable(try Self.result()).text.split(separator: "\n")
        #expect(lines.count == 21 && lines[0] == "file,label,answer,judged,decided_ms,reason,wrong_share")
        let wrong = lines.filter { $0.contains(",wrong,") }
        #expect(wrong.count == 1 && wrong[0].hasPrefix("\"a <b>, \"\"0\"\".wav\",talk,0,wrong,,"))
    }
}
