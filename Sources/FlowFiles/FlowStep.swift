import CallFlows
import RealTimeAPI

/// A step: a command, and where its results lead.
struct FlowStep: Sendable {
    let name: String
    let command: FlowCommand
    /// Under which name the result is kept.
    let saved: String?
    let results: ResultTable
    /// Where a command leads that fails.
    let onError: String?
}

/// Where results lead, by step names.
struct ResultTable: Sendable {
    /// Results word by word, and keys.
    var exact: [String: String] = [:]
    var ranges: [(range: ClosedRange<Int>, target: String)] = []
    /// Where every other result leads; nil hangs up.
    var next: String?

    subscript(_ result: String) -> String? {
        if let target = exact[result] { return target }
        let isNumber = !result.isEmpty && result.utf8.allSatisfy { (48...57).contains($0) }
        if isNumber, let number = Int(result),
            let match = ranges.first(where: { $0.range.contains(number) })
        {
            return match.target
        }
        return next
    }
}

/// A call came to a step too often.
struct TooManyVisits: Error, CustomStringConvertible {
    let step: String
    let limit: Int
    var description: String { "the call came to the step \(step) more than \(limit) times (max_visits)" }
}

/// Steps, taken one after another.
struct FlowProgram: Sendable {
    let steps: [String: FlowStep]
    let start: String
    let maximumVisits: Int

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
        let result: String
        do {
            let (command, findings) = step.command.resolved(values)
            result = try await call.run(command, findings: findings).text
        } catch CallError.commandFailed(let command, let reason) {
            guard let target = step.onError else {
                throw CallError.commandFailed(command: command, reason: reason)
            }
            return target
        }
        if result == PlaybackResult.failed.wire, step.results.exact[result] == nil, step.command.kind.isPlayback {
            guard let target = step.onError else {
                throw CallError.commandFailed(
                    command: step.command.kind.rawValue, reason: "the platform could not play it")
            }
            return target
        }
        if let name = step.saved { values.saved[name] = result }
        return step.results[result]
    }
}
