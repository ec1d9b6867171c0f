import CallFlows
import Foundation
import FoundationNetworking
import RealTimeAPI
import Synchronization
import TestSupport
import Testing

/// Calls through a load balancer to instances that crash, one each second: no call is lost, and none goes wrong.
@Suite(.waiting, .timeLimit(.minutes(5))) struct FailoverTests {
    /// What has happened, for all callers to see.
    private final class Progress: Sendable {
        let crashes = Atomic(0)
        let answers = Atomic(0)
        var isOver: Bool { crashes.load(ordering: .relaxed) >= 12 }
    }

    /// One who calls, and calls again, until there were enough crashes.
    private struct Caller: Sendable {
        let address: URL
        let session: URLSession
        let number: Int
        let progress: Progress

        func run() async throws {
            let hosts = SampleFlowsTests.served.map { $0.call.newHost() }
            var count = 0
            while !progress.isOver {
                for (host, call) in zip(hosts, SampleFlowsTests.served) {
                    try await place(call.call, app: call.app, id: UInt64(number) << 32 + UInt64(count), host)
                    count += 1
                }
            }
        }

        /// Places a call, each answer of which has to be what `host` says, byte for byte.
        private func place(_ call: SampleCall, app: String, id: UInt64, _ host: FlowHost) async throws {
            try await call.answers(id: id, app: app) { request, _ in
                let expected = await host.respond(to: request)
                var message = URLRequest(url: address)
                message.httpMethod = "POST"
                message.setValue("application/json", forHTTPHeaderField: "Content-Type")
                message.httpBody = Data(request.json)
                let (body, response) = try await session.data(for: message)
                #expect((response as? HTTPURLResponse)?.statusCode == 200)
                #expect(Array(body) == expected.json, "\(call.flow.name), after \(request.command)")
                progress.answers.add(1, ordering: .relaxed)
                return expected
            }
        }
    }

    @Test func `no call notices that instances crash`() async throws {
        let instances = try (0..<3).map { _ in try Instance() }
        let balancer = try Balancer(instances)
        let progress = Progress()
        let address = try #require(URL(string: "http://127.0.0.1:\(balancer.port)/"))
        let session = URLSession(configuration: .ephemeral)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 1...8 {
                let caller = Caller(address: address, session: session, number: number, progress: progress)
                group.addTask { try await caller.run() }
            }
            group.addTask {
                while !progress.isOver {
                    try await Task.sleep(for: .seconds(1))
                    try instances[progress.crashes.load(ordering: .relaxed) % 3].crash()
                    progress.crashes.add(1, ordering: .relaxed)
                }
            }
            try await group.waitForAll()
        }
        #expect(progress.answers.load(ordering: .relaxed) > 500)
    }
}
