public import CallFlows
import RealTimeAPI

/// A conference that a PIN opens: the platform asks for it.
public let pinConference = CallFlow("pin-conference", version: 1) { call in
    var room = Conference("weekly")
    room.welcome = call.media(.say("Welcome to the weekly meeting."))
    room.pinCode = PIN("4711")
    room.pinPrompt = call.media(.say("Please enter your PIN, and press hash."))
    room.pinError = call.media(.say("That is not right."))
    room.pinMaximumTries = 3
    room.pinWait = .seconds(10)
    room.waiting = call.media(.say("You are the first one here."))
    room.autoLeaveWhenAlone = true
    switch try await call.conference(room) {
    case .wrongPIN, .noPIN: try await call.play(.say("Please ask the organiser for the PIN."))
    case .lastParticipant: try await call.play(.say("All others have left. Good bye."))
    default: try await call.play(.say("Good bye."))
    }
}
