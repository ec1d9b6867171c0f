import Files

/// Bounds on what one utterance may take, so that no text eats memory or time.
public struct SpeechLimits: Sendable, Hashable {
    /// The longest text, in bytes of UTF-8; 1 MiB unless set.
    public var maximumTextBytes = 1 << 20

    /// The longest audio that the engine may deliver; 2 hours unless set.
    public var maximumDuration = Duration.seconds(2 * 3600)

    /// How long the engine may take for a text before it is ended; 30 seconds unless set.
    public var patience = Duration.seconds(30)

    /// How many texts are spoken at a time; the number of processors unless set.
    public var concurrency: Int

    /// The most bytes of audio that are kept for texts that come again; 64 MiB unless set, 0 for none.
    public var cacheBytes = 64 << 20

    /// The defaults.
    public init() {
        concurrency = ProcessorCount.usable
    }
}
