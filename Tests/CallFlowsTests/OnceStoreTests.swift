import CallFlows
import RealTimeAPI
import Testing

/// What has an effect at several instances.
@Suite(.timeLimit(.minutes(10))) struct OnceStoreTests {
    private let tally = Tally()
    private let store = MemoryOnceStore()

    private struct Refused: Error {}

    /// A flow that orders something, and says the number.
    private func flow(inStore: Bool, _ order: @escaping @Sendable (String) async throws -> Int) -> CallFlow {
        let store = store
        return CallFlow("order", version: 1) { call in
            let number =
                inStore
                ? try await call.once("order", in: store) { key, _ in try await order(key) }
                : try await call.once("order", order)
            try await call.play(.say("Number \(number)"))
        }
    }

    @Test(arguments: [false, true])
    func `the same request at two live instances runs a step at both, unless they have a store`(inStore: Bool)
        async throws
    {
        let tally = tally
        let bothRun = Gate()
        let flow = flow(inStore: inStore) { key in
            tally.add(key)
            // Without a store both are in it before either ends.
            if inStore || tally[key] == 2 { bothRun.open() }
            await bothRun.wait()
            return tally[key]
        }
        let request = try Platform().request
        let answers = await withTaskGroup(of: String.self) { group in
            for _ in 0..<2 { group.addTask { await FlowHost(quiet: flow).respond(to: request).text } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(tally["order-421889-1-order"] == (inStore ? 1 : 2))
        if inStore { #expect(Set(answers).count == 1 && answers[0].contains("Number 1")) }
    }

    @Test func `after a kill a step in a store does not run again, although its value had not gone out`() async throws {
        let tally = tally
        let flow = flow(inStore: true) { _ in
            tally.add("order")
            return tally["order"]
        }
        let request = try Platform().request
        let first = await FlowHost(quiet: flow).respond(to: request)
        #expect(await FlowHost(quiet: flow).respond(to: request) == first)
        #expect(tally["order"] == 1 && store.values == ["order-421889-1-order": "1"])
    }

    @Test func `what fails is not kept, and whoever waits runs it`() async throws {
        let (tally, store) = (tally, store)
        let hasBegun = Gate()
        async let first = store.value(for: "k") { _ in
            hasBegun.open()
            while tally["waiting"] == 0 { await Task.yield() }
            throw Refused()
        }
        await hasBegun.wait()
        async let second = store.value(for: "k") { _ in "2" }
        tally.add("waiting")
        do {
            _ = try await first
            Issue.record("what throws has no value")
        } catch is Refused {}
        let value = try await second
        #expect(value == "2")
        #expect(try await store.value(for: "k") { _ in "3" } == "2" && store.values == ["k": "2"])
    }

    @Test func `an error of a step in a store is the same error in every run of the call`() async throws {
        let flow = flow(inStore: true) { _ in throw Refused() }
        let answer = await FlowHost(quiet: flow).respond(to: try Platform().request)
        #expect(answer.text.contains("Sorry") && store.values.isEmpty)
    }
}
