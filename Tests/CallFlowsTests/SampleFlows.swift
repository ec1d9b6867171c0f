import CallFlows
import RealTimeAPI
import Synchronization
import Testing

/// Counts what ran, by name.
final class Tally: Sendable {
    private let counts = Mutex<[String: Int]>([:])

    func add(_ name: String) { counts.withLock { $0[name, default: 0] += 1 } }
    subscript(_ name: String) -> Int { counts.withLock { $0[name, default: 0] } }
}

/// A flow, and the results that a call through it brings.
struct SampleFlow: Sendable, CustomTestStringConvertible {
    let flow: CallFlow
    let results: [String]
    var testDescription: String { flow.name }

    static let ageCheck = SampleFlow(
        flow: CallFlow("age-check", version: 1) { call in
            let age = try await call.read(.say("How old are you?"), maxDigits: 3)
            guard case .digits(let digits) = age else { return }
            let isAdult = try await call.once("admit") { _ in (Int(digits) ?? 0) >= 18 }
            try await call.play(isAdult ? .say("Welcome.") : .say("Sorry."))
        }, results: ["21", "0"])

    static let voicemail = SampleFlow(
        flow: CallFlow("voicemail", version: 2) { call in
            guard try await call.playTalkDetect(.library(42)) == .talk else { return }
            let message = try await call.record(silence: .seconds(3), maxDuration: .seconds(60))
            try await call.play(.recording(message))
            let id = try await call.once("save") { key in "\(message.rawValue)/\(key)" }
            try await call.play(.say("Saved as \(id)."))
        }, results: ["TALK", "tmp/é \"1\".wav", "0", "0"])

    static let survey = SampleFlow(
        flow: CallFlow("survey", version: 1) { call in
            var answers: [String] = []
            for question in 1...5 {
                switch try await call.read(.say("Question \(question)"), maxDigits: 1, attempts: 1) {
                case .digits(let key): answers.append(key)
                default: answers.append("-")
                }
            }
            let all = answers.joined()
            let total = try await call.once("store") { _ in all }
            do { try await call.play(.library(7)) } catch CallError.commandFailed {
                try await call.play(.say("Thank you: \(total)"))
            }
            try await call.wait(.seconds(2))
        }, results: ["1", "TIMEOUT", "3", "", "5", "1", "0", "0"])

    static let all = [ageCheck, voicemail, survey]
}

extension SampleFlow {
    /// The answers of a call; `host` gives the instance that takes a turn.
    func answers(
        call: UInt64 = 421_889, variables: String = "{}", _ host: (_ turn: Int) -> FlowHost
    ) async throws -> [String] {
        var platform = try Platform(call: call, variables: variables)
        var answers: [String] = []
        for (turn, result) in (results + [""]).enumerated() {
            let answer = await host(turn).respond(to: platform.request)
            answers.append(answer.text)
            platform.report(result, after: answer)
        }
        platform.request.status = .hangup
        answers.append(await host(results.count + 1).respond(to: platform.request).text)
        return answers
    }
}
