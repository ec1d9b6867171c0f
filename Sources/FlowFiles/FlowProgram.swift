import CallFlows
import RealTimeAPI

/// A call came to a step too often.
struct TooManyVisits: Error, CustomStringConvertible {
    let step: String
    let limit: Int
    var description: String { "the call came to the step \(step) more than \(limit) times (max_visits)" }
}

/// A call does not say when it began.
struct NoDate: Error, CustomStringConvertible {
    let step: String
    var description: String { "the step \(step) needs date_started, which is missing or no date" }
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
        var values = FlowValues(request: call.request)
        var visits: [String: Int] = [:]
        var step = steps[start]
        while let current = step {
            visits[current.name, default: 0] += 1
            guard visits[current.name]! <= maximumVisits else {
                throw TooManyVisits(step: current.name, limit: maximumVisits)
            }
            step = try await take(current, call, &values).flatMap { steps[$0] }
        }
    }

    /// Takes a step.
    ///
    /// - Returns: the name of the next one; nil hangs up.
    private func take(_ step: FlowStep, _ call: Call, _ values: inout FlowValues) async throws -> String? {
        switch step.action {
        case .match(let text): return step.results[text.resolved(values)]
        case .clock(let zone):
            guard let time = values.request.startTime else {
                guard let target = step.onError else { throw NoDate(step: step.name) }
                return target
            }
            return step.results[zone.localTime(at: time)]
        case .lookup(let lookup): return try await look(up: lookup, step, call, &values)
        case .command(let command, let audio):
            let result: String
            do {
                result = try await run(command, audio, step.results, call, values)
            } catch CallError.commandFailed(let command, let reason) {
                guard let target = step.onError else {
                    throw CallError.commandFailed(command: command, reason: reason)
                }
                return target
            }
            if let name = step.saved {
                values.saved[name] = result
                call.keep(name)
            }
            return step.results[result]
        }
    }

    // MARK: Commands

    /// - Returns: the last command's result.
    private func run(
        _ command: FlowCommand, _ audio: FlowCommand?, _ results: ResultTable, _ call: Call, _ values: FlowValues
    ) async throws -> String {
        let (command, findings) = command.resolved(values)
        guard let audio else { return try await run(command, findings, results, call) }
        guard case .read(var read) = command else {
            try await play(audio, call, values)
            return try await run(command, findings, results, call)
        }
        // What the platform would repeat is repeated here, with what is played before.
        let attempts = min(max(read.attempts, 1), 10)
        read.attempts = 1
        for _ in 1..<attempts {
            try await play(audio, call, values)
            let result = try await run(.read(read), findings, results, call)
            guard result.isEmpty || result == Read.Result.timeout.wire else { return result }
        }
        try await play(audio, call, values)
        return try await run(.read(read), findings, results, call)
    }

    private func play(_ audio: FlowCommand, _ call: Call, _ values: FlowValues) async throws {
        _ = try await run(audio.resolved(values).command, [], ResultTable(), call)
    }

    /// - Throws: also if it could not be played, unless the step has a place for that.
    private func run(
        _ command: Command, _ findings: [Finding], _ results: ResultTable, _ call: Call
    ) async throws -> String {
        let result = try await call.run(command, findings: findings).text
        if result == PlaybackResult.failed.wire, results.exact[result] == nil, command.kind.isPlayback {
            throw CallError.commandFailed(command: command.name, reason: "the platform could not play it")
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

extension JSON {
    /// The text of a member; empty if there is none.
    fileprivate func text(of name: String) -> String {
        if case .string(let text)? = self[name] { text } else { "" }
    }
}

extension Request {
    /// When the call began, in seconds since 1970, of what the platform writes in UTC; nil if that is no date.
    fileprivate var startTime: Int? {
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
