/// How far a handler is explored.
public struct ExplorationBounds: Sendable, Hashable {
    /// The most commands of a path that are ended in every way.
    ///
    /// In the one that follows them the caller hangs up; calls in which nobody does anything from there on are longer.
    public var maximumDepth = 8
    /// The most calls that are placed.
    public var maximumCalls = 5000
    /// How many calls are in progress at a time.
    public var concurrency = 4
    /// Rows of keys that callers press when `read` has room for them, beside those that are always tried.
    public var keys: [String] = []
    /// After how many commands a call is said not to end, of a caller who does nothing.
    public var loopBound = 300
    /// Whether the handler keeps nothing but `variables`.
    ///
    /// Then what leads to the same command with the same variables need not be followed twice; of a handler that keeps more
    /// elsewhere, paths would be missed.
    public var isStateless = false

    /// The defaults.
    public init() {}
}
