/// A frame of a signal, for the rules once more.
///
/// The reference is written from the description of the rules and not from the code: slow, without state, each rule a
/// search over frames. All instants and lengths are counts of samples.
struct ReferenceFrame {
    let start: Int
    let end: Int
    let level: Int

    /// Whole milliseconds, as Asterisk counts them.
    var milliseconds: Int { (end - start) / 8 }

    /// Cuts a signal into frames; the last may be shorter.
    static func frames(of samples: [Int16], length: Int) -> [ReferenceFrame] {
        stride(from: 0, to: samples.count, by: length).map { start in
            let end = min(start + length, samples.count)
            var sum = 0
            for index in start..<end { sum += abs(Int(samples[index])) }
            return ReferenceFrame(start: start, end: end, level: sum / (end - start))
        }
    }
}

struct ReferenceOutcome: Equatable {
    var result: String
    var decided: Int?
    var talk: Int?
    var kept: Int?
    /// AMD's second variable.
    var cause: String?
}

/// A talkspurt in Asterisk's sense, or a period of non-silence with the silence that ended it.
struct ReferenceTalkspurt: Equatable {
    /// Where its first frame begins.
    var start: Int
    /// As the rules measure it.
    var length: Int
    /// Where it was over.
    var decided: Int
    /// Whether anything in it was not silent.
    var hasTalk = true
}

struct ReferenceTalkParameters {
    var silence: Int
    var minimum: Int
    var maximum: Int?
    var analysis: Int?
    /// The length of the media in samples, if it isn't that of the recording.
    var media: Int?

    /// The first talkspurt that is neither too short nor too long.
    func qualifying(_ talkspurts: [ReferenceTalkspurt]) -> ReferenceTalkspurt? {
        talkspurts.first { $0.length > minimum * 8 && $0.length < (maximum ?? .max / 8) * 8 }
    }
}

/// Frames seen through a threshold.
struct ReferenceRules {
    let frames: [ReferenceFrame]
    let threshold: Int

    init(frames: [ReferenceFrame], threshold: Int) {
        self.frames = frames
        self.threshold = threshold
    }

    init(samples: [Int16], frameLength: Int, threshold: Int) {
        self.init(frames: ReferenceFrame.frames(of: samples, length: frameLength), threshold: threshold)
    }

    var end: Int { frames.last?.end ?? 0 }

    func isSilent(_ index: Int) -> Bool { frames[index].level < threshold }

    /// `totalsilence` after a frame, of a detector that was new before the frame `first`: looked up backwards.
    func totalSilence(at index: Int, since first: Int = 0) -> Int {
        var total = 0
        var index = index
        while index >= first, isSilent(index) {
            total += frames[index].milliseconds
            index -= 1
        }
        return total
    }
}

// MARK: - Asterisk's rules

extension ReferenceRules {
    /// Every talkspurt that is closed before analysis is over.
    func asteriskTalkspurts(_ parameters: ReferenceTalkParameters) -> [ReferenceTalkspurt] {
        let analysed = frames.indices.prefix { index in
            if let media = parameters.media, media <= frames[index].start { return false }
            if let analysis = parameters.analysis, frames[index].end >= analysis * 8 { return false }
            return true
        }
        let closing = analysed.map { isSilent($0) && totalSilence(at: $0) > parameters.silence }
        var talkspurts: [ReferenceTalkspurt] = []
        var search = 0
        while let first = closing[search...].firstIndex(of: false), let last = closing[first...].firstIndex(of: true) {
            let elapsed = (frames[last].end - frames[first].end) / 8
            talkspurts.append(
                ReferenceTalkspurt(
                    start: frames[first].start,
                    length: 8 * max(0, elapsed - parameters.silence),
                    decided: frames[last].end,
                    hasTalk: (first...last).contains { !isSilent($0) }
                )
            )
            search = last + 1
        }
        return talkspurts
    }

    func asteriskTalk(_ parameters: ReferenceTalkParameters) -> ReferenceOutcome {
        Self.talk(asteriskTalkspurts(parameters), parameters)
    }

    func asteriskSilence(silence: Int, iterations: Int, timeout: Int) -> ReferenceOutcome {
        var first = 0
        var met = 0
        for index in frames.indices {
            if totalSilence(at: index, since: first) >= silence {
                met += 1
                first = index + 1
                if met == iterations { return ReferenceOutcome(result: "SILENCE", decided: frames[index].end) }
            } else if timeout > 0, frames[index].end >= timeout * 8000 {
                return ReferenceOutcome(result: "TIMEOUT", decided: frames[index].end)
            }
        }
        return ReferenceOutcome(result: "HANGUP", decided: end)
    }

