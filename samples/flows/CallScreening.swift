public import CallFlows
import RealTimeAPI

/// Who is called, one after another.
private let team = [
    Dialout.Target(PhoneNumber("+33612345678")!, timeout: .seconds(20)),
    Dialout.Target(PhoneNumber("+33687654321")!, timeout: .seconds(20)),
]

/// Lets nobody through who presses no key, tells those who are called what it is about, and takes a message if nobody answers.
public let callScreening = CallFlow("call-screening", version: 1) { call in
    let subject: String
    switch try await call.read(
        .say("For sales press 1, for support press 2."), maxDigits: 1, attempts: 2, timeout: .seconds(5))
    {
    case .digits("1"): subject = "sales"
    case .digits("2"): subject = "support"
    default: return try await call.play(.say("Good bye."))
    }
    try await call.play(.say("One moment, please."))
    do {
        // If somebody answers, the two calls end together, and with them this function.
        _ = try await call.dialout(team, whisper: .say("A call for \(subject)."), ringtone: .music)
    } catch CallError.commandFailed {
        try await call.play(.say("Our line is disturbed."))
    }
    try await call.play(.say("Nobody can take your call. Please leave a message."))
    _ = try await call.record(silence: .seconds(3), maxDuration: .seconds(60))
    try await call.play(.say("Thank you."))
}
