import RealTimeAPI
public import TelephonyAudio

/// Places calls to a handler, as the platform does.
///
/// ```swift
/// let sounds = Sounds(folder: nil) { text, voice async throws(SimulationError) in try await say(text, voice) }
/// var setup = CallSetup(try HandlerAddress("http://127.0.0.1:8080/"), sounds: sounds)
/// setup.caller = CallerScript([.init(.asked, .keys([DTMFKey("1")!]))])
/// let outcome = try await CallSimulator.place(setup)
/// print(outcome.status, outcome.refusal ?? "nothing refused")
/// ```
public enum CallSimulator {
    /// Places a call, and returns when it is over.
    ///
    /// The handler may think for ``CallSetup/patience`` before each answer; what happens in the call takes no time, unless it is a
    /// live one, which meets those that share its ``CallSetup/switchboard``.
    ///
    /// - Throws: a ``SimulationError`` if a sound can't be had. What the handler does wrong is in the outcome.
    public static func place(_ setup: CallSetup) async throws(SimulationError) -> CallOutcome {
        guard setup.liveLine != nil, let switchboard = setup.switchboard else { return try await place([setup])[0] }
        let line = switchboard.admit(setup.call)
        defer { switchboard.finish(line) }
        var exchange = Exchange(setup, HandlerConnection(setup), switchboard, line: line)
        return try await exchange.outcome().get()
    }

    /// Places calls that may meet, in rooms or by ending one another, and returns when all are over.
    ///
    /// They share a clock: the call that is furthest behind goes next, so that the same calls to the same handler
    /// are the same each time.
    ///
    /// - Parameters:
    ///   - setups: the calls, of different ids.
    ///   - closings: when rooms are closed.
    /// - Returns: their outcomes, in the same order.
    /// - Throws: a ``SimulationError`` if a sound can't be had. What the handler does wrong is in the outcomes.
    public static func place(
        _ setups: [CallSetup], closing closings: [RoomClosing] = []
    ) async throws(SimulationError) -> [CallOutcome] {
        let switchboard = Switchboard(setups.map { ($0.call, $0.startSample) }, closings: closings)
        let results = await withTaskGroup(of: (Int, Result<CallOutcome, SimulationError>).self) { group in
            for (line, setup) in setups.enumerated() {
                group.addTask {
                    var exchange = Exchange(setup, HandlerConnection(setup), switchboard, line: line)
                    let result = await exchange.outcome()
                    switchboard.finish(line)
                    return (line, result)
                }
            }
            var results = [Result<CallOutcome, SimulationError>?](repeating: nil, count: setups.count)
            for await (line, result) in group { results[line] = result }
            return results.compactMap { $0 }
        }
        var outcomes: [CallOutcome] = []
        for result in results { outcomes.append(try result.get()) }
        return outcomes
    }

    /// Places a call whose requests faults befall.
    static func place(
        _ setup: CallSetup, faults: FaultInjector
    ) async throws(SimulationError) -> (CallOutcome, FaultInjector) {
        var exchange = Exchange(setup, HandlerConnection(setup))
        exchange.faults = faults
        let outcome = try await exchange.outcome().get()
        return (outcome, exchange.faults!)
    }

    /// Places a call over a connection that may have carried others.
    static func place(
        _ setup: CallSetup, over connection: HandlerConnection
    ) async throws(SimulationError) -> CallOutcome {
        var exchange = Exchange(setup, connection)
        return try await exchange.outcome().get()
    }
}

/// The requests and answers of a call.
private struct Exchange {
    private var call: SimulatedCall
    private let connection: HandlerConnection
    private var request: Request
    /// What befalls the requests, if something does.
    var faults: FaultInjector?
    private var answerTimes: [Duration] = []
    private var start: ContinuousClock.Instant?
    private var isInterrupted = false

    /// From when on an answer is told to be slow, and when the platform hangs up.
    private static let slow = Duration.seconds(4)
    private static let limit = Duration.seconds(5)

    init(
        _ setup: CallSetup, _ connection: HandlerConnection, _ switchboard: Switchboard, line: Switchboard.Line
    ) {
        call = SimulatedCall(setup, switchboard, line: line)
        request = Request(setup)
        self.connection = connection
    }

    /// A call that meets no other.
    init(_ setup: CallSetup, _ connection: HandlerConnection) {
        self.init(setup, connection, Switchboard([(setup.call, setup.startSample)]), line: 0)
    }

    /// Places the call when its turn comes.
    mutating func outcome() async -> Result<CallOutcome, SimulationError> {
        _ = await call.switchboard.turn(of: call.line, at: call.clock)
        do throws(SimulationError) {
            let refusal = try await run()
            return .success(outcome(refusal))
        } catch { return .failure(error) }
    }

    /// Runs the call until it is over.
    ///
    /// - Returns: what the platform refused, if it did.
    private mutating func run() async throws(SimulationError) -> Refusal? {
        var fault: SimulationError?
        do throws(Refusal) { fault = try await askAndExecute() } catch {
            call.endRecording()
            // The connection was closed then.
            if Task.isCancelled {
                call.log(.platform, .note, "was interrupted")
                return nil
            }
            call.add(.platform, .refused, error.description, brief: error.line)
            return error
        }
        if let fault { throw fault }
        return nil
    }

