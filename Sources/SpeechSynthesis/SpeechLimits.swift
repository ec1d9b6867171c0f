import Files

/// Bounds on what one utterance may take, so that no text eats memory or time.
public struct SpeechLimits: Sendable, Hashable {
    /// The longest text, markup and all, in bytes of UTF-8; 16 KiB unless set.
    public var maximumTextBytes = 16 << 10

    /// The longest audio that the engine may deliver, of which a second takes 44 kB; 1 hour unless set.
    public var maximumDuration = Duration.seconds(3600)

    /// How long the engine may take for a text before it is ended; 30 seconds unless set.
    public var patience = Duration.seconds(30)

    /// How many texts are spoken at a time; the number of processors unless set.
    public var concurrency: Int

    /// The most bytes of audio that are kept for texts that come again, 0 for none; 64 MiB unless set, or an eighth of what memory
    /// the process may still take where that is less.
    public var cacheBytes: Int

    /// The defaults.
    public init() {
        concurrency = ProcessorCount.usable
        cacheBytes = min(64 << 20, (ProcessLimits.memoryLeft ?? .max) / 8)
    }
}
