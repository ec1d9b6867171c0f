import Synchronization
public import TelephonyAudio

/// Speaks texts with local voices, so that one hears what a call will sound like, and can use it as audio.
///
/// ```swift
/// let synthesizer = SpeechSynthesizer()
/// let speech = try await synthesizer.speech(for: Utterance("Bonjour", voice: "TTS_FR-FR_AUDREY"))
/// print(speech.duration, speech.standIn)
/// let prompt = try speech.pcm.phoneAudio()            // AudioConversion: 8000 Hz, at -26 dBov, as rtmedia convert --level -26 makes it
/// ```
///
/// The engine is espeak-ng, in a process of its own for each text: the executable `rtmedia-speech`, which lies beside the
/// running executable, or where `RTMEDIA_SPEECH_WORKER` says. So the same version of the engine, voice, rate, pitch and text
/// are the same samples, byte for byte, in any order and for any number of callers; a text on which the engine crashes or
/// hangs is an error for that text alone. As many texts are spoken at a time as there are processors. Texts that come
/// again are kept, those that come at once are spoken once.
///
/// Texts may come from anybody. A text is no longer than ``SpeechLimits`` say; markup is read here, and the engine gets markup
/// that is written from what was understood, in a process that can open no file but the engine's data and start no program.
public final class SpeechSynthesizer: Sendable {
    private let worker: String?
    private let limits: SpeechLimits
    private let knownCatalog = Mutex<VoiceCatalog?>(nil)
    private let cache: AudioCache<SpeechKey, LinearPCM>
    private let catalogs: SharedWork<Int, VoiceCatalog>
    private let recordings: SharedWork<SpeechKey, LinearPCM>

    /// A synthesizer.
    ///
    /// - Parameters:
    ///   - worker: the path of `rtmedia-speech`; nil looks beside the running executable, then where
    ///     `RTMEDIA_SPEECH_WORKER` says.
    ///   - limits: bounds on what one text may take.
    public init(worker: String? = nil, limits: SpeechLimits = SpeechLimits()) {
        self.worker = worker
        self.limits = limits
        cache = AudioCache(maximumByteCount: limits.cacheBytes)
        let pool = WorkPool(size: limits.concurrency)
        catalogs = SharedWork(pool: pool)
        recordings = SharedWork(pool: pool)
    }

    /// What the engine on this machine has; it is asked once.
    ///
    /// - Throws: `unavailable` if it is not installed, with the package that is missing.
    public func catalog() async throws(SpeechError) -> VoiceCatalog {
        if let catalog = knownCatalog.withLock({ $0 }) { return catalog }
        return try await catalogs.product(for: 0) { [self] cancellation throws(SpeechError) in
            let catalog = try WorkerProgram(worker).catalog(limits, cancellation)
            knownCatalog.withLock { $0 = catalog }
            return catalog
        }
    }

    /// Speaks a text.
    ///
    /// - Parameters:
    ///   - utterance: the text, and how it is to be spoken.
    ///   - book: the voices that are assigned by hand.
    /// - Returns: what the engine delivered, never without a sound, with the pauses of the markup, to the sample.
    /// - Throws: a ``SpeechError``: `text`, `markup`, `usage`, `unknownVoice`, `unknownLanguage` for what can't be spoken;
    ///   `engine` or `limit` if the engine crashes on it or takes too long; `unavailable` if it is not installed;
    ///   `inputOutput` if there is no room for a temporary file; `cancelled` if the task is, which ends the engine too unless
    ///   others wait for the same.
    public func speech(for utterance: Utterance, in book: VoiceBook = VoiceBook()) async throws(SpeechError) -> Speech {
        let prepared = try utterance.prepared(limits)
        let plan = try SpeechPlan(utterance, prepared, await catalog(), book)
        let outcomes = await withTaskGroup(of: (SpeechKey, Result<LinearPCM, SpeechError>).self) { group in
            for key in Set(plan.keys) {
                group.addTask {
                    do throws(SpeechError) { return (key, .success(try await self.recording(for: key))) } catch {
                        return (key, .failure(error))
                    }
                }
            }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        var recordings: [SpeechKey: LinearPCM] = [:]
        // The first failure in the order of the text.
        for key in plan.keys {
            switch outcomes[key] {
            case .success(let recording)?: recordings[key] = recording
            case .failure(let error)?: throw error
            case nil: break
            }
        }
        return try speech(plan, recordings, utterance)
    }

    /// The same on the thread that asks, which waits: no other thread is needed.
    package func speechNow(
        for utterance: Utterance, in book: VoiceBook = VoiceBook()
    ) throws(SpeechError) -> Speech {
        let prepared = try utterance.prepared(limits)
        let plan = try SpeechPlan(utterance, prepared, catalogNow(), book)
        var recordings: [SpeechKey: LinearPCM] = [:]
        for key in plan.keys where recordings[key] == nil {
            if let recording = cache.value(for: key) {
                recordings[key] = recording
            } else {
                recordings[key] = try record(key, Cancellation())
            }
        }
        return try speech(plan, recordings, utterance)
    }

    /// What the engine on this machine has, on the thread that asks.
    package func catalogNow() throws(SpeechError) -> VoiceCatalog {
        if let catalog = knownCatalog.withLock({ $0 }) { return catalog }
        let catalog = try WorkerProgram(worker).catalog(limits, Cancellation())
        knownCatalog.withLock { $0 = catalog }
        return catalog
    }

    /// What all samples of a text depend on, as text: the engine, the voices, and what it is handed.
    ///
    /// - Throws: what can't be spoken, as far as that is known before the engine is asked.
    package func fingerprint(
        of utterance: Utterance, in book: VoiceBook = VoiceBook()
    ) throws(SpeechError) -> (text: String, standIn: StandIn, rate: Int, pitch: Int, warnings: [String]) {
        let plan = try SpeechPlan(utterance, utterance.prepared(limits), catalogNow(), book)
        let parts = plan.steps.map { step in
            switch step {
            case .pause(let pause): "pause \(pause.microseconds)"
            case .speak(let key):
                "\(key.voice) \(key.rate) \(key.pitch) \(key.isMarkup) \(key.hasPhonemes) \(key.text.debugDescription)"
            }
        }
        return (
            (["espeak-ng \(plan.engineVersion)"] + parts).joined(separator: "\n"), plan.standIn, plan.rate, plan.pitch,
            plan.warnings
        )
    }

    private func speech(
        _ plan: SpeechPlan, _ recordings: [SpeechKey: LinearPCM], _ utterance: Utterance
    ) throws(SpeechError) -> Speech {
        Speech(
            standIn: plan.standIn, otherVoices: plan.otherVoices, rate: plan.rate, pitch: plan.pitch,
            engineVersion: plan.engineVersion, pcm: try plan.sound(of: recordings, utterance.text, limits),
            warnings: plan.warnings)
    }

    private func recording(for key: SpeechKey) async throws(SpeechError) -> LinearPCM {
        if let recording = cache.value(for: key) { return recording }
        return try await recordings.product(for: key) { [self] cancellation throws(SpeechError) in
            try record(key, cancellation)
        }
    }

    private func record(_ key: SpeechKey, _ cancellation: Cancellation) throws(SpeechError) -> LinearPCM {
        let recording = try WorkerProgram(worker).speak(key, limits, cancellation)
        cache.insert(recording, for: key, byteCount: recording.bytes.count + key.text.utf8.count)
        return recording
    }
}
