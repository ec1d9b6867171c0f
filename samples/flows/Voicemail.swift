public import CallFlows
import RealTimeAPI

/// Greets; a caller who talks during the greeting leaves a message, hears it, and keeps it or records it anew.
///
/// `voicemail.yaml`, beside this file, is the same flow for those who write no Swift.
public let voicemail = CallFlow("voicemail", version: 1) { call in
    let greeting = try await call.playTalkDetect(
        .say("Nobody is here. If you want to leave a message, say yes."), minimum: .milliseconds(200),
        silence: .milliseconds(300), analysisTime: .seconds(3))
    guard greeting == .talk else { return try await call.play(.say("Good bye.")) }
    for _ in 1...3 {
        try await call.play(.say("Speak now, and press hash."))
        let message = try await call.record(silence: .seconds(4), maxDuration: .seconds(120))
        try await call.play(.recording(message))
        let choice = try await call.read(
            .say("To record it again, press 1."), maxDigits: 1, attempts: 1, timeout: .seconds(4))
        if choice != .digits("1") { return try await call.play(.say("Thank you. Good bye.")) }
    }
    try await call.play(.say("Good bye."))
}
