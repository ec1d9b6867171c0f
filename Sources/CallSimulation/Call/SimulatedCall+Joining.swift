internal import Glibc
internal import RealTimeProtocol
internal import TelephonyAudio

/// The commands that join a call with others.
extension SimulatedCall {
    /// The ring time of a target that names none.
    private static let ringTime = Duration.seconds(30)

    /// Rings the targets one after another, and joins the first that answers.
    mutating func dial(_ dialout: Dialout) async throws(End) -> ResultText {
        for target in dialout.targets {
            let number = target.number.description
            let patience = target.timeout ?? Self.ringTime
            log(.platform, "rings", "\(number) for \(patience / .seconds(1)) s")
            let callee = setup.callees[number].flatMap { $0.answersAfter < patience ? $0 : nil }
            let end = now + (callee?.answersAfter ?? patience).samples
            let start = now
            while now < end { _ = try await tick(Self.ringback(now - start, dialout.ringtone)[...]) }
            if let callee { try await bridge(callee, whisper: dialout.whisper) }
        }
        return ResultText("NOANSWER")
    }

    /// Joins the callee, and hangs up both legs when one does.
    private mutating func bridge(_ callee: CallSetup.Callee, whisper: Media?) async throws(End) {
        log(.callee, "answers", "")
        // Only the callee hears it.
        for _ in stride(from: 0, to: try await sound(whisper)?.count ?? 0, by: Self.frameLength) {
            _ = try await tick()
        }
        var rest = callee.audio.samples[...]
        while !rest.isEmpty {
            let frame = rest.prefix(Self.frameLength)
            rest = rest.dropFirst(Self.frameLength)
            _ = try await tick(frame, callee: frame)
        }
        throw .hangUp(by: .callee)
    }

    /// A frame of what the caller hears meanwhile: 440 Hz, 1.5 s in 5 s; for music, a chord that does not pause.
    private static func ringback(_ position: Int, _ ringtone: Dialout.Ringtone?) -> [Int16] {
        let isMusic = ringtone == .music
        guard isMusic || position % 40_000 < 12_000 else { return [] }
        let tones = isMusic ? [262.0, 330, 392] : [440]
        return (position..<position + frameLength).map { sample in
            let time = Double(sample) / 8000
            return Int16(tones.reduce(0) { $0 + sin(2 * .pi * $1 * time) } * 3000 / Double(tones.count))
        }
    }

    /// Asks for the PIN, and stays in the room until `*`.
    mutating func join(_ conference: Conference) async throws(End) -> ResultText {
        try await play(try await sound(conference.welcome) ?? [])
        if let pin = conference.pinCode, !pin.digits.isEmpty, let refused = try await ask(for: pin, conference) {
            return refused
        }
        try await play(try await sound(conference.userJoin) ?? [])
        return try await stay(waiting: try await sound(conference.waiting) ?? [], conference.id, "LEFT_CONFERENCE")
    }

    /// Stays in the room until `*`; the page documents no result.
    mutating func join(_ conference: SimpleConference) async throws(End) -> ResultText {
        try await stay(waiting: [], conference.id, "")
    }

    private mutating func ask(for pin: PIN, _ conference: Conference) async throws(End) -> ResultText? {
        var hasTried = false
        for _ in 0..<(conference.pinMaximumTries ?? 3) {
            let timeout = (conference.pinWait ?? .seconds(5)).samples
            // One more key than there can be, so that only # ends a PIN.
            let keys = try await keys(
                conference.pinPrompt, atMost: 11, timeout: timeout, asked: .asked, prompted: .prompted)
            guard let keys else { continue }
            if keys == pin.digits {
                try await play(try await sound(conference.pinValid) ?? [])
                return nil
            }
            hasTried = true
            try await play(try await sound(conference.pinError) ?? [])
        }
        return ResultText(hasTried ? "PIN_ERROR" : "PIN_TIMEOUT")
    }

    /// Alone in the room, with music if there is some.
    private mutating func stay(waiting: [Int16], _ room: ConferenceID, _ result: String) async throws(End) -> ResultText
    {
        log(.platform, "joins", "room \(room.rawValue)")
        caller.notice(.joined, at: now)
        var position = 0
        while true {
            if position >= waiting.count { position = 0 }
            let frame = waiting[position..<min(waiting.count, position + Self.frameLength)]
            position += Self.frameLength
            if try await tick(frame).keys.contains(where: { $0.character == "*" }) { return ResultText(result) }
        }
    }
}
