import AudioConversion
import Synchronization
import TelephonyAudio

/// A prompt that is being made: what came, and what it becomes.
struct Prompt: Sendable {
    /// As it came, at 8000 Hz, mono.
    let source: RecordingSound
    /// What the platform would be sent.
    let result: RecordingSound
    /// What arrives of that through A-law.
    let phone: RecordingSound

    /// The forms in which it is heard and drawn.
    enum Form: String {
        case source, result, phone
    }

    init(source: PhoneAudio, result: PhoneAudio) {
        self.source = RecordingSound(source)
        self.result = RecordingSound(result)
        phone = RecordingSound(PhoneAudio(samples: G711.alaw.roundTrip(result.samples[...])))
    }

    func sound(_ form: Form) -> RecordingSound {
        switch form {
        case .source: source
        case .result: result
        case .phone: phone
        }
    }
}

/// The prompts of the page: in memory, those that were not used for longest go first.
final class PromptShelf: Sendable {
    private let kept = AudioCache<String, Prompt>(maximumByteCount: 256 << 20)
    private let count = Atomic(0)

    /// Keeps a prompt, and names it.
    func add(_ prompt: Prompt) -> String {
        let id = "p\(count.add(1, ordering: .relaxed).newValue)"
        let bytes = prompt.source.byteCount + prompt.result.byteCount + prompt.phone.byteCount
        kept.insert(prompt, for: id, byteCount: bytes)
        return id
    }

    /// - Throws: 404 if there is none, or not any more.
    func find(_ id: String) throws(StudioError) -> Prompt {
        guard let prompt = kept.value(for: id) else { throw .notFound }
        return prompt
    }
}
