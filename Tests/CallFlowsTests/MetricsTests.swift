import CoreMetrics
import Logging
import RealTimeAPI
import Synchronization
import Testing

@testable import CallFlows

/// What is counted of calls.
@Suite(.timeLimit(.minutes(10))) struct MetricsTests {
    /// Keeps counts by their labels.
    private final class Counts: MetricsFactory {
        private let counts = Mutex<[String: Int64]>([:])

        /// The counts that are not zero.
        var all: [String: Int64] { counts.withLock { $0.filter { $0.value != 0 } } }

        private final class Handler: CounterHandler {
            let counts: Counts
            let label: String

            init(_ counts: Counts, _ label: String) {
                self.counts = counts
                self.label = label
            }

            func increment(by amount: Int64) { counts.counts.withLock { $0[label, default: 0] += amount } }
            func reset() { counts.counts.withLock { $0[label] = 0 } }
        }

        func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler { Handler(self, label) }
        func makeRecorder(
            label: String, dimensions: [(String, String)], aggregate: Bool
        ) -> any RecorderHandler { NOOPMetricsHandler.instance }
        func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
            NOOPMetricsHandler.instance
        }
        func destroyCounter(_ handler: any CounterHandler) {}
        func destroyRecorder(_ handler: any RecorderHandler) {}
        func destroyTimer(_ handler: any TimerHandler) {}
    }

    private let counts = Counts()
    private let clock = ManualClock()

    private func host(_ flow: CallFlow, _ change: (inout FlowHostOptions) -> Void = { _ in }) -> FlowHost {
        var options = FlowHostOptions()
        change(&options)
        return FlowHost(
            flow, key: testKey, options: options, logger: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() },
            clock: clock, metrics: FlowMetrics(factory: counts))
    }

    private let twice = CallFlow("twice", version: 1) { call in
        try await call.play(.library(1))
        try await call.play(.library(2))
    }

    @Test func `a call is counted when it begins and when it ends, once`() async throws {
        let host = host(twice)
        var platform = try Platform()
        let answer = await host.respond(to: platform.request)
        #expect(counts.all == ["rtmedia_calls_started_total": 1])
        _ = await host.respond(to: platform.request)
        platform.hangUp(after: answer)
        for _ in 0..<3 { _ = await host.respond(to: platform.request) }
        #expect(counts.all == ["rtmedia_calls_started_total": 1, "rtmedia_calls_ended_total": 1])
    }

    @Test func `a call that goes on from its journal is counted as such`() async throws {
        var platform = try Platform()
        platform.report("0", after: await FlowHost(quiet: twice).respond(to: platform.request))
        _ = await host(twice).respond(to: platform.request)
        #expect(counts.all == ["rtmedia_calls_resumed_total": 1])
    }

    @Test func `a call that gives way to others is counted as evicted`() async throws {
        let host = host(twice) { $0.maximumCalls = 1 }
        for call in 1...3 { _ = await host.respond(to: try Platform(call: UInt64(call)).request) }
        #expect(counts.all == ["rtmedia_calls_started_total": 3, "rtmedia_calls_evicted_total": 2])
    }

    @Test func `fillers, and the failure that follows too many of them, are counted`() async throws {
        let gate = Gate()
        var flow = CallFlow("slow", version: 1) { call in try await call.once("slow") { _ in await gate.wait() } }
        flow.fillerLimit = 2
        let host = host(flow)
        var platform = try Platform()
        for _ in 0..<3 {
            let request = platform.request
            platform.report("0", after: await clock.advance { await host.respond(to: request) })
        }
        gate.open()
        #expect(
            counts.all == [
                "rtmedia_calls_started_total": 1, "rtmedia_fillers_total": 2, "rtmedia_flow_failures_total": 1,
            ])
    }

    @Test func `a journal that is refused is counted, and its call is none that began`() async throws {
        let host = host(twice)
        var platform = try Platform()
        platform.report("0", after: await FlowHost(quiet: twice).respond(to: platform.request))
        platform.request.call = CallID(rawValue: 7)
        _ = await host.respond(to: platform.request)
        #expect(counts.all == ["rtmedia_journals_rejected_total": 1])
    }
}
