import Files

/// How many files the system lets the process have open, of which each connection is one.
enum FileLimit {
    /// What a process has open beside its connections: standard streams, event loops, files that are read, and look-ups.
    private static let reserve = 64 + LookupClient.maximumCount

    /// Raises the limit as far as it may be without asking anybody, which most shells leave at 1024.
    ///
    /// - Returns: how many connections there can be.
    static func connections() -> Int {
        ProcessLimits.raiseOpenFiles().map { max($0 - reserve, 1) } ?? .max
    }
}
