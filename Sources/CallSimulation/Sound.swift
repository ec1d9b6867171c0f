import TelephonyAudio

/// What is played, and what is to be said of it.
struct Sound: Sendable {
    /// Where a sound comes from.
    enum Source: Hashable {
        case file(String)
        case speech(text: String, voice: String)
    }

    let audio: PhoneAudio
    /// What is not as it would be on the platform; nil if nothing is known of that kind.
    var note: String?
    /// Whether there is nothing to play, which is an error of the command.
    var isMissing = false

    /// Whether nothing is heard, for a reason that the note tells.
    var isUnheard: Bool { note != nil && audio.samples.isEmpty }
}
