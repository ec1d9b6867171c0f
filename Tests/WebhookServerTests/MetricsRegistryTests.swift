import CoreMetrics
import Testing
import WebhookServer

/// What `/metrics` shows.
@Suite struct MetricsRegistryTests {
    @Test func `what is counted is shown with its kind, in an order that stays`() {
        let registry = MetricsRegistry()
        registry.makeCounter(label: "b.total", dimensions: [("status", "404"), ("path", "\"a\\\n")]).increment(by: 2)
        registry.makeCounter(label: "b.total", dimensions: []).increment(by: 1)
        for (label, value) in [("a", 3.6), ("c", 5), ("d", .nan), ("e", -.infinity), ("f", 1e300), ("g", .infinity)] {
            registry.makeRecorder(label: label, dimensions: [], aggregate: false).record(value)
        }
        #expect(
            registry.text == """
                # TYPE a gauge
                a 3.6
                # TYPE b_total counter
                b_total 1
                b_total{status="404",path="\\"a\\\\\\n"} 2
                # TYPE c gauge
                c 5
                # TYPE d gauge
                d NaN
                # TYPE e gauge
                e -Inf
                # TYPE f gauge
                f 1e+300
                # TYPE g gauge
                g +Inf

                """)
    }
}
