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
/// hangs is an error for that text alone; and so many texts are spoken at a time as there are processors. Texts that come
/// again are kept, those that come at once are spoken once.
///
/// Texts may come from anybody. A text is no longer than ``SpeechLimits`` say; markup is read here, and the engine gets what was
/// understood of it, written anew, in a process that can open no file but the engine's data and start no program.
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
    /// - Parameter utterance: the text, and how it is to be spoken.
    /// - Returns: what the engine delivered, never empty.
    /// - Throws: a ``SpeechError``: `text`, `markup`, `usage`, `unknownVoice`, `unknownLanguage` for what can't be spoken;
    ///   `engine` or `limit` if the engine crashes on it or takes too long; `unavailable` if it is not installed;
    ///   `cancelled` if the task is, which ends the engine too unless others wait for the same.
    public func speech(for utterance: Utterance) async throws(SpeechError) -> Speech {
        let prepared = try utterance.prepared(limits)
        let catalog = try await catalog()
        let standIn = try catalog.standIn(for: utterance.voice)
        let key = SpeechKey(utterance, prepared, standIn, engineVersion: catalog.engineVersion)
        return Speech(
            standIn: standIn, engineVersion: catalog.engineVersion, pcm: try await recording(for: key),
            warnings: prepared.warnings)
    }

    private func recording(for key: SpeechKey) async throws(SpeechError) -> LinearPCM {
        if let recording = cache.value(for: key) { return recording }
        return try await recordings.product(for: key) { [self] cancellation throws(SpeechError) in
            let recording = try WorkerProgram(worker).speak(key, limits, cancellation)
            cache.insert(recording, for: key, byteCount: recording.bytes.count + key.text.utf8.count)
            return recording
        }
    }
}

/// All that the samples of a text depend on.
struct SpeechKey: Hashable, Sendable {
    let engineVersion: String
    /// The file of the voice, with its variant.
    let voice: String
    let rate: Int
    let pitch: Int
    let isSSML: Bool
    /// As the engine reads it.
    let text: String

    init(_ utterance: Utterance, _ prepared: PreparedText, _ standIn: StandIn, engineVersion: String) {
        self.engineVersion = engineVersion
        voice = standIn.file
        rate = utterance.rate
        pitch = min(
            max(utterance.pitch + standIn.pitchOffset, Utterance.pitches.lowerBound), Utterance.pitches.upperBound)
        isSSML = utterance.isSSML
        text = prepared.text
    }
}
