import Glibc

/// How many files the system lets the process have open, of which each connection is one.
enum FileLimit {
    /// What a process has open beside its connections: standard streams, event loops, files that are read.
    private static let reserve = 64

    /// Raises the limit as far as it may be without asking anybody, which most shells leave at 1024.
    ///
    /// - Returns: how many connections there can be.
    static func connections() -> Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return .max }
        if limit.rlim_cur < limit.rlim_max {
            var raised = limit
            raised.rlim_cur = limit.rlim_max
            if setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &raised) == 0 { limit = raised }
        }
        return max(Int(clamping: limit.rlim_cur) - reserve, 1)
    }
}
