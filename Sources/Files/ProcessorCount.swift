/// How many processors there are.
package enum ProcessorCount {
    /// Those that the process may run on (`Cpus_allowed` of proc_pid_status(5)); at least one.
    package static var usable: Int {
        // Where that can't be read, one is there for certain.
        guard let status = try? OpenFile(reading: "/proc/self/status").contents(limit: 1 << 16) else { return 1 }
        let field = Array("Cpus_allowed:".utf8)
        guard let line = status.split(separator: UInt8(ascii: "\n")).first(where: { $0.starts(with: field) }) else {
            return 1
        }
        let mask = String(decoding: line.dropFirst(field.count), as: UTF8.self)
        return max(mask.reduce(0) { $0 + ($1.hexDigitValue?.nonzeroBitCount ?? 0) }, 1)
    }
}
