import Glibc

/// Time that has passed, and that this process has worked, in seconds.
struct Usage {
    let wall: Double
    let cpu: Double

    static var now: Usage {
        var clock = timespec()
        clock_gettime(CLOCK_MONOTONIC, &clock)
        let usage = resources
        let cpu = [usage.ru_utime, usage.ru_stime].reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
        return Usage(wall: Double(clock.tv_sec) + Double(clock.tv_nsec) / 1e9, cpu: cpu)
    }

    /// The most memory that was resident so far.
    static var peakMegabytes: Int { resources.ru_maxrss / 1024 }

    private static var resources: rusage {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage
    }

    static func - (end: Usage, start: Usage) -> Usage { Usage(wall: end.wall - start.wall, cpu: end.cpu - start.cpu) }
}
