import CallFlows
import CallSimulation
import FlowFiles
import Logging
import RealTimeAPI
import SampleFlows
import TelephonyAudio
import Testing
import WebhookServer

/// The sample flows, met as the platform meets them, by what looks for mistakes.
@Suite(.timeLimit(.minutes(5))) struct SampleExplorationTests {
    static let flows = [
        ageCheck, SampleFlowsTests.ageCheckFile.flow, callScreening, pinConference, survey, voicemail,
        SampleFlowsTests.voicemailFile.flow,
    ].map { SampleCall(flow: $0, results: [], expected: []) }

    /// Serves a flow while something is done with it.
    private func with<Value: Sendable>(
        _ sample: SampleCall, _ body: @escaping @Sendable (CallSetup) async throws -> Value
    ) async throws -> Value {
        let host = sample.newHost()
        var configuration = WebhookServerConfiguration()
        configuration.port = 0
        let (ports, continuation) = AsyncStream<Int>.makeStream()
        let server = WebhookServer(
            configuration: configuration, logger: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() },
            onListening: { continuation.yield($0) }
        ) { await host.respond(to: $0) }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            let port = try #require(await ports.first { _ in true })
            let sounds = Sounds(folder: nil) { text, _ async throws(SimulationError) in
                PhoneAudio(samples: [Int16](repeating: 0, count: 400 * text.count))
            }
            var setup = CallSetup(try HandlerAddress("http://127.0.0.1:\(port)/"), sounds: sounds)
            // Whoever else works on this machine is no fault of the flow.
            setup.patience = .seconds(60)
            let value = try await body(setup)
            group.cancelAll()
            return value
        }
    }

    @Test("No path of a sample errs, is late or never ends", arguments: flows)
    func explore(_ sample: SampleCall) async throws {
        let report = try await with(sample) { setup in
            var bounds = ExplorationBounds()
            bounds.maximumCalls = 400
            return await Explorer.run(bounds, setup: setup)
        }
        #expect(report.findings.isEmpty, "\(report.findings)")
        #expect(report.depth > 1)
    }

    @Test("A sample bears every fault", arguments: flows)
    func faults(_ sample: SampleCall) async throws {
        let report = try await with(sample) { setup in
            try await FaultRun.run(calls: 8, seed: 3) { number in
                var setup = setup
                setup.call = CallID(rawValue: UInt64(421_889 + number))
                return setup
            }
        }
        #expect(report.refusal == nil)
        #expect(report.isRepeatable)
        #expect(report.findings.isEmpty, "\(report.findings)")
    }
}
