public import CoreMetrics
import Synchronization

/// Collects what is counted (swift-metrics) and shows it as text, in the form that Prometheus reads.
///
/// ```swift
/// let registry = MetricsRegistry()
/// MetricsSystem.bootstrap(registry)
/// ```
public final class MetricsRegistry: MetricsFactory {
    private let metrics = Mutex<[String: Metric]>([:])

    /// A registry without metrics.
    public init() {}

    /// A line for each number, in the order of their names.
    public var text: String {
        metrics.withLock { $0.sorted { $0.key < $1.key } }.map { "\($0.key) \($0.value.text)\n" }.joined()
    }

    /// A counter, the same for the same label and dimensions.
    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        metric(label, dimensions)
    }

    /// A recorder, of which the last value is shown.
    public func makeRecorder(
        label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> any RecorderHandler { metric(label, dimensions) }

    /// A timer, of which the sum in nanoseconds is shown.
    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        metric(label, dimensions)
    }

    /// Nothing is freed: there are few.
    public func destroyCounter(_ handler: any CounterHandler) {}
    /// Nothing is freed: there are few.
    public func destroyRecorder(_ handler: any RecorderHandler) {}
    /// Nothing is freed: there are few.
    public func destroyTimer(_ handler: any TimerHandler) {}

    private func metric(_ label: String, _ dimensions: [(String, String)]) -> Metric {
        let labels = dimensions.map { "\($0)=\"\($1)\"" }.joined(separator: ",")
        let name = labels.isEmpty ? label : "\(label){\(labels)}"
        return metrics.withLock { metrics in
            if let metric = metrics[name] { return metric }
            let metric = Metric()
            metrics[name] = metric
            return metric
        }
    }
}

/// A number.
private final class Metric: CounterHandler, RecorderHandler, TimerHandler {
    private let value = Atomic<Int64>(0)

    var text: String { String(value.load(ordering: .relaxed)) }

    func increment(by amount: Int64) { value.add(amount, ordering: .relaxed) }
    func reset() { value.store(0, ordering: .relaxed) }
    func record(_ value: Int64) { self.value.store(value, ordering: .relaxed) }
    func record(_ value: Double) { self.value.store(Int64(value.rounded()), ordering: .relaxed) }
    func recordNanoseconds(_ duration: Int64) { value.add(duration, ordering: .relaxed) }
}
