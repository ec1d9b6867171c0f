import CallFlows
import RealTimeAPI

/// A call came to a step too often.
struct TooManyVisits: Error, CustomStringConvertible {
    let step: String
    let limit: Int
    var description: String { "the call reached the step \(step) more than \(limit) times (max_visits)" }
}

/// A call does not say when it began.
struct NoDate: Error, CustomStringConvertible {
    let step: String
    var description: String { "the step \(step) needs date_started, which is missing or not a date" }
}

/// Steps, taken one after another.
struct FlowProgram: Sendable {
    let steps: [String: FlowStep]
    let start: String
    let maximumVisits: Int
    let lookups: LookupSource
    /// What of answers is used, by the names under which they are kept.
    let paths: [String: [String]]

    /// Takes a call through the steps.
    func run(_ call: Call) async throws {
        var values = FlowValues(call)
        var visits: [String: Int] = [:]
        var step = steps[start]
        while let current = step {
            visits[current.name, default: 0] += 1
            guard visits[current.name]! <= maximumVisits else {
                throw TooManyVisits(step: current.name, limit: maximumVisits)
            }
            let target =
                switch current.kind {
                case .command: try take(await outcome(of: current, call, values), of: current, call, &values)
                case .lookup: try await takeLookup(current, call, &values)
                case .look: try look(current, values)
                }
            step = target.flatMap { steps[$0] }
        }
    }

    // What a call waits in is kept as long as it waits: each function here that waits holds little, and what is large is made in
    // functions that do not, and kept in a box.

    @inline(never)
    private func takeLookup(_ step: FlowStep, _ call: Call, _ values: inout FlowValues) async throws -> String? {
        guard case .lookup(let lookup) = step.action else { return nil }
        return try await look(up: lookup, step, call, &values)
    }

    /// Where what the call is leads, without waiting for anybody.
    @inline(never)
    private func look(_ step: FlowStep, _ values: FlowValues) throws -> String? {
        switch step.action {
        case .match(let text): return step.results[text.resolved(values)]
        case .clock(let zone):
            guard let time = values.request.startTime else {
                guard let target = step.onError else { throw NoDate(step: step.name) }
                return target
            }
            return step.results[zone.localTime(at: time)]
        case .command, .lookup: return nil
        }
    }

    // MARK: Commands

    /// What a step's commands come to: the last one's result.
    @inline(__always)
    private func outcome(of step: FlowStep, _ call: Call, _ values: FlowValues) async -> Result<String, CallError> {
        let command = ResolvedCommand(step, values)
        do throws(CallError) {
            guard step.hasAudio else { return .success(try await run(command, step, call)) }
            return .success(try await run(command, behind: ResolvedCommand(audioOf: step, values), step, call))
        } catch { return .failure(error) }
    }

    /// Where a command's outcome leads.
    @inline(never)
    private func take(
        _ outcome: Result<String, CallError>, of step: FlowStep, _ call: Call, _ values: inout FlowValues
    ) throws -> String? {
        do throws(CallError) {
            let result = try outcome.get()
            if let name = step.saved {
                values.saved[name] = result
                call.keep(name)
            }
            return step.results[result]
        } catch {
            guard case .commandFailed = error, let target = step.onError else { throw error }
            return target
        }
    }

    /// - Returns: the last command's result.
    @inline(never)
    private func run(
        _ command: ResolvedCommand, behind audio: ResolvedCommand, _ step: FlowStep, _ call: Call
    ) async throws(CallError) -> String {
        // What the platform would repeat is repeated here, with what is played before.
        let (command, attempts) = command.singly
        var attemptsLeft = attempts
        while true {
            _ = try await run(audio, nil, call)
            let result = try await run(command, step, call)
            attemptsLeft -= 1
            guard attemptsLeft > 0, result.isEmpty || result == Read.Result.timeout.wire else { return result }
        }
    }

