public import RealTimeAPI
public import TelephonyAudio

/// What any command with a prompt can play: text, or an entry of the Media Library.
public enum Prompt: Sendable, Hashable {
    /// Text, and the platform's name of the voice, as in `TTS_FR-FR_AUDREY`; the flow's own voice if nil.
    case say(String, voice: String? = nil)
    /// An entry of the Media Library, 1 or more.
    case library(Int)

    func media(voice: String) -> Media {
        switch self {
        case .say(let text, let own): .speech(text, voice: own ?? voice)
        case .library(let id): .library(id)
        }
    }
}

/// What ``Call/play(_:)`` plays.
public enum Playable: Sendable, Hashable {
    /// Text, and the platform's name of the voice, as in `TTS_FR-FR_AUDREY`; the flow's own voice if nil.
    case say(String, voice: String? = nil)
    /// An entry of the Media Library, 1 or more.
    case library(Int)
    /// An audio file in any format, relative to the host's folder; converted once and sent as `play_wav_data`.
    case audio(String)
    /// Audio in memory; sent as `play_wav_data`. It is encoded each time it is played, where a file is encoded once.
    case sound(PhoneAudio)
    /// What ``Call/record(silence:maxDuration:)`` recorded.
    case recording(MediaFile)
}
