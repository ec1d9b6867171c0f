import Logging
import RealTimeAPI

/// How many lines the log gets about what whoever may send requests can cause as often as they like.
struct FlowLogLimits: Sendable {
    let rejections: RateLimit
    let failures: RateLimit

    /// Limits whose left-out lines are counted in a line of the log afterwards.
    init<C: Clock>(clock: C, logger: Logger) where C.Duration == Duration {
        func limit(_ count: Int, _ message: Logger.Message) -> RateLimit {
            RateLimit(count: count, per: .seconds(10), clock: clock) { count in
                logger.warning(message, metadata: ["count": "\(count)"])
            }
        }
        rejections = limit(10, "more journals were refused, and not logged")
        failures = limit(100, "more flows failed, and were not logged")
    }

    /// Logs at once what was left out.
    func finish() {
        rejections.finish()
        failures.finish()
    }
}
