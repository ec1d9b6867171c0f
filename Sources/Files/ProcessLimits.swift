import SystemPackage

/// How much of the machine the process may use.
package enum ProcessLimits {
    /// Raises the number of files it may have open as far as it may without asking anybody; most shells leave it at 1024.
    ///
    /// - Returns: how many that is; nil if the system does not tell.
    package static func raiseOpenFiles() -> Int? {
        guard let limit = try? CLibrary.limit(of: .openFiles) else { return nil }
        // Where it can't be raised, it stays what it is.
        let isRaised =
            limit.now < limit.highest
            && (try? CLibrary.setLimit(of: .openFiles, now: limit.highest, highest: limit.highest)) != nil
        return Int(clamping: isRaised ? limit.highest : limit.now)
    }

    /// Bounds a process that works for another one, so that it ends whatever becomes of that or of itself.
    ///
    /// Signals that whoever started it has blocked are let through, since they are what it is ended with.
    ///
    /// - Parameters:
    ///   - processorSeconds: how long it may compute.
    ///   - memory: how many bytes it may have.
    ///   - lifetime: how many seconds it may live, waiting or not.
    /// - Throws: `start` if the system refuses a bound.
    package static func bound(processorSeconds: Int, memory: Int, lifetime: Int) throws(SystemError) {
        do throws(Errno) {
            try CLibrary.unblockSignals()
            CLibrary.endProcess(afterSeconds: UInt32(clamping: lifetime))
            for (resource, value) in [
                (CLibrary.Resource.processorSeconds, UInt(processorSeconds)), (.memoryBytes, UInt(memory)),
                (.coreDumpBytes, 0),
            ] {
                // What was bounded more closely before stays so; nobody may raise that.
                let bound = min(value, try CLibrary.limit(of: resource).highest)
                try CLibrary.setLimit(of: resource, now: bound, highest: bound)
            }
        } catch { throw SystemError(.start, OwnProcess.executable ?? "this program", error) }
    }
}
