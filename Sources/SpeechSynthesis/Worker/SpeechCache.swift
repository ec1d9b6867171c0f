import Synchronization
import TelephonyAudio

/// Samples that were spoken before, of which those that were not used for longest go first.
final class SpeechCache: Sendable {
    private struct Entry {
        let recording: Recording
        var lastUse: Int
    }

    private struct State {
        var catalog: VoiceCatalog?
        var entries: [SpeechKey: Entry] = [:]
        var byteCount = 0
        var uses = 0
    }

    private let capacity: Int
    private let state = Mutex(State())

    /// - Parameter capacity: the most bytes of samples that are kept.
    init(capacity: Int) { self.capacity = capacity }

    /// What the engine has, once it was asked.
    var catalog: VoiceCatalog? {
        get { state.withLock { $0.catalog } }
        set { state.withLock { $0.catalog = newValue } }
    }

    /// The recording for a key.
    subscript(key: SpeechKey) -> Recording? {
        get {
            state.withLock { state in
                state.uses += 1
                state.entries[key]?.lastUse = state.uses
                return state.entries[key]?.recording
            }
        }
        set {
            guard let newValue, Self.cost(key, newValue) <= capacity else { return }
            state.withLock { state in
                state.uses += 1
                if let old = state.entries.removeValue(forKey: key) { state.byteCount -= Self.cost(key, old.recording) }
                state.byteCount += Self.cost(key, newValue)
                state.entries[key] = Entry(recording: newValue, lastUse: state.uses)
                while state.byteCount > capacity,
                    let (oldest, entry) = state.entries.min(by: { $0.value.lastUse < $1.value.lastUse })
                {
                    state.entries.removeValue(forKey: oldest)
                    state.byteCount -= Self.cost(oldest, entry.recording)
                }
            }
        }
    }

    private static func cost(_ key: SpeechKey, _ recording: Recording) -> Int {
        recording.pcm.count + key.text.utf8.count
    }
}
