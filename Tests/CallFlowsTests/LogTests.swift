import CallFlows
import Logging
import RealTimeAPI
import Synchronization
import Testing

/// What a host tells of its calls, and what it does not.
@Suite struct LogTests {
    /// Keeps what is logged.
    private final class Log: Sendable {
        private let lines = Mutex<[(level: Logger.Level, text: String)]>([])

        func add(_ level: Logger.Level, _ text: String) { lines.withLock { $0.append((level, text)) } }
        func lines(from level: Logger.Level) -> [String] {
            lines.withLock { $0.filter { $0.level >= level }.map { "\($0.level) \($0.text)" } }
        }

        var logger: Logger { Logger(label: "tests") { _ in Handler(log: self) } }
    }

    private struct Handler: LogHandler {
        let log: Log
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let pairs = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { "\($0)=\($1)" }
            log.add(event.level, ([event.message.description] + pairs).joined(separator: " "))
        }
    }

    private let log = Log()

    private func host(_ body: @escaping @Sendable (Call) async throws -> Void) -> FlowHost {
        var options = FlowHostOptions()
        options.budget = .seconds(3600)
        return FlowHost(CallFlow("told", version: 3, body: body), key: testKey, options: options, logger: log.logger)
    }

    @Test func `a call's events have a line each, with the call's id`() async throws {
        let host = host { call in _ = try await call.read(.say("PIN?"), maxDigits: 4) }
        var platform = try Platform()
        platform.report("4711", after: await host.respond(to: platform.request))
        platform.hangUp(after: await host.respond(to: platform.request))
        for _ in 0..<2 { _ = await host.respond(to: platform.request) }
        #expect(
            log.lines(from: .info) == [
                "info a call begins callid=421889 flow=told version=3",
                "info a call is over callid=421889 flow=told outcome=completed status=HANGUP",
            ])
        #expect(log.lines(from: .trace).contains("debug answered answer=read callid=421889 reported= status=UP"))
    }

    @Test func `a call that goes on at another instance, and a filler, have a line each`() async throws {
        let (gate, clock) = (Gate(), ManualClock())
        let flow = CallFlow("told", version: 3) { call in
            try await call.play(.library(1))
            try await call.once("slow") { _ in await gate.wait() }
        }
        var platform = try Platform()
        platform.report("0", after: await FlowHost(quiet: flow).respond(to: platform.request))
        let host = FlowHost(flow, key: testKey, logger: log.logger, clock: clock)
        let request = platform.request
        #expect(await clock.advance { await host.respond(to: request) }.name == "wait")
        gate.open()
        #expect(
            log.lines(from: .info) == [
                "info a call continues from its journal callid=421889 flow=told version=3",
                "info a step is not ready: a filler is sent callid=421889 flow=told step=2",
            ])
    }

    @Test func `of a long error there are 500 characters`() async throws {
        let host = host { _ in throw CallError.commandFailed(command: "x", reason: String(repeating: "y", count: 600)) }
        _ = await host.respond(to: try Platform().request)
        let line = try #require(log.lines(from: .error).first)
        // "x failed: " is ten of them.
        #expect(line.contains("error=x failed: yyy") && line.filter { $0 == "y" }.count == 490)
    }

    @Test func `an error in a handler is one line without numbers, and cannot be taken for another line`() async throws
    {
        let host = host { call in try await call.play(.library(1)) }
        var platform = try Platform()
        platform.report("", error: "lost\ncallid=1", after: await host.respond(to: platform.request))
        for _ in 0..<3 {
            let answer = await host.respond(to: platform.request)
            platform.report("0", after: answer)
        }
        #expect(
            log.lines(from: .warning) == [
                #"error the flow failed, and the call gets its fallback callid=421889 error=play failed: lost\u000acallid=# flow=told step=1"#
            ])
    }

    @Test func `a journal that is refused is one line`() async throws {
        let host = host { call in try await call.play(.library(1)) }
        var platform = try Platform()
        platform.report("0", after: await host.respond(to: platform.request))
        platform.request.call = CallID(rawValue: 7)
        _ = await host.respond(to: platform.request)
        #expect(
            log.lines(from: .warning) == [
                "warning a journal was refused, and the call gets the safe answer callid=7 flow=told reason=the journal is not authentic"
            ])
    }

    @Test func `of many flows that fail a hundred are logged in ten seconds, and then the number of the others`()
        async throws
    {
        let flow = CallFlow("told", version: 3) { _ in throw CallError.commandFailed(command: "x", reason: "y") }
        let host = FlowHost(flow, key: testKey, logger: log.logger, clock: ManualClock())
        for call in 1...130 { _ = await host.respond(to: try Platform(call: UInt64(call)).request) }
        #expect(log.lines(from: .warning).count == 100)
        host.finishLog()
        #expect(log.lines(from: .warning).dropFirst(100) == ["warning more flows failed, and were not logged count=30"])
    }

    @Test func `of many journals that are refused ten are logged in ten seconds, and then the number of the others`()
        async throws
    {
        let clock = ManualClock()
        let host = FlowHost(
            CallFlow("told", version: 3) { call in try await call.play(.library(1)) }, key: testKey,
            logger: log.logger, clock: clock)
        func forge(_ count: Int) async throws {
            for call in 1...count {
                let platform = try Platform(call: UInt64(call), variables: #"{"rtmedia":"2.forged"}"#)
                _ = await host.respond(to: platform.request)
            }
        }
        try await forge(50)
        #expect(log.lines(from: .warning).count == 10)
        clock.advance(by: .seconds(10))
        while log.lines(from: .warning).count < 11 {
            clock.advance(by: .milliseconds(1))
            await Task.yield()
        }
        #expect(log.lines(from: .warning).last == "warning more journals were refused, and not logged count=40")
        try await forge(15)
        #expect(log.lines(from: .warning).count == 21)
        host.finishLog()
        host.finishLog()
        #expect(
            log.lines(from: .warning).dropFirst(21) == ["warning more journals were refused, and not logged count=5"])
    }

    @Test func `a status and a command that are not known are not told`() async throws {
        let host = host { call in try await call.play(.library(1)) }
        var platform = try Platform()
        platform.request.status = CallStatus("+33612345678")
        platform.request.command = "+33698765432"
        _ = await host.respond(to: platform.request)
        var other = try Platform(call: 2)
        other.request.status = CallStatus("4711")
        _ = await host.respond(to: other.request)
        let all = log.lines(from: .trace)
        for secret in ["+336", "4711"] { #expect(!all.contains { $0.contains(secret) }, "\(all)") }
        #expect(all.contains { $0.contains("reported=unknown") && $0.contains("status=unknown") }, "\(all)")
        #expect(all.contains { $0.hasPrefix("info a call is over ") && $0.contains("status=unknown") }, "\(all)")
    }

    @Test func `a parameter that is refused is named in the log, without what it was`() async throws {
        let host = host { call in
            _ = try await call.dialout([Dialout.Target(PhoneNumber("+33687654321")!, timeout: .milliseconds(6500))])
            try await call.sendDTMF("4711x")
        }
        _ = await host.respond(to: try Platform().request)
        let all = log.lines(from: .trace)
        #expect(all.contains { $0.contains("/targets/#/timeout must be a whole number") })
        #expect(!all.contains { $0.contains("6.5") || $0.contains("4711") })
    }

    @Test func `digits, numbers, names and audio are not logged`() async throws {
        let host = host { call in
            _ = try await call.read(.say("PIN?"), maxDigits: 4)
            try await call.play(.audio("\(packageFolder)/samples/audio/chime.flac"))
            _ = try await call.dialout([Dialout.Target(PhoneNumber("+33687654321")!)])
        }
        var platform = try Platform(variables: #"{"card":"4711"}"#)
        platform.request.number = "+33612345678"
        platform.request.callerName = "Ann"
        for result in ["4711", "0", "NOANSWER", "0"] {
            platform.report(result, after: await host.respond(to: platform.request))
        }
        platform.request.status = .hangup
        _ = await host.respond(to: platform.request)
        let all = log.lines(from: .trace)
        #expect(all.count > 5)
        for secret in ["4711", "+336", "Ann", "UklGR"] { #expect(!all.contains { $0.contains(secret) }) }
    }
}

let packageFolder = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