    /// - Parameter step: whose results lead somewhere; nil for what is played before.
    /// - Throws: also if it could not be played, unless the step has a place for that.
    @inline(__always)
    private func run(
        _ resolved: ResolvedCommand, _ step: FlowStep?, _ call: Call
    ) async throws(CallError) -> String {
        let result = try await call.run(resolved.command, findings: resolved.findings).text
        if result == PlaybackResult.failed.wire, step?.results.exact[result] == nil, resolved.isPlayback {
            throw CallError.commandFailed(command: resolved.name, reason: "the platform could not play it")
        }
        return result
    }

    // MARK: Look-ups

    private func look(
        up lookup: FlowLookup, _ step: FlowStep, _ call: Call, _ values: inout FlowValues
    ) async throws -> String? {
        var used = Set(lookup.saved.flatMap { paths[$0] } ?? [])
        if let result = lookup.result { used.insert(result) }
        let (names, known, source) = (used.sorted(), values, lookups)
        let answer: JSON
        do throws(CallError) {
            answer = try await call.onceAsJSON(step.name) { key in
                try await lookup.kept(names, known, from: source, key: key)
            }.value
        } catch {
            guard let target = target(of: error, step) else { throw error }
            return target
        }
        if let name = lookup.saved {
            for path in names { values.saved["\(name).\(path)"] = answer.text(of: path) }
            call.keep(name)
        }
        return lookup.result.map { step.results[answer.text(of: $0)] } ?? step.results.next
    }

    /// Where a look-up leads that failed; nil if nowhere.
    private func target(of error: CallError, _ step: FlowStep) -> String? {
        guard case .stepFailed(_, let reason) = error else { return nil }
        let status = LookupFailure.status(reason)
        return status.flatMap { status in step.results.statuses.first { $0.range.contains(status) } }?.target
            ?? step.onError
    }
}

/// A command with the values of a call, in a box: it is large, and a call waits with it.
private final class ResolvedCommand: Sendable {
    let command: Command
    let findings: [Finding]

    init(_ command: Command, _ findings: [Finding]) {
        self.command = command
        self.findings = findings
    }

    /// That of a step.
    @inline(never)
    convenience init(_ step: FlowStep, _ values: FlowValues) {
        guard case .command(let command, _) = step.action else { preconditionFailure("\(step.name) has no command") }
        let (resolved, findings) = command.resolved(values)
        self.init(resolved, findings)
    }

    /// The audio that is played before a step's command.
    @inline(never)
    convenience init(audioOf step: FlowStep, _ values: FlowValues) {
        guard case .command(_, let audio?) = step.action else { preconditionFailure("\(step.name) has no audio") }
        self.init(audio.resolved(values).command, [])
    }

    var name: String { command.name }
    var isPlayback: Bool { command.kind.isPlayback }

    /// The same to be run once, and how often it is to be run.
    @inline(never)
    var singly: (ResolvedCommand, attempts: Int) {
        guard case .read(var read) = command else { return (self, 1) }
        let attempts = min(max(read.attempts, 1), 10)
        read.attempts = 1
        return (ResolvedCommand(.read(read), findings), attempts)
    }
}

extension JSON {
    /// The text of a member; empty if there is none.
    fileprivate func text(of name: String) -> String {
        if case .string(let text)? = self[name] { text } else { "" }
    }
}

extension Request {
    /// When the call began, in seconds since 1970, of what the platform writes in UTC; nil if that is no date.
    var startTime: Int? {
        let parts = dateStarted.split(omittingEmptySubsequences: false) { "- :".contains($0) }
        let numbers = parts.compactMap { part in part.utf8.allSatisfy { (48...57).contains($0) } ? Int(part) : nil }
        guard dateStarted.utf8.count == 19, parts.count == 6, numbers.count == 6, (1970...9999).contains(numbers[0]),
            (1...12).contains(numbers[1]), (1...31).contains(numbers[2]), numbers[3] < 24, numbers[4] < 60,
            numbers[5] < 61
        else { return nil }
        let day = ZoneRule.day(numbers[0], numbers[1]) + numbers[2] - 1
        return day * 86_400 + numbers[3] * 3600 + numbers[4] * 60 + numbers[5]
    }
}
