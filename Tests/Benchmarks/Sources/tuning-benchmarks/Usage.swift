import Glibc

/// Time that has passed, and that this process and the children it has waited for have worked, in seconds.
struct Usage {
    let wall: Double
    let cpu: Double

    static var now: Usage {
        var clock = timespec()
        clock_gettime(CLOCK_MONOTONIC, &clock)
        let who = [RUSAGE_SELF, RUSAGE_CHILDREN].map { who in
            var usage = rusage()
            getrusage(__rusage_who_t(who.rawValue), &usage)
            return [usage.ru_utime, usage.ru_stime].reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
        }
        return Usage(wall: Double(clock.tv_sec) + Double(clock.tv_nsec) / 1e9, cpu: who[0] + who[1])
    }

    static func - (end: Usage, start: Usage) -> Usage { Usage(wall: end.wall - start.wall, cpu: end.cpu - start.cpu) }

    /// What work takes: the median of rounds, by wall time.
    static func of(rounds: Int, _ work: () throws -> Void) rethrows -> Usage {
        var usages: [Usage] = []
        for _ in 0..<rounds {
            let start = now
            try work()
            usages.append(now - start)
        }
        return usages.sorted { $0.wall < $1.wall }[rounds / 2]
    }
}
