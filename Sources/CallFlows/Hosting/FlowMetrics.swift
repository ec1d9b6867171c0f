import CoreMetrics

/// What is counted of calls (swift-metrics).
struct FlowMetrics: Sendable {
    /// Calls that began here.
    let started = Counter(label: "rtmedia_calls_started_total")
    /// Calls whose end was reported here.
    let ended = Counter(label: "rtmedia_calls_ended_total")
    /// Calls that went on here from their journal.
    let resumed = Counter(label: "rtmedia_calls_resumed_total")
    /// Calls that were forgotten because they were idle, or too many.
    let evicted = Counter(label: "rtmedia_calls_evicted_total")
    /// Fillers that were sent because a step was not ready.
    let fillers = Counter(label: "rtmedia_fillers_total")
    /// Journals that were refused.
    let rejections = Counter(label: "rtmedia_journals_rejected_total")
    /// Calls whose flow failed.
    let failures = Counter(label: "rtmedia_flow_failures_total")
}
