public import CallFlows
import RealTimeAPI

/// Asks for the caller's age, and greets adults.
///
/// `age-check.yaml`, beside this file, is the same flow for those who write no Swift.
public let ageCheck = CallFlow("age-check", version: 1) { call in
    let age = try await call.read(.say("How old are you?"), maxDigits: 3, attempts: 2, timeout: .seconds(5))
    if case .digits(let digits) = age, let years = Int(digits) {
        if (18...130).contains(years) {
            try await call.play(.audio("audio/chime.flac"))
            try await call.play(.say("Welcome."))
        } else {
            try await call.play(.say("Sorry, \(digits) is not the age that we are looking for."))
        }
    }
    try await call.play(.say("Good bye."))
}
