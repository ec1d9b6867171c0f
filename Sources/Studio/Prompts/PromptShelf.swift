import AudioConversion
import NIOHTTP1
import Presentation
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
    private let kept: AudioCache<String, Prompt>
    private let limit: Int
    private let count = Atomic(0)

    /// - Parameter limit: the most bytes that prompts may take.
    init(limit: Int) {
        self.limit = limit
        kept = AudioCache(maximumByteCount: limit)
    }

    /// Keeps a prompt, and names it.
    ///
    /// - Throws: 413 if there is no room for it, even alone.
    func add(_ prompt: Prompt) throws(StudioError) -> String {
        let bytes = prompt.source.byteCount + prompt.result.byteCount + prompt.phone.byteCount
        guard bytes <= limit else {
            throw StudioError(
                .payloadTooLarge,
                "the prompt lasts \(prompt.result.duration.minutes) minutes, and there is room for \(longest.minutes): divide it"
            )
        }
        let id = "p\(count.add(1, ordering: .relaxed).newValue)"
        kept.insert(prompt, for: id, byteCount: bytes)
        return id
    }

    /// The longest prompt that there is room for.
    private var longest: Duration {
        Duration(samples: limit / (3 * RecordingSound.bytesPerSample))
    }

    /// - Throws: 404 if there is none, or not any more.
    func find(_ id: String) throws(StudioError) -> Prompt {
        guard let prompt = kept.value(for: id) else { throw .notFound }
        return prompt
    }
}

extension Duration {
    /// As in `46.6`.
    fileprivate var minutes: String { decimal(self / .seconds(60), 1) }
}
