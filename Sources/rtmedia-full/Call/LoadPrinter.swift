import CallSimulation
import QuickCommands

/// A load's report, for people and for programs.
struct LoadPrinter: Encodable {
    /// Answer times in milliseconds.
    struct Times: Encodable {
        let p50: Double
        let p90: Double
        let p99: Double
        let p999: Double
        let max: Double

        init(_ times: Percentiles) {
            func milliseconds(_ part: Double) -> Double {
                ((times.value(at: part) / .microseconds(1)).rounded()) / 1000
            }
            p50 = milliseconds(0.5)
            p90 = milliseconds(0.9)
            p99 = milliseconds(0.99)
            p999 = milliseconds(0.999)
            max = milliseconds(1)
        }

        var columns: String {
            [p50, p90, p99, p999, max].map { value in
                let text = decimal(value, value < 100 ? 2 : 0)
                return String(repeating: " ", count: Swift.max(1, 9 - text.count)) + text
            }.joined()
        }
    }

    /// Calls that failed alike.
    struct Failure: Encodable {
        let kind: Refusal.Kind
        let calls: Int
        let example: String
    }

    /// Calls in which the same was unusual.
    struct Warning: Encodable {
        let calls: Int
        let text: String
    }

    let calls: Int
    let failed: Int
    let failures: [Failure]
    let warnings: [Warning]
    let seconds: Double
    let callsPerSecond: Double
    let requests: Int
    let requestsPerSecond: Double
    let timesRealTime: Double
    /// From when a request should have been sent.
    let answerMs: Times
    /// From when a request was sent.
    let serviceMs: Times

    init(_ report: LoadReport) {
        let time = report.time / .seconds(1)
        func perSecond(_ value: Double) -> Double { time > 0 ? (value / time * 10).rounded() / 10 : 0 }
        calls = report.calls
        failed = report.failedCalls
        failures = report.failures.map { Failure(kind: $0, calls: $1.count, example: $1.example.description) }
            .sorted { ($1.calls, $0.kind.rawValue) < ($0.calls, $1.kind.rawValue) }
        warnings = report.warnings.map { Warning(calls: $1, text: $0) }
            .sorted { ($1.calls, $0.text) < ($0.calls, $1.text) }
        seconds = (time * 1000).rounded() / 1000
        callsPerSecond = perSecond(Double(report.calls))
        requests = report.requests
        requestsPerSecond = perSecond(Double(report.requests))
        timesRealTime = perSecond(report.virtualTime / .seconds(1))
        answerMs = Times(report.answerTimes)
        serviceMs = Times(report.serviceTimes)
    }

    /// - Parameter hasRate: whether calls came by the clock, so that they may have had to wait.
    func lines(hasRate: Bool) -> [String] {
        var lines = [
            "\(calls) calls in \(decimal(seconds, 1)) s: \(decimal(callsPerSecond, 1)) a second, \(Int(timesRealTime)) x real time; \(failed) failed",
            "\(requests) requests: \(decimal(requestsPerSecond, 1)) a second",
            "answers, ms        50 %     90 %     99 %   99.9 %      max",
        ]
        if hasRate {
            lines.append("  since due   " + answerMs.columns)
            lines.append("  since sent  " + serviceMs.columns)
        } else {
            lines.append("              " + serviceMs.columns)
        }
        for failure in failures {
            lines.append("\(failure.calls) x \(failure.kind.rawValue): \(failure.example)")
        }
        for warning in warnings { lines.append("\(warning.calls) x warning: \(warning.text)") }
        return lines
    }
}

/// With so many digits after the point.
private func decimal(_ value: Double, _ places: Int) -> String {
    let factor = places == 2 ? 100.0 : places == 1 ? 10 : 1
    let units = Int((value * factor).rounded())
    guard places > 0 else { return "\(units)" }
    let fraction = String(units % Int(factor))
    return "\(units / Int(factor))." + String(repeating: "0", count: places - fraction.count) + fraction
}
