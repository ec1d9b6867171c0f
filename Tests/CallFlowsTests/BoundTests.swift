import CallFlows
import RealTimeAPI
import Testing

/// What calls take, at most.
@Suite(.timeLimit(.minutes(10))) struct BoundTests {
    @Test func `calls beyond the number that is kept go on from their journals`() async throws {
        var options = FlowHostOptions()
        options.maximumCalls = 10
        let sample = SampleFlow.ageCheck
        let host = FlowHost(quiet: sample.flow, options: options)
        var calls: [Platform] = []
        for call in 1...100 {
            var platform = try Platform(call: UInt64(call))
            platform.report("21", after: await host.respond(to: platform.request))
            calls.append(platform)
            #expect(host.callCount <= 10)
        }
        for platform in calls { #expect(await host.respond(to: platform.request).text.contains("Welcome.")) }
    }

    /// What sets each member of a request that is a text.
    private static let texts: [String: @Sendable (inout Request, String) -> Void] = [
        "app": { $0.app = $1 }, "request_hash": { $0.requestHash = $1 }, "cli_name": { $0.callerName = $1 },
        "cli_number": { $0.callerNumber = $1 }, "date_started": { $0.dateStarted = $1 }, "number": { $0.number = $1 },
        "command_id": { $0.commandID = .string($1) }, "command_result": { $0.commandResult = ResultText($1) },
        "command_error": { $0.commandError = $1 }, "call_status": { $0.status = CallStatus($1) },
        "cdr_field": { $0.customField = $1 },
    ]

    @Test(arguments: texts.keys.sorted())
    func `calls are forgotten when they keep too much, whatever member of a request has brought it`(
        _ member: String
    ) async throws {
        var options = FlowHostOptions()
        options.maximumKeptBytes = 1_000_000
        let host = FlowHost(quiet: SampleFlow.ageCheck.flow, options: options)
        for call in 1...20 {
            var platform = try Platform(call: UInt64(call))
            Self.texts[member]!(&platform.request, String(repeating: "x", count: 200_000))
            _ = await host.respond(to: platform.request)
        }
        #expect((1...5).contains(host.callCount), "\(host.callCount)")
    }

    @Test func `what a later request brings counts too`() async throws {
        var options = FlowHostOptions()
        options.maximumKeptBytes = 1_000_000
        let host = FlowHost(quiet: SampleFlow.ageCheck.flow, options: options)
        for call in 1...20 {
            var platform = try Platform(call: UInt64(call))
            platform.report(String(repeating: "1", count: 200_000), after: await host.respond(to: platform.request))
            _ = await host.respond(to: platform.request)
        }
        #expect((1...5).contains(host.callCount), "\(host.callCount)")
    }

    @Test(arguments: SampleFlow.all)
    func `calls that push each other out while they are answered get the answers that they get alone`(
        _ sample: SampleFlow
    ) async throws {
        var options = FlowHostOptions()
        options.maximumCalls = 3
        let host = FlowHost(quiet: sample.flow, options: options)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for call in UInt64(1)...100 {
                group.addTask {
                    let alone = FlowHost(quiet: sample.flow)
                    let expected = try await sample.answers(call: call) { _ in alone }
                    #expect(try await sample.answers(call: call) { _ in host } == expected)
                }
            }
            try await group.waitForAll()
        }
        // Those that were being answered when there were too many go when others come.
        for call in UInt64(101)...200 { _ = await host.respond(to: try Platform(call: call).request) }
        #expect(host.callCount == 3)
    }

    @Test func `calls that are idle are forgotten, and go on all the same`() async throws {
        let clock = ManualClock()
        var options = FlowHostOptions()
        options.idleTime = .seconds(60)
        let host = FlowHost(quiet: SampleFlow.ageCheck.flow, options: options, clock: clock)
        var platform = try Platform()
        platform.report("21", after: await host.respond(to: platform.request))
        #expect(host.callCount == 1)
        await clock.advance { while host.callCount == 1 { await Task.yield() } }
        #expect(await host.respond(to: platform.request).text.contains("Welcome."))
    }

    @Test func `a flow that is forgotten runs no step while it unwinds`() async throws {
        let tally = Tally()
        let flow = CallFlow("unwind", version: 1) { call in
            do { try await call.play(.library(1)) } catch {
                tally.add("\(error)")
                _ = try? await call.once("clean up") { _ in tally.add("clean up") }
            }
        }
        do {
            let host = FlowHost(quiet: flow)
            _ = await host.respond(to: try Platform().request)
        }
        while tally["the call continues elsewhere"] == 0 { await Task.yield() }
        #expect(tally["clean up"] == 0)
    }

    @Test func `a journal that is full ends the flow, and says which step filled it`() async throws {
        let tally = Tally()
        let flow = CallFlow("large", version: 1) { call in
            do {
                _ = try await call.once("profile") { _ in String(repeating: "x", count: 20_000) }
            } catch { tally.add("\(error)") }
            try await call.play(.library(1))
        }
        let host = FlowHost(quiet: flow)
        let answer = await host.respond(to: try Platform().request)
        #expect(answer.text.contains("Sorry"))
        let error =
            "the result of profile makes the call's variables 20274 bytes long, and 12288 are allowed: keep large results in a database, and their key in the journal"
        #expect(tally[error] == 1)
    }

    @Test func `variables stay below the limit however long a call is`() async throws {
        let flow = CallFlow("endless", version: 1) { call in
            while true { _ = try await call.read(.say("Again?"), maxDigits: 1, attempts: 1) }
        }
        let host = FlowHost(quiet: flow)
        var platform = try Platform()
        var turns = 0
        var longest = 0
        while true {
            let answer = await host.respond(to: platform.request)
            longest = max(longest, answer.variables?.bytes.count ?? 0)
            if answer.name != "read" { break }
            turns += 1
            platform.report("1", after: answer)
        }
        #expect(turns > 2000 && longest <= 12_288)
    }
}
