import SpeechMarkup
import TelephonyAudio

/// How a text is spoken: by whom, in which parts, with which pauses.
struct SpeechPlan: Hashable {
    enum Step: Hashable {
        /// Nothing, for so long.
        case pause(Duration)
        case speak(SpeechKey)
    }

    let steps: [Step]
    let standIn: StandIn
    let otherVoices: [StandIn]
    let rate: Int
    let pitch: Int
    let engineVersion: String
    let warnings: [String]

    /// What the engine is asked for.
    var keys: [SpeechKey] {
        steps.compactMap { if case .speak(let key) = $0 { key } else { nil } }
    }

    /// - Throws: `unknownVoice` for what the markup wants and there is not.
    init(
        _ utterance: Utterance, _ prepared: PreparedText, _ catalog: VoiceCatalog, _ book: VoiceBook
    ) throws(SpeechError) {
        let standIn = try catalog.standIn(for: utterance.voice, in: book)
        var steps: [Step] = []
        var voices: [StandIn] = []
        var notes = prepared.warnings
        var unread: [String] = []
        for piece in prepared.pieces {
            guard case .speech(var part) = piece else {
                if case .pause(let pause) = piece { steps.append(.pause(pause)) }
                continue
            }
            var speaker = standIn
            for wish in part.wishes {
                do throws(SpeechError) {
                    let (chosen, shortcoming) = try catalog.standIn(for: wish, instead: speaker, book)
                    speaker = chosen
                    if let shortcoming { notes.append(wish.place.with(shortcoming)) }
                } catch {
                    throw SpeechError(
                        error.code, error.subject, "the SSML, \(wish.place.with(error.reason))")
                }
            }
            if speaker != standIn, !voices.contains(speaker) { voices.append(speaker) }
            part.map { run in
                utterance.lexicon.runs(of: run, spokenBy: speaker.voice).map { run in
                    var run = run
                    if utterance.saysDigits, run.kind == .text { run.text = run.text.digitsApart }
                    return run
                }
            }
            let key = SpeechKey(part, speaker, utterance, engineVersion: catalog.engineVersion)
            steps.append(.speak(key))
            let voice = speaker.voice
            let unknown = part.runs.filter { $0.kind == .phonemes }.compactMap { run in
                catalog.unknownSound(in: run.text, of: voice).map { sound in
                    "\(voice.file) (\(voice.name)) knows no sound \(excerpt(of: sound)) of [[\(run.text)]]; it is left out, with what follows it in the word"
                }
            }
            for warning in unknown + [Legibility.warning(on: part.words, readBy: voice)].compactMap({ $0 })
            where !unread.contains(warning) { unread.append(warning) }
        }
        self.steps = steps
        self.standIn = standIn
        otherVoices = voices
        rate = utterance.rate ?? standIn.rate ?? Utterance.usualRate
        pitch = utterance.pitch(of: standIn)
        engineVersion = catalog.engineVersion
        var told: Set<MarkupFinding> = []
        warnings =
            notes.filter { told.insert($0).inserted }.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
            .map { "the SSML, \($0)" } + unread
    }

    /// The sound of all parts, with the pauses between them.
    ///
    /// - Parameter recordings: what the engine made of each of ``keys``.
    /// - Throws: `text` if there is nothing to hear in it, `limit` if it is too long.
    func sound(of recordings: [SpeechKey: LinearPCM], _ text: String, _ limits: SpeechLimits) throws(SpeechError)
        -> LinearPCM
    {
        let all = keys.compactMap { recordings[$0] }
        // Of text that it can't read, as of "...", the engine makes a few milliseconds of nothing.
        guard let first = all.first, all.contains(where: { $0.bytes.contains { $0 != 0 } }) else {
            throw SpeechError(
                .text, excerpt(of: text), "holds nothing that the voice \(standIn.file) can speak")
        }
        guard all.allSatisfy({ $0.sampleRate == first.sampleRate }) else {
            throw SpeechError(.engine, excerpt(of: text), "its voices have different sample rates; divide it")
        }
        if steps.count == 1 { return first }
        let counts = steps.map { step in
            switch step {
            case .pause(let pause): 2 * ((first.sampleRate * pause.microseconds + 500_000) / 1_000_000)
            case .speak(let key): recordings[key]?.bytes.count ?? 0
            }
        }
        let total = counts.reduce(0, +)
        guard Double(total) / Double(2 * first.sampleRate) <= limits.maximumDuration / .seconds(1) else {
            throw SpeechError(.limit, excerpt(of: text), "becomes longer than is accepted; divide it")
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(total)
        for (step, count) in zip(steps, counts) {
            switch step {
            case .pause: bytes += repeatElement(0, count: count)
            case .speak(let key): bytes += recordings[key]?.bytes ?? []
            }
        }
        return LinearPCM(sampleRate: first.sampleRate, bytes: bytes)
    }
}

extension Duration {
    /// A pause in microseconds, of which markup has no parts.
    var microseconds: Int { Int((self / .microseconds(1)).rounded()) }
}

extension Utterance {
    /// How high a voice speaks it.
    func pitch(of standIn: StandIn) -> Int {
        let pitch = (self.pitch ?? standIn.pitch ?? Self.usualPitch) + standIn.pitchOffset
        return min(max(pitch, Self.pitches.lowerBound), Self.pitches.upperBound)
    }
}

/// All that the samples of a part depend on.
struct SpeechKey: Hashable, Sendable {
    let engineVersion: String
    /// The file of the voice, with its variant.
    let voice: String
    let rate: Int
    let pitch: Int
    let isMarkup: Bool
    /// Whether sounds stand in double brackets.
    let hasPhonemes: Bool
    /// As the engine reads it.
    let text: String

    init(_ part: SpokenPart, _ speaker: StandIn, _ utterance: Utterance, engineVersion: String) {
        self.engineVersion = engineVersion
        voice = speaker.file
        rate = utterance.rate ?? speaker.rate ?? Utterance.usualRate
        pitch = utterance.pitch(of: speaker)
        (text, isMarkup, hasPhonemes) = part.engineText(base: pitch)
    }
}
