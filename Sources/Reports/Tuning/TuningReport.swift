import Presentation
import TalkDetection
public import TelephonyAudio
public import ThresholdTuning

/// All that tuning found as one HTML file, which needs nothing else: no network, and no script but its own, which has buttons
/// copy; without it all else is there.
///
/// Colours follow the reader's choice of light or dark, and paper; every figure has its numbers behind it.
public struct TuningReport: Sendable {
    let result: TuningResult
    let command: String
    let call: String
    let words: String
    let findings: [TuningError]

    /// The most recordings that are drawn; the table has all.
    private static let drawnLimit = 500
    /// Those after the first few open on a click.
    private static let openCount = 8

    /// A report.
    ///
    /// - Parameters:
    ///   - result: what was found.
    ///   - command: the recommended command, as JSON.
    ///   - call: the same in Swift.
    ///   - words: the same in a sentence.
    ///   - findings: what is wrong with recordings and labels.
    public init(_ result: TuningResult, command: String, call: String, words: String, findings: [TuningError]) {
        self.result = result
        self.command = command
        self.call = call
        self.words = words
        self.findings = findings
    }

    /// The whole file.
    public var html: String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>play_talk_detect: \(middleText)</title>
        <style>
        \(ReportStyle.sheet)
        </style>
        </head>
        <body>
        <main>
        \(head)
        \(outcome)
        \(maps)
        \(frontier)
        \(lengths)
        \(wrong)
        \(recordings)
        \(remarks)
        \(method)
        </main>
        <script>
        \(ReportStyle.script)
        </script>
        </body>
        </html>

