import Glibc

/// Time that has passed, and that this process and the children it has waited for have worked, in seconds.
package struct Usage: Sendable {
    package let wall: Double
    package let cpu: Double

    package static var now: Usage {
        var clock = timespec()
        clock_gettime(CLOCK_MONOTONIC, &clock)
        let cpu = [RUSAGE_SELF, RUSAGE_CHILDREN].map { resources($0) }.flatMap { [$0.ru_utime, $0.ru_stime] }
        return Usage(
            wall: Double(clock.tv_sec) + Double(clock.tv_nsec) / 1e9,
            cpu: cpu.reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 })
    }

    /// The most memory of this process that was resident so far.
    package static var peakMegabytes: Int { resources(RUSAGE_SELF).ru_maxrss / 1024 }

    private static func resources(_ who: __rusage_who) -> rusage {
        var usage = rusage()
        getrusage(__rusage_who_t(who.rawValue), &usage)
        return usage
    }

    package static func - (end: Usage, start: Usage) -> Usage {
        Usage(wall: end.wall - start.wall, cpu: end.cpu - start.cpu)
    }

    /// What work takes: the median of rounds, by wall time.
    package static func of(rounds: Int, _ work: () throws -> Void) rethrows -> Usage {
        var usages: [Usage] = []
        for _ in 0..<rounds {
            let start = now
            try work()
            usages.append(now - start)
        }
        return usages.sorted { $0.wall < $1.wall }[rounds / 2]
    }
}
