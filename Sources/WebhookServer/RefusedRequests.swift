import CoreMetrics
import NIOHTTP1

/// Requests that were answered with an error, by its status.
enum RefusedRequests {
    static func count(_ status: HTTPResponseStatus) {
        Counter(label: "rtmedia_requests_refused_total", dimensions: [("status", "\(status.code)")]).increment()
    }
}