        """
    }

    private var middleText: String {
        Axis.allCases.map { "\($0.rawValue) \(result.plateau.middle.milliseconds($0))" }.joined(separator: ", ")
    }

    private func section(_ title: String, _ note: String, _ body: String, style: String = "") -> String {
        "<section class=\"\(style)\"><h2>\(title)</h2>\n<p class=\"note\">\(note)</p>\n\(body)</section>\n"
    }
}

// MARK: - The recommendation

extension TuningReport {
    private var head: String {
        let talk = result.confusion.found + result.confusion.missed
        let cards = Axis.allCases.map { axis in
            let range = result.plateau.milliseconds(axis)
            return "<div class=\"card\"><h3>\(axis.rawValue)</h3><b>\(result.plateau.middle.milliseconds(axis))</b>"
                + "<small>as good from \(time(range.lowerBound)) to \(time(range.upperBound))</small></div>"
        }
        return """
            <header><p class="over">play_talk_detect, tuned on \(result.judgements.count) recordings, \(talk) with talk</p>
            <h1>\(Markup.escaped(words))</h1></header>
            <div class="cards">\(cards.joined())</div>
            <div class="paste"><pre><code>\(Markup.escaped(command))</code></pre>
            <pre><code>\(Markup.escaped(call))</code></pre></div>
            """
    }

    private var outcome: String {
        let doubt = result.doubt.map { "<p class=\"doubt\">\(Markup.escaped($0))</p>" } ?? ""
        let heldOut = result.heldOut.map { heldOut in
            """
            <div class="half"><h3>On recordings that it was not chosen on</h3>
            <p class="big">\(percent(heldOut.error)) <small>judged wrongly; with 95 % confidence \
            \(percent(heldOut.interval.low)) to \(percent(heldOut.interval.high))</small></p>
            \(errorBar(heldOut))
            <p>False talk \(percent(heldOut.falseTalk)), missed \(percent(heldOut.missed)). Cost \(decimal(heldOut.cost, 4)) a \
            recording (\(decimal(heldOut.costInterval.low, 4)) to \(decimal(heldOut.costInterval.high, 4))); of the cheapest \
            parameters of the same parts, which are not in the middle of a plateau, \(decimal(heldOut.cheapestCost, 4)) \
            (\(decimal(heldOut.cheapestCostInterval.low, 4)) to \(decimal(heldOut.cheapestCostInterval.high, 4))).</p></div>
            """
        }
        let note =
            "The recordings are cut into five parts, twice; parameters are found on four of them, just as those above on all, "
            + "and judged on the fifth. What belongs together, by speaker or content, stays together."
        return section(
            "How well it does", note, doubt + "<div class=\"row\">" + (heldOut ?? "") + confusion + "</div>")
    }

    private var confusion: String {
        let (confusion, page, robust) = (result.confusion, result.pageConfusion, result.robustConfusion)
        let time =
            result.decisionTime.map { ", and finds talk after \(decimal($0 / .seconds(1), 2)) s on average" } ?? ""
        return """
            <div class="half"><h3>On all recordings as they are, at the threshold \(result.options.nominalThreshold.rawValue)</h3>
            <table class="confusion"><thead><tr><th></th><th>TALK</th><th>0</th></tr></thead><tbody>
            <tr><th>with talk</th><td class="right">\(confusion.found)</td><td class="wrong">\(confusion.missed)</td></tr>
            <tr><th>without</th><td class="wrong">\(confusion.falseTalk)</td><td class="right">\(confusion.quiet)</td></tr>
            </tbody></table>
            <p>\(percent(confusion.error)) are judged wrongly. With what the platform's page recommends \
            (\(TalkParameters())) it would be \(percent(page.error)). Over all \(result.conditions.count) line \
            conditions and \(result.options.thresholds.count) thresholds it is \(percent(robust.error))\(time).</p></div>
            """
    }

    /// The error with its interval, and that of the page's values.
    private func errorBar(_ heldOut: HeldOut) -> String {
        let page = result.pageConfusion.error
        let top = max(0.05, min(1, max(heldOut.interval.high, page) * 1.1))
        var drawing = SVGDrawing(width: 420, height: 58, label: "The error and its interval")
        func x(_ share: Double) -> Double { 10 + min(1, share / top) * 400 }
        drawing.line(10, 26, 410, 26, "grid")
        drawing.rectangle(
            x(heldOut.interval.low), 19, x(heldOut.interval.high) - x(heldOut.interval.low), 14, "interval")
        drawing.line(x(heldOut.error), 14, x(heldOut.error), 38, "decision")
        drawing.circle(x(page), 26, radius: 6, "mark-page", title: "the page's values: \(percent(page))")
        drawing.text(x(page), 14, "the page's values", page > top * 0.6 ? "tick end" : "tick")
        drawing.text(10, 54, "0 %", "tick")
        drawing.text(410, 54, "\(decimal(top * 100, 0)) %", "tick end")
        return drawing.element
    }
}

// MARK: - The figures

extension TuningReport {
    private var maps: String {
        let all = result.heatMaps.flatMap(\.costs)
        let range = (all.min() ?? 0)...(all.max() ?? 1)
        let figures = result.heatMaps.map { HeatMapFigure(map: $0, middle: result.plateau.middle, costs: range).html }
        var key = SVGDrawing(width: 430, height: 40, label: "Colours")
        for shade in 0..<24 { key.rectangle(Double(shade) * 12.5, 4, 12.6, 14, "heat h\(shade)") }
        key.text(0, 34, decimal(range.lowerBound, 3), "tick")
        key.text(300, 34, decimal(range.upperBound, 3), "tick end")
        key.circle(326, 11, radius: 4, "mark")
        key.text(336, 15, "recommended", "legend")
        let note =
            "The mean cost of a recording over all line conditions and thresholds, over each pair of parameters, the other two "
            + "as recommended. Inside the line is the plateau: at most \(decimal(result.tolerance, 4)) over the cheapest of all, "
            + "\(decimal(result.cheapestCost, 4))."
        return section(
            "What it costs to be off", note,
            "<div class=\"key\">\(key.element)</div><div class=\"maps\">\(figures.joined())</div>")
    }

    private var frontier: String {
        let robust = result.robustConfusion
        let recommended = Rates(
            falseTalk: robust.falseTalkShare, missed: robust.missedShare,
            seconds: result.decisionTime.map { $0 / .seconds(1) } ?? 0)
        let page = Rates(
            falseTalk: result.pageRobustConfusion.falseTalkShare, missed: result.pageRobustConfusion.missedShare,
            seconds: 0)
        let figure = FrontierFigure(points: result.frontier, recommended: recommended, page: page)
        let note =
            "What can be had at all, over all line conditions and thresholds, among \(grouped(result.gridCount)) combinations: on "
            + "a curve, less of one error is to be had only for more of the other, or for more time."
        return section("What can be had", note, figure.html)
    }

    private var lengths: String {
        let (lengths, middle) = (result.lengths, result.plateau.middle)
        let talkspurts = LengthFigure(
            title: "Talkspurts, ended by more than silence_ms \(middle.milliseconds(.silence)) of silence",
            bins: lengths.bins,
            talk: lengths.talkspurtsWithTalk, other: lengths.talkspurtsWithout,
            limits: [
                (middle.milliseconds(.minimum), "min_ms \(middle.milliseconds(.minimum))"),
                (middle.milliseconds(.maximum), "max_ms \(middle.milliseconds(.maximum))"),
            ])
        let pauses = LengthFigure(
            title: "Pauses between what is not silent", bins: lengths.bins, talk: lengths.pausesWithTalk,
            other: lengths.pausesWithout,
            limits: [(middle.milliseconds(.silence), "silence_ms \(middle.milliseconds(.silence))")])
        let note =
            "On the recordings as they are, at the threshold \(result.options.nominalThreshold.rawValue). Each bar is a quarter "
            + "longer than the one before."
        return section(
            "How long talk and pauses are", note, "<div class=\"row\">\(talkspurts.html)\(pauses.html)</div>")
    }

    private var wrong: String {
        let wrong = result.judgements.filter { !$0.isRight }
        guard !wrong.isEmpty else {
            return section("What is judged wrongly", "Nothing, on the recordings as they are.", "")
        }
        let figures = wrong.prefix(Self.drawnLimit).map { judgement in
            RecordingFigure(
                judgement: judgement, threshold: result.options.nominalThreshold,
                analysisTime: result.plateau.middle.milliseconds(.analysisTime),
                condition: result.conditions.firstIndex(of: .unchanged)!
            ).html
        }
        let rest = figures.dropFirst(Self.openCount)
        let more =
            rest.isEmpty
            ? "" : "<details class=\"more\"><summary>\(rest.count) more</summary>\(rest.joined())</details>"
        let left =
            wrong.count > Self.drawnLimit ? " The first \(Self.drawnLimit) are drawn; the table below has all." : ""
        let note =
            "\(wrong.count) of \(result.judgements.count) recordings, as they are, at the threshold "
            + "\(result.options.nominalThreshold.rawValue): waveform, level, talkspurts and decision.\(left)"
        return section("What is judged wrongly", note, figures.prefix(Self.openCount).joined() + more)
    }

    private var recordings: String {
        let rows = result.judgements.map { judgement in
            [
                judgement.recording.levels.location, judgement.recording.isTalk ? "talk" : "no talk",
                judgement.verdict.result.rawValue, judgement.isRight ? "right" : "wrong",
                judgement.verdict.instant.map { decimal($0 / .seconds(1), 2) } ?? "", judgement.reason,
                percent(judgement.errorShare),
            ]
        }
        let table = NumberTable(
            heads: ["recording", "label", "answer", "judged", "at, s", "why", "wrong under"], rows: rows)
        return section(
            "Every recording",
            "What is answered as it is, why, and under what share of conditions and thresholds that is wrong.",
            table.html("\(result.judgements.count) recordings"), style: "list")
    }

    private var remarks: String {
        guard !findings.isEmpty else { return "" }
        let rows = findings.map { [$0.subject, $0.reason] }
        return section(
            "What could not be used", "\(findings.count) findings on recordings and labels.",
            NumberTable(heads: ["where", "what"], rows: rows).table)
    }
}

// MARK: - The method

extension TuningReport {
    private var method: String {
        let prices = result.options.prices
        let runs = result.detectorRunCount
        let body = """
            <dl>
            <dt>Prices</dt><dd>false talk \(number(prices.falseTalk)), missed talk \(number(prices.missed)), a second until talk \
            is found \(decimal(prices.second, 4)). The cost is the mean over all recordings, each under every line condition and \
            threshold.</dd>
            <dt>Thresholds</dt><dd>\(result.options.thresholds.map { "\($0)" }.joined(separator: ", "))</dd>
            <dt>Line conditions</dt><dd>\(result.conditions.map { "\($0)" }.joined(separator: "; "))</dd>
            <dt>Rules</dt><dd>Asterisk's BackgroundDetect, in frames of 20 ms.</dd>
            <dt>Search</dt><dd>All 1.08·10<sup>18</sup> combinations that the API accepts, exactly: talkspurts depend on the threshold \
            and silence_ms alone, and the other three parameters only filter them. That stands for \(power(runs)) runs of the \
            detector. Whole ranges are passed over only where a bound says that nothing in them is cheaper. Cheapest is \(Axis.allCases.map { "\($0.rawValue) \(result.cheapest.milliseconds($0))" }.joined(separator: ", ")).</dd>
            <dt>Recommendation</dt><dd>From the cheapest to the middle of its plateau: along each parameter, the middle of what \
            costs at most \(decimal(result.tolerance, 4)) more (half a standard error of the cheapest's cost, or a five-hundredth of \
            the dearer error's price). The cost there is \(decimal(result.cost, 4)); of what the platform's page recommends \
            \(decimal(result.pageCost, 4)).</dd>
            <dt>Intervals</dt><dd>95 %: Wilson's for the error, for \(result.heldOut?.groupCount ?? 0) speakers or recordings; \
            bootstrap percentiles for costs. Seed \(result.options.seed).</dd>
            </dl>
            """
        return section(
            "How it was found", "All figures of this page can be repeated: they depend on the recordings alone.", body)
    }

    private func power(_ value: Double) -> String {
        var (digits, exponent) = (value, 0)
        while digits >= 10 { (digits, exponent) = (digits / 10, exponent + 1) }
        return "\(decimal(digits, 2))·10<sup>\(exponent)</sup>"
    }

    /// With thin spaces between groups of three digits.
    private func grouped(_ count: Int) -> String {
        var text = ""
        for (index, digit) in "\(count)".reversed().enumerated() {
            if index > 0, index % 3 == 0 { text.append("\u{202F}") }
            text.append(digit)
        }
        return String(text.reversed())
    }
}
