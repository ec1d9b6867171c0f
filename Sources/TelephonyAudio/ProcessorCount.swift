import Glibc

/// How many processors there are.
package enum ProcessorCount {
    /// Those that the process may run on (`Cpus_allowed` of proc_pid_status(5)); at least one.
    package static var usable: Int {
        guard let file = fopen("/proc/self/status", "re") else { return 1 }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 4096)
        while fgets(&line, Int32(line.count), file) != nil {
            let text = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            guard text.hasPrefix("Cpus_allowed:") else { continue }
            let mask = text.dropFirst("Cpus_allowed:".count)
            return max(mask.reduce(0) { $0 + ($1.hexDigitValue?.nonzeroBitCount ?? 0) }, 1)
        }
        return 1
    }
}
