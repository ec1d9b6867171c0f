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

    /// How many bytes of memory the process may still take, where it may have only so much (`ulimit -v`); nil where it may take
    /// what there is.
    package static var memoryLeft: Int? {
        guard let limit = try? CLibrary.limit(of: .memoryBytes).now, limit <= UInt(Int.max),
            // What it has, in pages, is the first number (proc_pid_statm(5)); where that can't be read, nothing is known.
            let taken = try? OpenFile(reading: "/proc/self/statm").contents(limit: 1 << 12),
            let pages = Int(String(decoding: taken.prefix { $0 != UInt8(ascii: " ") }, as: UTF8.self))
        else { return nil }
        return max(0, Int(limit) - pages * CLibrary.pageSize)
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
        try attempt { () throws(Errno) in
            try CLibrary.unblockSignals()
            try CLibrary.giveUp(.outlivingParent)
            CLibrary.endProcess(afterSeconds: UInt32(clamping: lifetime))
            try bound([
                (.processorSeconds, UInt(processorSeconds)), (.memoryBytes, UInt(memory)), (.coreDumpBytes, 0),
            ])
        }
    }

    /// Gives up for good whatever a process does not need that makes sound of somebody's text: from here on it computes,
    /// reads files in one folder, and writes to what is open.
    ///
    /// To start a program or a process, to connect, or to open a file for writing ends it with SIGSYS where the kernel has
    /// seccomp with filters (Linux 4.14); other files can't be opened where it has Landlock (5.13). Where it has neither, the
    /// limits remain: no new processes, which do not bind root, and no more than so many files and bytes. Only threads that
    /// are to come, and this one, are kept from files.
    ///
    /// - Parameters:
    ///   - folder: whose files, and those of folders in it, may still be read.
    ///   - fileBytes: the most that it may write to a file that is open.
    /// - Throws: `start` if the system has a barrier, and refuses it.
    package static func confine(reading folder: String, fileBytes: Int) throws(SystemError) {
        try attempt { () throws(Errno) in
            try bound([(.processes, 0), (.openFiles, 64), (.fileBytes, UInt(fileBytes))])
            try CLibrary.giveUp(.newRights)
            for right in [CLibrary.Right.files(but: folder), .systemCalls] {
                do throws(Errno) { try CLibrary.giveUp(right) } catch {
                    // What the kernel lacks, or keeps from a container, can't be used; what runs without is no less right.
                    guard [.noFunction, .notSupported, .invalidArgument, .notPermitted].contains(error) else {
                        throw error
                    }
                }
            }
        }
    }

    private static func bound(_ limits: [(resource: CLibrary.Resource, value: UInt)]) throws(Errno) {
        for (resource, value) in limits {
            // What was bounded more closely before stays so; nobody may raise that.
            let bound = min(value, try CLibrary.limit(of: resource).highest)
            try CLibrary.setLimit(of: resource, now: bound, highest: bound)
        }
    }

    private static func attempt(_ body: () throws(Errno) -> Void) throws(SystemError) {
        do throws(Errno) { try body() } catch {
            throw SystemError(.start, OwnProcess.executable ?? "this program", error)
        }
    }
}
