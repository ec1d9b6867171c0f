public import CallFlows
import RealTimeAPI

/// What callers are asked to rate.
private let questions = [
    "How friendly were we?", "How fast were we?", "Would you call us again?",
]

/// Keeps the answers of one call: here on standard output, elsewhere in a database.
@Sendable private func store(_ answers: [Int?], key: String) async throws {
    print("survey \(key):", answers.map { $0.map(String.init) ?? "-" }.joined(separator: " "))
}

/// Asks for ratings by keys, and stores them once, however often a request is repeated or a process restarted.
public let survey = CallFlow("survey", version: 1) { call in
    try await call.play(.say("Please rate us from 1 to 5."))
    var answers: [Int?] = []
    for question in questions {
        switch try await call.read(.say(question), maxDigits: 1, attempts: 2, timeout: .seconds(5)) {
        case .digits(let key): answers.append(Int(key).flatMap { (1...5).contains($0) ? $0 : nil })
        default: answers.append(nil)
        }
    }
    let all = answers
    try await call.once("store") { key in try await store(all, key: key) }
    try await call.play(.say(answers.contains { $0 == 1 } ? "We will do better. Good bye." : "Thank you. Good bye."))
}
