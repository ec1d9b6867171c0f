public import CoreMetrics
import Synchronization

/// Collects the metrics of swift-metrics and shows them as text, in the form that Prometheus reads.
///
/// ```swift
/// let registry = MetricsRegistry()
/// MetricsSystem.bootstrap(registry)
/// ```
public final class MetricsRegistry: MetricsFactory {
    private let metrics = Mutex<[Key: Metric]>([:])

    /// A registry without metrics.
    public init() {}

    /// A line for each number, in the order of their names, and before those of a name a line that says of what kind it is.
    public var text: String {
        let sorted = metrics.withLock { $0.sorted { ($0.key.name, $0.key.labels) < ($1.key.name, $1.key.labels) } }
        var text = ""
        var name = ""
        for (key, metric) in sorted {
            if key.name != name { text += "# TYPE \(key.name) \(metric.kind.rawValue)\n" }
            name = key.name
            text += "\(key.name)\(key.labels) \(metric.text)\n"
        }
        return text
    }

    /// A counter, the same for the same label and dimensions.
    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        metric(label, dimensions, .counter)
    }

    /// A recorder, of which the last value is shown.
    public func makeRecorder(
        label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> any RecorderHandler { metric(label, dimensions, .gauge) }

    /// A timer, of which the sum in nanoseconds is shown.
    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        metric(label, dimensions, .counter)
    }

    /// Nothing is freed: there are few.
    public func destroyCounter(_ handler: any CounterHandler) {}
    /// Nothing is freed: there are few.
    public func destroyRecorder(_ handler: any RecorderHandler) {}
    /// Nothing is freed: there are few.
    public func destroyTimer(_ handler: any TimerHandler) {}

    private func metric(_ label: String, _ dimensions: [(String, String)], _ kind: Metric.Kind) -> Metric {
        let key = Key(label, dimensions)
        return metrics.withLock { metrics in
            if let metric = metrics[key] { return metric }
            let metric = Metric(kind)
            metrics[key] = metric
            return metric
        }
    }
}

/// What a number is known by, as Prometheus writes it.
private struct Key: Hashable {
    let name: String
    /// As in `{status="404"}`; empty without any.
    let labels: String

    init(_ label: String, _ dimensions: [(String, String)]) {
        name = Self.name(label)
        let pairs = dimensions.map { "\(Self.name($0))=\"\(Self.escaped($1))\"" }
        labels = pairs.isEmpty ? "" : "{\(pairs.joined(separator: ","))}"
    }

    private static func name(_ text: String) -> String {
        String(text.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
    }

    private static func escaped(_ text: String) -> String {
        text.map { $0 == "\\" || $0 == "\"" ? "\\\($0)" : $0.isNewline ? "\\n" : "\($0)" }.joined()
    }
}

/// A number.
private final class Metric: CounterHandler, RecorderHandler, TimerHandler {
    enum Kind: String {
        case counter, gauge
    }

    let kind: Kind
    /// Of counters.
    private let count = Atomic<Int64>(0)
    /// Of gauges: the bits of a number.
    private let level = Atomic<UInt64>(0)

    init(_ kind: Kind) { self.kind = kind }

    var text: String {
        switch kind {
        case .counter: return String(count.load(ordering: .relaxed))
        case .gauge:
            let number = Double(bitPattern: level.load(ordering: .relaxed))
            guard number.isFinite else { return number.isNaN ? "NaN" : number > 0 ? "+Inf" : "-Inf" }
            return number == number.rounded() && abs(number) < 1e15 ? String(Int64(number)) : "\(number)"
        }
    }

    func increment(by amount: Int64) { count.wrappingAdd(amount, ordering: .relaxed) }
    func reset() { count.store(0, ordering: .relaxed) }
    func record(_ value: Int64) { record(Double(value)) }
    func record(_ value: Double) { level.store(value.bitPattern, ordering: .relaxed) }
    func recordNanoseconds(_ duration: Int64) { count.wrappingAdd(duration, ordering: .relaxed) }
}