    /// Asks for a command, executes it, and asks again with its result, to the end of the call.
    ///
    /// - Returns: why the call could not be executed, if it could not.
    private mutating func askAndExecute() async throws(Refusal) -> SimulationError? {
        while !request.status.isFinal {
            guard call.steps.count < call.setup.maximumCommands else {
                throw Refusal(.endless, "the call has not ended after \(call.setup.maximumCommands) commands")
            }
            if let fault = await execute(try await ask()) { return fault }
            if isInterrupted { return nil }
        }
        if let warning = try await answer().warningAtEnd { call.warn(.handler, warning) }
        call.log(.platform, .end, request.status.name)
        return nil
    }

    /// Executes a response, and makes the next request of its result.
    private mutating func execute(_ response: Response) async -> SimulationError? {
        request.take(response, keepsState: call.setup.keepsState)
        let command = response.command ?? .hangup(Hangup())
        await call.prepare(command)
        let start = call.now
        do throws(SimulatedCall.End) {
            request.commandResult = try await call.execute(command)
            call.end(command, since: start, request.commandResult.text)
        } catch {
            switch error {
            case .failed(let error): return error
            case .interrupted:
                call.end(command, since: start, nil)
                call.endRecording()
                call.log(.platform, .note, "was interrupted")
                isInterrupted = true
            case .commandFailed(let error):
                call.end(command, since: start, "")
                request.commandError = error
            case .hangUp(let leg):
                if let command = response.command { call.end(command, since: start, nil) }
                call.endRecording()
                call.log(leg, .hangsUp, "")
                request.commandResult = ResultText(call.lastFile ?? "")
                request.status = .hangup
            }
        }
        return nil
    }

    /// POSTs the request, and checks the answer as far as every answer has to be right.
    private mutating func answer() async throws(Refusal) -> HandlerConnection.Answer {
        let json = request.json
        let result = request.commandResult.text.isEmpty ? "" : ": \(request.commandResult.text)"
        let brief = request.command.isEmpty ? "" : ", \(request.command)\(result)"
        call.add(.platform, .request, String(decoding: json, as: UTF8.self), brief: request.status.name + brief)
        let answer = try await patientPost(json)
        // Who watches a live call may want to see all of it; of thousands of calls nobody does.
        let text = answer.excerpt(call.setup.liveLine == nil ? 2000 : 100_000)
        call.add(.handler, .answer, text, brief: answer.shown, time: answer.time)
        if answer.time >= Self.slow {
            let milliseconds = Int(answer.time / .milliseconds(1))
            call.warn(
                .handler, "the answer took \(milliseconds) ms; the platform waits for \(Self.limit / .seconds(1)) s")
        }
        if let warning = answer.warning { call.warn(.handler, warning) }
        try answer.check()
        return answer
    }

    /// POSTs the request, and again, as often as the setup says, if the connection is lost or the status is 5xx.
    private mutating func patientPost(_ json: [UInt8]) async throws(Refusal) -> HandlerConnection.Answer {
        for number in 0..<call.setup.retries {
            let reason: String
            do throws(Refusal) {
                let answer = try await post(json)
                guard answer.status >= 500 else { return answer }
                reason = "the status is \(answer.status)"
            } catch {
                guard !Task.isCancelled, [.unreachable, .malformed].contains(error.kind) else { throw error }
                reason = error.reason
            }
            call.warn(.platform, "\(reason); asks again, \(number + 1) of \(call.setup.retries)")
        }
        return try await post(json)
    }

    private mutating func post(_ json: [UInt8]) async throws(Refusal) -> HandlerConnection.Answer {
        let answer =
            if let line = call.setup.liveLine {
                try await post(json, duringCallOn: line)
            } else if faults == nil {
                try await connection.post(json)
            } else { try await faults!.post(json, over: connection) }
        answerTimes.append(answer.time)
        start = start ?? answer.start
        return answer
    }

    /// POSTs the request of a live call, whose time goes on meanwhile.
    private mutating func post(
        _ json: [UInt8], duringCallOn line: LiveLine
    ) async throws(Refusal) -> HandlerConnection.Answer {
        nonisolated(unsafe) let connection = connection  // used by the task alone, until it is over
        let result = await call.wait(on: line) { () -> Result<HandlerConnection.Answer, Refusal> in
            do throws(Refusal) { return .success(try await connection.post(json)) } catch { return .failure(error) }
        }
        return try result.get()
    }

    private mutating func ask() async throws(Refusal) -> Response {
        try await answer().response { call.warn(.handler, "\($0)") }
    }

    private func outcome(_ refusal: Refusal?) -> CallOutcome {
        CallOutcome(
            refusal: refusal, status: refusal == nil ? request.status : .hangup, steps: call.steps,
            variables: request.variables, transcript: call.transcript,
            caller: PhoneAudio(samples: call.callerTrack), platform: PhoneAudio(samples: call.platformTrack),
            callee: call.calleeLeg, answers: call.answers, recordings: call.recordings, answerTimes: answerTimes,
            start: start,
            duration: Duration(samples: call.now), undone: call.caller.rest, warnings: call.warnings)
    }
}
