import RealTimeAPI
import TelephonyAudio

/// The commands that join a call with others in a room.
extension SimulatedCall {
    /// How a stay in a room is.
    private struct Stay {
        var waiting: [Int16] = []
        var userJoin: [Int16] = []
        var userLeave: [Int16] = []
        var leavesWhenAlone = false
    }

    /// How a stay in a room ended.
    private enum Departure: String {
        /// By `*`.
        case left = "LEFT_CONFERENCE"
        case last = "LAST_PARTICIPANT"
        case closed = "CONFERENCE_CLOSED"
    }

    /// Asks for the PIN, and stays in the room until `*`, until all others have left, or until it is closed.
    mutating func join(_ conference: Conference) async throws(End) -> ResultText {
        try await play(try await sound(conference.welcome) ?? [])
        if let pin = conference.pinCode, !pin.digits.isEmpty, let refused = try await ask(for: pin, conference) {
            return refused
        }
        var stay = Stay()
        stay.waiting = try await audio(conference.waiting)
        stay.userJoin = try await audio(conference.userJoin)
        stay.userLeave = try await audio(conference.userLeave)
        stay.leavesWhenAlone = conference.autoLeaveWhenAlone ?? false
        let departure = try await self.stay(in: conference.id, stay)
        if departure == .last { try await play(try await sound(conference.autoLeaveAnnounce) ?? []) }
        return ResultText(departure.rawValue)
    }

    /// Stays in the room likewise; the page documents no result.
    mutating func join(_ conference: SimpleConference) async throws(End) -> ResultText {
        var stay = Stay()
        stay.leavesWhenAlone = conference.autoLeaveWhenAlone ?? false
        _ = try await self.stay(in: conference.id, stay)
        return ResultText("")
    }

    /// How often the PIN is asked for unless the command says so, and how long a digit is waited for: the defaults of the
    /// platform's SDK.
    static let pinTries = 3
    private static let pinWait = Duration.seconds(5)

    /// Asks for the PIN until it is right.
    ///
    /// As `conf_get_pin` of Asterisk (app_confbridge.c): a key ends what is played when a PIN was wrong, and is the first of the
    /// next one, over whose prompt it is not heard again; a wait of 0 is the default. That is 5 s here, as in the
    /// platform's SDK; Asterisk has 10 s for the first key, and 5 s for each other.
    private mutating func ask(for pin: PIN, _ conference: Conference) async throws(End) -> ResultText? {
        let wait = conference.pinWait ?? .zero
        let timeout = (wait == .zero ? Self.pinWait : wait).samples
        var hasTried = false
        var first = ""
        for _ in 0..<conference.tries {
            // One more key than there can be, so that only # ends a PIN.
            let entry = try await entry(over: conference.pinPrompt, after: first, atMost: 11, timeout: timeout)
            first = ""
            guard case .complete(let keys) = entry else { continue }
            if keys == pin.digits {
                try await play(try await sound(conference.pinValid) ?? [])
                return nil
            }
            hasTried = true
            try await play(try await sound(conference.pinError) ?? []) { _, keys in
                first = String(keys.map(\.character))
                return !keys.isEmpty
            }
        }
        return ResultText(hasTried ? "PIN_ERROR" : "PIN_TIMEOUT")
    }

    /// Stays in a room; the room is left also if the caller hangs up there.
    private mutating func stay(in id: ConferenceID, _ stay: Stay) async throws(End) -> Departure {
        log(.platform, .joins, "room \(id.rawValue)")
        switchboard.join(id, line, at: clock, announcing: stay.userJoin)
        room = id
        caller.notice(.joined, at: now)
        defer {
            room = nil
            switchboard.leave(id, line, at: clock, announcing: stay.userLeave)
            log(.platform, .leaves, "room \(id.rawValue)")
        }
        var position = 0
        var wasAlone = false
        while true {
            let moment = switchboard.listen(in: id, line, at: clock)
            if moment.isClosed { return .closed }
            if stay.leavesWhenAlone, moment.isLeftAlone { return .last }
            if moment.isAlone != wasAlone {
                wasAlone = moment.isAlone
                position = 0
                log(.platform, .note, moment.isAlone ? "is alone in the room" : "is with others in the room")
            }
            var heard = moment.mix
            if moment.isAlone, !stay.waiting.isEmpty {
                heard.add(stay.waiting[position..<min(stay.waiting.count, position + Self.frameLength)])
                position += Self.frameLength
                if position >= stay.waiting.count { position = 0 }
            }
            let keys = try await tick(heard[...], callee: moment.mix[...]).keys
            if keys.contains(where: { $0.character == "*" }) { return .left }
        }
    }
}

extension Conference {
    /// How often the PIN is asked for; 0, as nil, is the default.
    var tries: Int { pinMaximumTries.flatMap { $0 > 0 ? $0 : nil } ?? SimulatedCall.pinTries }
}
