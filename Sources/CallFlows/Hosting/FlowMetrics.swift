import CoreMetrics

/// What is counted of calls (swift-metrics).
struct FlowMetrics: Sendable {
    /// Calls that began here.
    let started: Counter
    /// Calls whose end was reported here.
    let ended: Counter
    /// Calls that went on here from their journal.
    let resumed: Counter
    /// Calls that were forgotten because they were idle, or too many.
    let evicted: Counter
    /// Fillers that were sent because a step was not ready.
    let fillers: Counter
    /// Journals that were refused.
    let rejections: Counter
    /// Calls whose flow failed.
    let failures: Counter

    init(factory: any MetricsFactory = MetricsSystem.factory) {
        func counter(_ label: String) -> Counter { Counter(label: label, factory: factory) }
        started = counter("rtmedia_calls_started_total")
        ended = counter("rtmedia_calls_ended_total")
        resumed = counter("rtmedia_calls_resumed_total")
        evicted = counter("rtmedia_calls_evicted_total")
        fillers = counter("rtmedia_fillers_total")
        rejections = counter("rtmedia_journals_rejected_total")
        failures = counter("rtmedia_flow_failures_total")
    }
}
