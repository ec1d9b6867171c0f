/// How a ``FlowHost`` treats its calls.
public struct FlowHostOptions: Sendable {
    /// How long a request may wait for its answer, before a filler is sent instead; the platform waits 5 s.
    public var budget = Duration.seconds(4)
    /// How many calls are kept in memory at most; the others continue from their journals.
    public var maximumCalls = 100_000
    /// How many bytes of requests, `variables` and journals calls keep in memory at most; the others continue from their journals.
    ///
    /// Allow for twice as much memory. Commands are not counted, such as audio that is made for one call.
    public var maximumKeptBytes = 256 << 20
    /// How long a call is kept in memory after its last request.
    public var idleTime = Duration.seconds(600)
    /// The most bytes that `variables` may grow to.
    ///
    /// The default leaves room for the rest of a request in HAProxy's buffer of 16 kB: a longer request is not sent again to
    /// another instance.
    public var journalLimit = 12_288
    /// The folder that audio files are relative to.
    public var audioFolder = "."
    /// Is called when a request comes for a version of the flow that is not hosted, since only another instance has it so far; it
    /// may host that version.
    ///
    /// So instances can get a new version one after another, and no call is lost.
    public var onMissingVersion: (@Sendable (FlowHost) async -> Void)?

    /// The defaults.
    public init() {}
}
