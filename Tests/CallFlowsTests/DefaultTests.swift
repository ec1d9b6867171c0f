import Logging
import RealTimeAPI
import Testing

@testable import CallFlows

/// What holds where nothing is said: the defaults and limits, as they are documented.
@Suite(.timeLimit(.minutes(10))) struct DefaultTests {
    private let clock = ManualClock()

    /// A host as it is made without options, on a clock that stands.
    private func host(_ body: @escaping @Sendable (Call) async throws -> Void) -> FlowHost {
        FlowHost(
            CallFlow("default", version: 1, body: body), key: testKey,
            logger: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() }, clock: clock)
    }

    @Test func `a host's options are those that are documented`() {
        let options = FlowHostOptions()
        #expect(options.budget == .seconds(4))
        #expect(options.maximumCalls == 100_000)
        #expect(options.maximumKeptBytes == 268_435_456)
        #expect(options.idleTime == .seconds(600))
        #expect(options.journalLimit == 12_288)
        #expect(options.audioFolder == ".")
        #expect(options.onMissingVersion == nil)
    }

    @Test func `a flow has a voice, an apology, a filler of a second and 30 of them, and no safe answer`() {
        let flow = CallFlow("default", version: 1) { _ in }
        #expect(flow.voice == "TTS_EN-GB_SERENA")
        #expect(
            flow.fallback == [
                .play(
                    Play(
                        .speech(
                            "Sorry, something went wrong. Please call again later.", voice: "TTS_EN-GB_SERENA")))
            ])
        #expect(flow.safeAnswer == [])
        #expect(flow.filler == .wait(Wait(.seconds(1))))
        #expect(flow.fillerLimit == 30)
        #expect(flow.onEnd == nil)
    }

    @Test func `a step that is not ready gets 30 fillers of a second, and then the apology`() async throws {
        let gate = Gate()
        defer { gate.open() }
        let host = host { call in try await call.once("slow") { _ in await gate.wait() } }
        var platform = try Platform()
        for number in 1...30 {
            let request = platform.request
            let filler = await clock.advance { await host.respond(to: request) }
            #expect(filler.command == .wait(Wait(.seconds(1))), "filler \(number)")
            platform.report("0", after: filler)
        }
        let request = platform.request
        #expect(await clock.advance { await host.respond(to: request) }.text.contains("Sorry, something went wrong."))
    }

    @Test func `the count of fillers begins anew with each result`() async throws {
        let gates = [Gate(), Gate()]
        defer { for gate in gates { gate.open() } }
        let host = host { call in
            for gate in gates {
                try await call.once("slow") { _ in await gate.wait() }
                try await call.play(.library(1))
            }
        }
        var platform = try Platform()
        for gate in gates {
            for _ in 0..<20 {
                let request = platform.request
                let filler = await clock.advance { await host.respond(to: request) }
                #expect(filler.name == "wait")
                platform.report("0", after: filler)
            }
            gate.open()
            let answer = await host.respond(to: platform.request)
            #expect(answer.name == "play")
            platform.report("0", after: answer)
        }
        #expect(await host.respond(to: platform.request).name == "hangup")
    }

    @Test func `a call is kept for 600 s after its last request`() async throws {
        let host = host { call in while true { try await call.play(.library(1)) } }
        var platform = try Platform()
        platform.report("0", after: await host.respond(to: platform.request))
        clock.advance(by: .seconds(400))
        _ = await host.respond(to: platform.request)
        for _ in 0..<100 { await Task.yield() }
        clock.advance(by: .milliseconds(199_999))
        for _ in 0..<100 { await Task.yield() }
        #expect(host.callCount == 1)
        // It has been looked at 600 s after it began, and is looked at again.
        while host.callCount == 1 {
            clock.advance(by: .seconds(10))
            await Task.yield()
        }
        #expect(clock.now.offset >= .seconds(1000))
    }

    @Test func `16 versions of a flow are hosted, and the oldest goes for another one`() async throws {
        func flow(_ version: Int) -> CallFlow {
            CallFlow("many", version: version) { call in
                try await call.play(.library(version))
                try await call.play(.library(version))
            }
        }
        var calls: [Platform] = []
        for version in 1...17 {
            var platform = try Platform(call: UInt64(version))
            platform.report("0", after: await FlowHost(quiet: flow(version)).respond(to: platform.request))
            calls.append(platform)
        }
        let host = FlowHost(quiet: flow(1))
        for version in 2...16 { host.host(flow(version)) }
        for (index, platform) in calls.prefix(16).enumerated() {
            #expect(await host.respond(to: platform.request).command == .play(Play(.library(index + 1))))
        }
        // The same version in another form takes its own place.
        let other = FlowHost(quiet: flow(1))
        for version in (2...16).map({ $0 }) + [16, 16] { other.host(flow(version)) }
        #expect(await other.respond(to: calls[0].request).name == "play")
        other.host(flow(17))
        var old = calls[0]
        old.request.commandResult = ResultText("again")
        #expect(await other.respond(to: old.request).name == "hangup")
        #expect(await other.respond(to: calls[16].request).command == .play(Play(.library(17))))
    }

    @Test(arguments: [
        (15, "the secret has 15 bytes, and at least 16 are needed"), (16, nil), (17, nil),
    ])
    func `a secret has 16 bytes or more`(_ count: Int, _ message: String?) {
        do throws(JournalKeyError) {
            let key = try JournalKey(secret: String(repeating: "x", count: count))
            #expect(message == nil && "\(key)" == "(secret)" && Mirror(reflecting: key).children.isEmpty)
        } catch { #expect(error.description == message) }
    }

    @Test func `a new secret is 64 hexadecimal digits, and another one each time`() {
        let secrets = Set((0..<50).map { _ in JournalKey.newSecret() })
        #expect(secrets.count == 50)
        #expect(secrets.allSatisfy { $0.wholeMatch(of: /[0-9a-f]{64}/) != nil })
    }
}

