import CallFlows
import RealTimeAPI
import Synchronization
import Testing

/// What becomes of a `once` that runs when the call ends.
@Suite(.timeLimit(.minutes(10))) struct CancellationTests {
    private final class Events: Sendable {
        private let events = Mutex<[String]>([])
        func add(_ event: String) { events.withLock { $0.append(event) } }
        var all: [String] { events.withLock { $0 } }
    }

    private struct Broken: Error {}

    private let events = Events()
    private let hasBegun = Gate()

    /// A flow that charges, which takes until it is cancelled, and refunds at the end.
    private func flow(throwing error: any Error = CancellationError()) -> CallFlow {
        let (events, hasBegun) = (events, hasBegun)
        var flow = CallFlow("charge", version: 1) { call in
            do {
                try await call.once("charge") { _ in
                    events.add("charge")
                    let isCancelled = Gate()
                    hasBegun.open()
                    await withTaskCancellationHandler {
                        await isCancelled.wait()
                    } onCancel: {
                        isCancelled.open()
                    }
                    throw error
                }
            } catch {
                events.add("\(error)")
                try await call.once("refund") { key in events.add("\(key), \(Task.isCancelled)") }
                throw error
            }
        }
        flow.onEnd = { end in events.add("\(end.request.status.name) \(end.outcome) \(end.idempotencyKey)") }
        return flow
    }

    private let ending = [
        "charge", "the call is over: HANGUP", "charge-421889-2-refund, false", "HANGUP interrupted charge-421889-end",
    ]

    /// Has a call end while its first request is answered, which is of no use any more.
    ///
    /// - Returns: the request of the end.
    private func endWhileAnswering(_ host: FlowHost) async throws -> Request {
        let first = try Platform().request
        async let answer = host.respond(to: first)
        await hasBegun.wait()
        var end = first
        end.status = .hangup
        #expect(await host.respond(to: end).text == "{}")
        #expect(await answer.text == "{}")
        return end
    }

    @Test func `an end that overtakes the answer belongs to the flow that makes it: once is cancelled, and runs once`()
        async throws
    {
        let host = FlowHost(quiet: flow())
        let end = try await endWhileAnswering(host)
        #expect(events.all == ending)
        // However often it is reported.
        #expect(await host.respond(to: end).text == "{}")
        #expect(events.all == ending)
    }

    @Test func `an end that comes while a filler is played cancels the once that runs`() async throws {
        let clock = ManualClock()
        let host = FlowHost(quiet: flow(), clock: clock)
        var platform = try Platform()
        let first = platform.request
        let filler = await clock.advance { await host.respond(to: first) }
        #expect(filler.name == "wait")
        platform.hangUp(after: filler)
        #expect(await host.respond(to: platform.request).text == "{}")
        #expect(events.all == ending)
    }

    @Test func `what a cancelled once throws of its own is its failure`() async throws {
        let host = FlowHost(quiet: flow(throwing: Broken()))
        _ = try await endWhileAnswering(host)
        #expect(
            events.all == [
                "charge", "charge failed: Broken()", "charge-421889-2-refund, false",
                "HANGUP failed charge-421889-end",
            ])
    }

    @Test func `a once that throws CancellationError although nobody has cancelled it has failed`() async throws {
        let host = FlowHost(
            quiet: CallFlow("moody", version: 1) { call in
                do { try await call.once("moody") { _ in throw CancellationError() } } catch {
                    try await call.play(.say("\(error)"))
                }
            })
        #expect(
            await host.respond(to: try Platform().request).text.contains("moody failed: CancellationError()"))
    }

    @Test func `a host that is given up cancels what it runs`() async throws {
        let clock = ManualClock()
        var host: FlowHost? = FlowHost(quiet: flow(), clock: clock)
        let first = try Platform().request
        _ = await clock.advance { [host] in await host?.respond(to: first) }
        await hasBegun.wait()
        host = nil
        while events.all.count < 2 { await Task.yield() }
        #expect(events.all == ["charge", "the call continues elsewhere"])
    }
}
