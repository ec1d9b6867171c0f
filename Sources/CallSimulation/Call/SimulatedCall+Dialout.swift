import RealModule
import RealTimeAPI
import TalkDetection
import TelephonyAudio

/// The command that joins a call with somebody who is called.
extension SimulatedCall {
    /// The ring time of a target that names none.
    private static let ringTime = Duration.seconds(30)
    /// How long a callee stays who has nothing left to do.
    private static let farewell = 4000

    /// Rings the targets one after another, and joins the first that answers.
    mutating func dial(_ dialout: Dialout) async throws(End) -> ResultText {
        let start = now
        for target in dialout.targets {
            let number = target.number.description
            let patience = target.timeout ?? Self.ringTime
            let shown = dialout.callerID.map { " as \($0.shown)" } ?? ""
            log(.platform, .rings, "\(number)\(shown) for \(patience / .seconds(1)) s")
            let outcome =
                if let phone = switchboard.phone(target.number) {
                    try await ring(phone, number, dialout, within: patience, since: start)
                } else {
                    try await ring(setup.callees[number], number, dialout, within: patience, since: start)
                }
            guard case .answered(let callee) = outcome else {
                log(.callee, .isNotReached, "\(number): \(outcome.text)")
                continue
            }
            log(.callee, .answers, number)
            try await join(callee, dialout, ringingSince: start)
        }
        return ResultText("NOANSWER")
    }

    /// Rings a scripted callee, if there is one.
    private mutating func ring(
        _ callee: Callee?, _ number: String, _ dialout: Dialout, within patience: Duration, since start: Int
    ) async throws(End) -> DialOutcome {
        answers[number] = callee?.answer
        let callee = callee ?? Callee(.never)
        let (time, outcome) = callee.outcome(within: patience)
        let end = now + time.samples
        while now < end { try await ringBack(dialout, since: start) }
        return outcome
    }

    /// Rings a telephone with somebody at it.
    private mutating func ring(
        _ phone: LivePhone, _ number: String, _ dialout: Dialout, within patience: Duration, since start: Int
    ) async throws(End) -> DialOutcome {
        let caller = dialout.callerID ?? PhoneNumber(setup.callerNumber).map(CallerID.number) ?? .blocked
        guard phone.ring(as: caller, for: patience) else {
            return try await ring(Callee(.busy), number, dialout, within: patience, since: start)
        }
        var outcome = DialOutcome.noAnswer
        defer { if case .answered = outcome {} else { phone.hangUp() } }
        let (began, end) = (now, now + patience.samples)
        while now < end {
            try await ringBack(dialout, since: start)
            guard let reply = phone.takeReply() else { continue }
            let time = Duration(samples: now - began)
            switch reply {
            case .answered(let line): (outcome, answers[number]) = (.answered(.live(line, phone)), .after(time))
            case .refused: (outcome, answers[number]) = (.rejected, .rejected(after: time))
            case .busy: (outcome, answers[number]) = (.busy, .busy)
            case .gone: break
            }
            break
        }
        return outcome
    }

    /// Lets the caller hear for a frame what there is to hear while it rings.
    private mutating func ringBack(_ dialout: Dialout, since start: Int) async throws(End) {
        _ = try await tick(Self.ringback(now - start, dialout.ringtone)[...])
    }

    /// Whispers to the callee, joins the two legs, and hangs up both when one does.
    private mutating func join(_ party: CalledParty, _ dialout: Dialout, ringingSince start: Int) async throws(End) {
        var leg = CalleeLeg(party, from: now)
        defer {
            leg.phone?.hangUp()
            calleeLeg = CallOutcome.Leg(said: PhoneAudio(samples: leg.said), heard: PhoneAudio(samples: leg.heard))
        }
        leg.caller.notice(.answered, at: 0)
        let whisper = try await audio(dialout.whisper)
        if !whisper.isEmpty { log(.callee, .hears, dialout.whisper?.text ?? "") }
        let end = now + whisper.count
        // Only the callee hears it; the caller goes on hearing what it rings with.
        while now < end {
            let said = try next(&leg)
            hear(whisper[(now - leg.start)...].prefix(Self.frameLength), said, of: &leg)
            _ = try await tick(Self.ringback(now - start, dialout.ringtone)[...], callee: said[...])
        }
        log(.platform, .joins, "the caller and the callee")
        leg.caller.notice(.joined, at: now - leg.start)
        caller.notice(.joined, at: now)
        var quiet = 0
        while quiet < Self.farewell {
            quiet = leg.isDone ? quiet + Self.frameLength : 0
            let said = try next(&leg)
            let frame = try await tick(said[...], callee: said[...]).frame
            hear(frame[...], said, of: &leg)
        }
        throw .hangUp(by: .callee)
    }

