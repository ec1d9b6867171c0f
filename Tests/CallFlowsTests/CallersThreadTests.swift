import CallFlows
import Glibc
import RealTimeAPI
import Synchronization
import Testing

/// On which threads flows run.
struct CallersThreadTests {
    @Test func `a flow answers each turn on the thread that brings it`() async throws {
        let threads = Mutex<[UInt]>([])
        let host = FlowHost(
            quiet: CallFlow("threads", version: 1) { call in
                threads.withLock { $0.append(thread()) }
                _ = try await call.read(.say("a"), maxDigits: 1)
                threads.withLock { $0.append(thread()) }
                try await call.play(.say("b"))
                threads.withLock { $0.append(thread()) }
            })
        var platform = try Platform()
        for result in ["1", "0", "0"] {
            // Nothing waits between the two, so that this task stays where it is.
            let (before, response, after) = (thread(), await host.respond(to: platform.request), thread())
            #expect(before == after && threads.withLock { $0.last } == before)
            platform.report(result, after: response)
        }
        #expect(threads.withLock { $0.count } == 3)
    }
}

/// The thread that asks.
private func thread() -> UInt { UInt(pthread_self()) }
