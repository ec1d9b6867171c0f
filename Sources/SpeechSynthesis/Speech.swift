public import TelephonyAudio

/// A spoken text: what the engine delivered, and the pauses of the markup.
public struct Speech: Sendable, Hashable {
    /// The local voice that spoke, and for whom.
    public let standIn: StandIn
    /// The voices that speak parts of it, for markup that wants others; the order is that of the text.
    public let otherVoices: [StandIn]
    /// How fast it was spoken, in words per minute, and how high, 0...99, before markup changes them.
    public let rate: Int, pitch: Int
    /// The version of the engine that spoke.
    public let engineVersion: String
    /// The sound: 22,050 samples per second, not all of them 0.
    ///
    /// `AudioConversion` makes telephony audio of it: `speech.pcm.phoneAudio()`.
    public let pcm: LinearPCM
    /// What in the markup has no effect, with line and column, and what a voice can't read: a sentence each.
    public let warnings: [String]

    /// How long it plays before anything is trimmed or padded.
    public var duration: Duration { pcm.duration }
}
