public import TelephonyAudio

/// A spoken text, as the engine delivered it.
public struct Speech: Sendable, Hashable {
    /// The local voice that spoke, and for whom.
    public let standIn: StandIn
    /// The version of the engine that spoke.
    public let engineVersion: String
    /// The sound: 22,050 samples per second, not all of them 0.
    ///
    /// `AudioConversion` makes telephony audio of it: `speech.pcm.phoneAudio()`.
    public let pcm: LinearPCM
    /// What in the markup has no effect, a sentence with line and column each; empty for plain text.
    public let warnings: [String]

    /// How long it plays before anything is trimmed or padded.
    public var duration: Duration { pcm.duration }
}
