internal import RealTimeProtocol
internal import TelephonyAudio

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
    /// Blocks its thread while the handler thinks, at most ``CallSetup/patience`` a request; what happens in the call
    /// takes no time.
    ///
    /// - Throws: a ``SimulationError`` if a sound can't be had. What the handler does wrong is in the outcome.
    public static func place(_ setup: CallSetup) async throws(SimulationError) -> CallOutcome {
        try await place(setup, over: HandlerConnection(setup))
    }

    /// Places a call whose requests faults befall.
    static func place(
        _ setup: CallSetup, faults: FaultInjector
    ) async throws(SimulationError) -> (CallOutcome, FaultInjector) {
        var exchange = Exchange(setup, HandlerConnection(setup))
        exchange.faults = faults
        let refusal = try await exchange.run()
        return (exchange.outcome(refusal), exchange.faults!)
    }

    /// Places a call over a connection that may have carried others.
    static func place(
        _ setup: CallSetup, over connection: HandlerConnection
    ) async throws(SimulationError) -> CallOutcome {
        var exchange = Exchange(setup, connection)
        let refusal = try await exchange.run()
        return exchange.outcome(refusal)
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

    init(_ setup: CallSetup, _ connection: HandlerConnection) {
        call = SimulatedCall(setup)
        request = Request(setup)
        self.connection = connection
    }

    /// Asks and executes until the call is over.
    ///
    /// - Returns: what the platform refused, if it did.
    mutating func run() async throws(SimulationError) -> Refusal? {
        var fault: SimulationError?
        do throws(Refusal) { fault = try await goOn() } catch {
            call.log(.platform, "refused", error.description)
            call.endRecording()
            return error
        }
        if let fault { throw fault }
        return nil
    }

    /// - Returns: why the call could not be executed, if it could not.
    private mutating func goOn() async throws(Refusal) -> SimulationError? {
        while !request.status.isFinal {
            guard call.steps.count < call.setup.maximumCommands else {
                throw Refusal(.endless, "the call goes on after \(call.setup.maximumCommands) commands")
            }
            if let fault = await execute(try await ask()) { return fault }
        }
        _ = try await answer()
        call.log(.platform, "end", request.status.name)
        return nil
    }

    /// Executes a response, and makes the next request of its result.
    private mutating func execute(_ response: Response) async -> SimulationError? {
        request.take(response)
        let command = response.command ?? .hangup(Hangup())
        do throws(SimulatedCall.End) {
            request.commandResult = try await call.execute(command)
            call.steps.append(CallOutcome.Step(command: command, result: request.commandResult.text))
        } catch {
            switch error {
            case .failed(let error): return error
            case .hangUp(let leg):
                if let command = response.command { call.steps.append(CallOutcome.Step(command: command, result: nil)) }
                call.endRecording()
                call.log(leg, "hangs up", "")
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
        call.transcript.add(
            call.now, .platform, "request", String(decoding: json, as: UTF8.self), brief: request.status.name + brief)
        let answer = try await post(json)
        answerTimes.append(answer.time)
        start = start ?? answer.start
        call.log(.handler, "answer", String(decoding: answer.body.prefix(2000), as: UTF8.self))
        try answer.check()
        return answer
    }

    private mutating func post(_ json: [UInt8]) async throws(Refusal) -> HandlerConnection.Answer {
        guard faults != nil else { return try await connection.post(json) }
        return try await faults!.post(json, over: connection)
    }

    private mutating func ask() async throws(Refusal) -> Response {
        try await answer().response { call.log(.handler, "note", "\($0)") }
    }

    func outcome(_ refusal: Refusal?) -> CallOutcome {
        CallOutcome(
            refusal: refusal, status: refusal == nil ? request.status : .hangup, steps: call.steps,
            variables: request.variables, transcript: call.transcript,
            caller: PhoneAudio(samples: call.callerTrack), platform: PhoneAudio(samples: call.platformTrack),
            recordings: call.recordings, answerTimes: answerTimes, start: start)
    }
}