/// The calls that are in memory.
@Suite(.timeLimit(.minutes(10))) struct SessionTableTests {
    /// A session whose flow has ended, with so many bytes of variables.
    private func session(_ call: UInt64, bytes: Int) async throws -> CallSession {
        let hosted = HostedFlow(alone: CallFlow("table", version: 1) { _ in })
        let request = try Platform(call: call).request
        let session = CallSession(
            request,
            SessionState(
                hosted, request, callVariables: JSONText(unchecked: [UInt8](repeating: 32, count: bytes)),
                journal: Journal(flow: "table", version: 1, firstStatus: request.status), entries: []))
        session.start()
        #expect(await session.answer(request)?.name == "hangup")
        return session
    }

    private func table(
        maximumCount: Int = 100, maximumBytes: Int = 100_000
    ) -> (table: SessionTable, evicted: Tally) {
        let tally = Tally()
        let table = SessionTable(
            maximumCount: maximumCount, maximumBytes: maximumBytes, idleTime: .seconds(60),
            time: FlowTime(ManualClock())
        ) { tally.add("evicted") }
        return (table, tally)
    }

    @Test func `what calls keep has a bound, and the oldest go for others`() async throws {
        // Variables are in the first request and in the last answer.
        let small = try await session(1, bytes: 0).byteCount
        let large = try await session(1, bytes: 1000).byteCount
        #expect((1990...2000).contains(large - small))
        let (table, tally) = table(maximumBytes: 8 * large)
        for call in 1...8 { #expect(table.replace(nil, with: try await session(UInt64(call), bytes: 1000))) }
        #expect(table.count == 8 && tally["evicted"] == 0)
        #expect(table.replace(nil, with: try await session(9, bytes: 0)))
        #expect(table.count == 8 && tally["evicted"] == 1)
        #expect(table[CallID(rawValue: 1)] == nil && table[CallID(rawValue: 2)] != nil)
        // There is room for as much as has gone.
        #expect(table.replace(nil, with: try await session(10, bytes: (2000 - small) / 2)))
        #expect(table.count == 9 && tally["evicted"] == 1)
        #expect(table.replace(nil, with: try await session(11, bytes: 0)))
        #expect(table.count == 9 && tally["evicted"] == 2)
    }

    @Test func `a call that is larger than the bound by itself is kept, alone`() async throws {
        let (table, tally) = table(maximumBytes: 1000)
        #expect(table.replace(nil, with: try await session(1, bytes: 10)))
        #expect(table.replace(nil, with: try await session(2, bytes: 1001)))
        #expect(table.count == 1 && tally["evicted"] == 1 && table[CallID(rawValue: 2)] != nil)
    }

    @Test func `as many others go for a large call as it takes`() async throws {
        let small = try await session(1, bytes: 0).byteCount
        let (table, tally) = table(maximumBytes: 50 * small)
        for call in 1...50 { #expect(table.replace(nil, with: try await session(UInt64(call), bytes: 0))) }
        #expect(table.count == 50 && tally["evicted"] == 0)
        // As large as thirty.
        #expect(table.replace(nil, with: try await session(100, bytes: 29 * small / 2)))
        #expect(table.count == 21 && tally["evicted"] == 30)
    }

    @Test func `a session takes the place of the one that it was made for, and of no other`() async throws {
        let (table, tally) = table()
        let (first, second, third) = (
            try await session(1, bytes: 10), try await session(1, bytes: 20), try await session(1, bytes: 30)
        )
        #expect(table.replace(nil, with: first))
        #expect(!table.replace(nil, with: second) && table[first.call] === first)
        #expect(table.replace(first, with: second) && table[first.call] === second)
        #expect(!table.replace(first, with: third) && table[first.call] === second)
        #expect(table.count == 1 && tally["evicted"] == 0)
        table.removeAll()
        #expect(table.count == 0)
    }

    @Test func `calls are as many as are allowed`() async throws {
        let (table, tally) = table(maximumCount: 3)
        for call in 1...3 { #expect(table.replace(nil, with: try await session(UInt64(call), bytes: 10))) }
        #expect(table.count == 3 && tally["evicted"] == 0)
        #expect(table.replace(nil, with: try await session(4, bytes: 10)))
        #expect(table.count == 3 && tally["evicted"] == 1 && table[CallID(rawValue: 1)] == nil)
    }
}
