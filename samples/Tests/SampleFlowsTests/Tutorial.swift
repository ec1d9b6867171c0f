import CallFlows
import RealTimeAPI

/// The numbers that somebody has to call.
actor Callbacks {
    private var numbers: [String: String] = [:]

    func add(_ number: String, idempotencyKey: String) {
        numbers[idempotencyKey] = number
    }
}

let callbacks = Callbacks()

let office = CallFlow("office", version: 2) { call in
    let choice = try await call.read(
        .say("Press 1 to leave your number."), maxDigits: 1, attempts: 2, timeout: .seconds(5))
    guard case .digits("1") = choice else { return }

    let answer = try await call.read(
        .say("Your number, then the hash key."), maxDigits: 15, attempts: 3, timeout: .seconds(10))
    guard case .digits(let number) = answer else { return }

    try await call.once("callback") { key in
        await callbacks.add(number, idempotencyKey: key)
    }
    try await call.play(.say("Thank you. We will call you back."))
}
