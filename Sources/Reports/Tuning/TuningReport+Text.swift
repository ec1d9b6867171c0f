import Presentation
import TalkDetection
import TelephonyAudio
import ThresholdTuning

/// All numbers of a report as elements that need no script.
extension TuningReport {
    var text: String {
        head + outcome + maps + frontier + lengths + doubtful + recordingTable + remarks + method
    }

    private func section(_ title: String, _ note: String, _ body: String) -> String {
        "<section><h2>\(title)</h2>\n<p>\(note)</p>\n\(body)</section>\n"
    }
}

// MARK: - The recommendation

extension TuningReport {
    private var head: String {
        let talk = result.confusion.found + result.confusion.missed
        let cards = Axis.allCases.map { axis in
            let range = result.plateau.milliseconds(axis)
            return
                "<div class=\"card\"><h3>\(axis.rawValue)</h3><b>\(result.plateau.middle.milliseconds(axis))</b>"
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
            "How well it does", note,
            doubt + "<div class=\"row\">" + (heldOut ?? "") + confusion + "</div>")
    }

    private var confusion: String {
        let (confusion, page, robust) = (result.confusion, result.pageConfusion, result.robustConfusion)
        let time =
            result.decisionTime.map {
                ", and finds talk after \(decimal($0 / .seconds(1), 2)) s on average"
            } ?? ""
        return """
            <div class="half"><h3>On all recordings as they are, \(nominalName)</h3>
            <table class="confusion"><thead><tr><th></th><th>TALK</th><th>0</th></tr></thead><tbody>
            <tr><th>with talk</th><td class="right">\(confusion.found)</td><td class="wrong">\(confusion.missed)</td></tr>
            <tr><th>without</th><td class="wrong">\(confusion.falseTalk)</td><td class="right">\(confusion.quiet)</td></tr>
            </tbody></table>
            <p>\(percent(confusion.error)) are judged wrongly. With what the platform's page recommends \
            (\(TalkParameters())) it would be \(percent(page.error)). Over all \(result.conditions.count) line \
            conditions and \(result.options.thresholds.count) thresholds it is \(percent(robust.error))\(time).</p></div>
            """
    }
}

// MARK: - What else there is

extension TuningReport {
    private var maps: String {
        let tables = result.heatMaps.map(table)
        let note =
            "The mean cost of a recording over all line conditions and thresholds, over each pair of parameters, the other two "
            + "as recommended. The plateau costs at most \(decimal(result.tolerance, 4)) more than the cheapest of all, "
            + "\(decimal(result.cheapestCost, 4))."
        return section("What it costs to be off", note, tables.joined())
    }

    private func table(_ map: HeatMap) -> String {
        let middle = result.plateau.middle
        let heads =
            [map.vertical.rawValue]
            + map.columns.map { "\(middle.with(map.horizontal, $0).milliseconds(map.horizontal))" }
        let rows = map.rows.indices.reversed().map { row in
            ["\(middle.with(map.vertical, map.rows[row]).milliseconds(map.vertical))"]
                + map.columns.indices.map { decimal(map.costs[row * map.columns.count + $0], 4) }
        }
        return NumberTable(heads: heads, rows: rows).html(
            "Cost over \(map.horizontal.rawValue), across, and \(map.vertical.rawValue), in ms")
    }

    private var frontier: String {
        let note =
            "What can be had at all, over all line conditions and thresholds, among \(grouped(result.gridCount)) combinations: "
            + "less of one error is to be had only for more of the other, or for more time."
        return section("What can be had", note, FrontierTable(points: result.frontier).html)
    }

    private var lengths: String {
        let lengths = result.lengths
        let talkspurts = lengthTable(
            "Talkspurts, ended by more than silence_ms \(result.plateau.middle.milliseconds(.silence)) of silence",
            lengths.talkspurtsWithTalk, lengths.talkspurtsWithout)
        let pauses = lengthTable(
            "Pauses between what is not silent", lengths.pausesWithTalk, lengths.pausesWithout)
        let note =
            "On the recordings as they are, \(nominalName)."
        return section("How long talk and pauses are", note, talkspurts + pauses)
    }

    private func lengthTable(_ title: String, _ talk: [Int], _ other: [Int]) -> String {
        let bins = result.lengths.bins
        let rows = bins.indices.filter { talk[$0] + other[$0] > 0 }.map { index in
            [
                "\(index == 0 ? 0 : 20 * bins[index - 1])", "\(20 * bins[index])", "\(talk[index])",
                "\(other[index])",
            ]
        }
        return NumberTable(heads: ["over, ms", "up to, ms", "with talk", "without"], rows: rows).html(
            title)
    }

    private var nominalName: String {
        result.options.classifier == .adaptive
            ? "by the adaptive classifier" : "at the threshold \(result.options.nominalThreshold.rawValue)"
    }

    private var doubtful: String {
        guard !result.doubtfulLabels.isEmpty else { return "" }
        let rows = result.doubtfulLabels.map { label in
            [label.recording.levels.location, label.recording.isTalk ? "talk" : "no talk", "\(label.reason)"]
        }
        return section(
            "Which labels are doubtful", "The most doubtful first. Listen to these before you trust the figures.",
            NumberTable(heads: ["recording", "label", "why"], rows: rows).table)
    }

    private var recordingTable: String {
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
            table.html("\(result.judgements.count) recordings"))
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
            "How it was found",
            "All figures of this page can be repeated: they depend on the recordings alone.", body)
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
