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
            let callee = setup.callees[number] ?? Callee(.never)
            let (time, outcome) = callee.answer.outcome(within: patience)
            let end = now + time.samples
            while now < end { _ = try await tick(Self.ringback(now - start, dialout.ringtone)[...]) }
            guard outcome == .answered else {
                log(.callee, .isNotReached, "\(number): \(outcome.rawValue)")
                continue
            }
            log(.callee, .answers, number)
            try await join(callee, dialout, ringingSince: start)
        }
        return ResultText("NOANSWER")
    }

    /// Whispers to the callee, joins the two legs, and hangs up both when one does.
    private mutating func join(_ callee: Callee, _ dialout: Dialout, ringingSince start: Int) async throws(End) {
        var leg = CalleeLeg(callee, from: now)
        defer {
            calleeLeg = CallOutcome.Leg(said: PhoneAudio(samples: leg.said), heard: PhoneAudio(samples: leg.heard))
        }
        leg.caller.notice(.answered, at: 0)
        let whisper = try await audio(dialout.whisper)
        if !whisper.isEmpty { log(.callee, .hears, dialout.whisper?.text ?? "") }
        let end = now + whisper.count
        // Only the callee hears it; the caller goes on hearing what it rings with.
        while now < end {
            let said = try next(&leg)
            keep(said, whisper[(now - leg.start)...].prefix(Self.frameLength), of: &leg)
            _ = try await tick(Self.ringback(now - start, dialout.ringtone)[...], callee: said[...])
        }
        log(.platform, .joins, "the caller and the callee")
        leg.caller.notice(.joined, at: now - leg.start)
        caller.notice(.joined, at: now)
        var quiet = 0
        while quiet < Self.farewell {
            quiet = leg.caller.isDone ? quiet + Self.frameLength : 0
            let said = try next(&leg)
            let frame = try await tick(said[...], callee: said[...]).frame
            keep(said, frame[...], of: &leg)
        }
        throw .hangUp(by: .callee)
    }

    /// Keeps what the callee said and heard, through the code of the leg.
    private func keep(_ said: [Int16], _ heard: ArraySlice<Int16>, of leg: inout CalleeLeg) {
        guard setup.keepsAudio else { return }
        let codec = leg.caller.codec
        leg.said += said
        leg.heard += heard.lazy.map { codec.decode(codec.encode($0)) }
        leg.heard += repeatElement(codec.decode(codec.encode(0)), count: leg.said.count - leg.heard.count)
    }

    /// What the callee says next.
    private mutating func next(_ leg: inout CalleeLeg) throws(End) -> [Int16] {
        let frame = leg.caller.frame(at: now - leg.start)
        for act in leg.caller.acts { log(.callee, act.kind, act.text) }
        guard let frame else { throw .hangUp(by: .callee) }
        var keys: [DTMFKey] = []
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

/// The leg of someone who has answered.
private struct CalleeLeg {
    var caller: Caller
    var dtmf = DTMFDetector()
    var said: [Int16] = []
    var heard: [Int16] = []
    /// When they answered, in samples of the call.
    let start: Int

    init(_ callee: Callee, from start: Int) {
        caller = Caller(callee.script)
        self.start = start
    }
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

extension Callee.Answer {
    fileprivate enum Outcome: String {
        case answered
        case noAnswer = "no answer"
        case rejected
        case busy
        case congestion
    }

    /// What becomes of a call that rings so long at the most, and when; a network takes a second to say that it is of no use.
    fileprivate func outcome(within patience: Duration) -> (time: Duration, outcome: Outcome) {
        switch self {
        case .after(let time) where time < patience: (time, .answered)
        case .rejected(let time) where time < patience: (time, .rejected)
        case .busy: (.seconds(1), .busy)
        case .congestion: (.seconds(1), .congestion)
        default: (patience, .noAnswer)
        }
    }
}
