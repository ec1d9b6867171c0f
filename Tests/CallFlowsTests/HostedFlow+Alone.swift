import Logging
import RealTimeAPI

@testable import CallFlows

extension HostedFlow {
    /// A flow without a host, which says nothing, and whose time stands still.
    convenience init(alone flow: CallFlow) {
        let logger = Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() }
        self.init(
            flow, options: FlowHostOptions(), seal: JournalSeal(key: testKey), logger: logger, metrics: FlowMetrics(),
            tracer: nil, watched: DelayQueue(delay: .zero, time: FlowTime(ManualClock())) { _ in },
            logLimits: FlowLogLimits(clock: ManualClock(), logger: logger))
    }
}