    /// The same as a line delivers the frames, each when it is over: who waits for silence_ms without one has heard silence.
    func liveSilence(silence: Int, iterations: Int, timeout: Int) -> ReferenceOutcome {
        var (first, met, instant) = (0, 0, 0)
        for index in frames.indices {
            let waits = silence > 0 ? max(0, frames[index].end - instant) / (silence * 8) : 0
            if waits > 0 { first = index }
            guard met + waits < iterations else {
                return ReferenceOutcome(result: "SILENCE", decided: instant + (iterations - met) * silence * 8)
            }
            met += waits
            instant = frames[index].end
            if totalSilence(at: index, since: first) >= silence {
                met += 1
                first = index + 1
                if met == iterations { return ReferenceOutcome(result: "SILENCE", decided: instant) }
            } else if timeout > 0, instant >= timeout * 8000 {
                return ReferenceOutcome(result: "TIMEOUT", decided: instant)
            }
        }
        return ReferenceOutcome(result: "HANGUP", decided: end)
    }

    func asteriskRecording(silence: Int, maximum: Int) -> ReferenceOutcome {
        for index in frames.indices where maximum == 0 || frames[index].end <= maximum * 8000 {
            if silence > 0, totalSilence(at: index) > silence * 1000 {
                let end = frames[index].end
                return ReferenceOutcome(result: "SILENCE", decided: end, kept: end - (silence - 1) * 8000)
            }
        }
        if maximum > 0, end >= maximum * 8000 {
            // A frame that is not over by then has not been received.
            let kept = frames.last { $0.end <= maximum * 8000 }?.end ?? 0
            return ReferenceOutcome(result: "TIMEOUT", decided: maximum * 8000, kept: kept)
        }
        return ReferenceOutcome(result: "HANGUP", decided: end, kept: end)
    }
}

// MARK: - The documented rules

extension ReferenceRules {
    /// Whether all the samples of a range are there and lie in silent frames.
    func isSilent(_ range: Range<Int>) -> Bool {
        guard range.upperBound <= end else { return false }
        let length = frames[0].end
        return (range.lowerBound / length...(range.upperBound - 1) / length).allSatisfy { isSilent($0) }
    }

    /// The ends of loud frames: only there can a silence begin.
    private var loudEnds: [Int] { frames.indices.filter { !isSilent($0) }.map { frames[$0].end } }

    /// The first instant not before `instant` from which on there is silence for a time, looked for at every place.
    private func silence(of length: Int, from instant: Int) -> Range<Int>? {
        ([instant] + loudEnds.filter { $0 > instant }).lazy.map { $0..<($0 + length) }.first { isSilent($0) }
    }

    /// Every period that is followed by enough silence within the playback and the time for analysis.
    func documentedTalkspurts(_ parameters: ReferenceTalkParameters) -> [ReferenceTalkspurt] {
        let limit = min(parameters.media ?? .max, (parameters.analysis ?? .max / 8) * 8)
        var periods: [ReferenceTalkspurt] = []
        var onset: Int?
        for index in frames.indices where !isSilent(index) {
            let first = onset ?? frames[index].start
            onset = first
            let pause = frames[index].end..<(frames[index].end + parameters.silence * 8)
            guard isSilent(pause) else { continue }
            periods.append(
                ReferenceTalkspurt(start: first, length: pause.lowerBound - first, decided: pause.upperBound)
            )
            onset = nil
        }
        return periods.filter { $0.decided <= limit }
    }

    func documentedTalk(_ parameters: ReferenceTalkParameters) -> ReferenceOutcome {
        Self.talk(documentedTalkspurts(parameters), parameters)
    }

    func documentedSilence(silence: Int, iterations: Int, timeout: Int) -> ReferenceOutcome {
        var instant: Int? = 0
        for _ in 0..<iterations {
            instant = instant.flatMap { self.silence(of: silence * 8, from: $0)?.upperBound }
        }
        if timeout > 0, min(instant ?? .max, end + 1) > timeout * 8000 {
            return ReferenceOutcome(result: "TIMEOUT", decided: timeout * 8000)
        }
        return instant.map { ReferenceOutcome(result: "SILENCE", decided: $0) }
            ?? ReferenceOutcome(result: "HANGUP", decided: end)
    }

    func documentedRecording(silence: Int, maximum: Int) -> ReferenceOutcome {
        let instant = silence > 0 ? self.silence(of: silence * 8000, from: 0)?.upperBound : nil
        if maximum > 0, min(instant ?? .max, end + 1) > maximum * 8000 {
            return ReferenceOutcome(result: "TIMEOUT", decided: maximum * 8000, kept: maximum * 8000)
        }
        return instant.map { ReferenceOutcome(result: "SILENCE", decided: $0, kept: $0) }
            ?? ReferenceOutcome(result: "HANGUP", decided: end, kept: end)
    }

    /// What both rule sets do with their talkspurts.
    static func talk(_ talkspurts: [ReferenceTalkspurt], _ parameters: ReferenceTalkParameters) -> ReferenceOutcome {
        guard let talkspurt = parameters.qualifying(talkspurts) else { return ReferenceOutcome(result: "0") }
        return ReferenceOutcome(result: "TALK", decided: talkspurt.decided, talk: talkspurt.length)
    }
}