    /// Lets the callee hear something, and keeps what the callee said and heard, through the code of the leg.
    private func hear(_ heard: ArraySlice<Int16>, _ said: [Int16], of leg: inout CalleeLeg) {
        leg.line?.hear(heard)
        guard setup.keepsAudio else { return }
        let codec = leg.caller.codec
        leg.said += said
        leg.heard += heard.lazy.map { codec.decode(codec.encode($0)) }
        leg.heard += repeatElement(codec.decode(codec.encode(0)), count: leg.said.count - leg.heard.count)
    }

    /// What the callee says next.
    private mutating func next(_ leg: inout CalleeLeg) throws(End) -> [Int16] {
        var keys: [DTMFKey] = []
        let frame: [Int16]?
        if let line = leg.line {
            let moment = line.next()
            (frame, keys) = (moment?.said, moment?.keys ?? [])
        } else {
            frame = leg.caller.frame(at: now - leg.start)
            for act in leg.caller.acts { log(.callee, act.kind, act.text) }
        }
        guard let frame else { throw .hangUp(by: .callee) }
        leg.dtmf.add(frame.span) { keys.append($0.key) }
        for key in keys { log(.callee, .key, String(key.character)) }
        return frame
    }

    /// A frame of what the caller hears meanwhile: 440 Hz, 1.5 s in 5 s; for music, a chord that does not pause.
    private static func ringback(_ position: Int, _ ringtone: Dialout.Ringtone?) -> [Int16] {
        let isMusic = ringtone == .music
        guard isMusic || position % 40_000 < 12_000 else { return [] }
        let tones = isMusic ? [262.0, 330, 392] : [440]
        return (position..<position + frameLength).map { sample in
            let time = Double(sample) / 8000
            return Int16(tones.reduce(0) { $0 + .sin(2 * .pi * $1 * time) } * 3000 / Double(tones.count))
        }
    }
}

/// Who has answered.
private enum CalledParty {
    case scripted(CallerScript)
    case live(LiveLine, LivePhone)
}

/// What becomes of a target that rings.
private enum DialOutcome {
    case answered(CalledParty)
    case noAnswer, rejected, busy, congestion

    /// As transcripts have it.
    var text: String {
        switch self {
        case .answered: "answered"
        case .noAnswer: "no answer"
        case .rejected: "rejected"
        case .busy: "busy"
        case .congestion: "congestion"
        }
    }
}

/// The leg of someone who has answered.
private struct CalleeLeg {
    /// What a scripted callee does; nothing on a live line.
    var caller: Caller
    /// The line to someone who is there now.
    let line: LiveLine?
    let phone: LivePhone?
    var dtmf = DTMFDetector()
    var said: [Int16] = []
    var heard: [Int16] = []
    /// When they answered, in samples of the call.
    let start: Int

    init(_ party: CalledParty, from start: Int) {
        switch party {
        case .scripted(let script): (caller, line, phone) = (Caller(script), nil, nil)
        case .live(let line, let phone): (caller, self.line, self.phone) = (Caller(CallerScript()), line, phone)
        }
        self.start = start
    }

    /// Whether there is nothing left to do; who is there now hangs up himself.
    var isDone: Bool { line == nil && caller.isDone }
}

extension CallerID {
    /// The number, as the callee sees it.
    fileprivate var shown: String {
        switch self {
        case .number(let number): number.description
        case .blocked: "a withheld number"
        }
    }
}

extension Callee {
    /// What becomes of a call that rings so long at the most, and when; a network takes a second to say that it is of no use.
    fileprivate func outcome(within patience: Duration) -> (time: Duration, outcome: DialOutcome) {
        switch answer {
        case .after(let time) where time < patience: (time, .answered(.scripted(script)))
        case .rejected(let time) where time < patience: (time, .rejected)
        case .busy: (.seconds(1), .busy)
        case .congestion: (.seconds(1), .congestion)
        default: (patience, .noAnswer)
        }
    }
}
