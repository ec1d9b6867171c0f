import Synchronization
import TelephonyAudio

/// What is played, and what is to be said of it.
struct Sound: Sendable {
    let audio: PhoneAudio
    /// What is not as it would be on the platform; nil if nothing is known of that kind.
    var note: String?
}

/// Sounds that were made, so that each is made once: calls come in thousands, and prompts do not.
///
/// A file that changes meanwhile is not noticed.
final class SoundCache: Sendable {
    /// Where a sound comes from.
    enum Source: Hashable {
        case file(String)
        case speech(text: String, voice: String)
    }

    private struct State {
        var sounds: [Source: Sound] = [:]
        var sampleCount = 0
    }

    /// Half an hour of sound: 29 MB.
    private static let maximumSampleCount = 30 * 60 * PhoneAudio.sampleRate

    private let state = Mutex(State())

    /// A sound, which is made if it is not there.
    func sound(
        _ source: Source, make: () async throws(SimulationError) -> Sound
    ) async throws(SimulationError) -> Sound {
        if let sound = state.withLock({ $0.sounds[source] }) { return sound }
        let sound = try await make()
        state.withLock { state in
            if state.sampleCount + sound.audio.samples.count > Self.maximumSampleCount { state = State() }
            state.sampleCount += sound.audio.samples.count
            state.sounds[source] = sound
        }
        return sound
    }
}
