import SystemPackage

#if canImport(Glibc)
    import CLinux
    import Glibc
#endif

/// Programs that this process starts, waits for and ends.
extension CLibrary {
    /// Starts a program.
    ///
    /// - Parameters:
    ///   - path: of the program.
    ///   - arguments: what follows its name.
    ///   - descriptors: which of ours it has, and as which of its own; beyond standard input, output and errors no others.
    ///   - hasInput: whether one of them is its standard input; else it reads nothing there.
    ///   - inOwnGroup: whether it is the first of a group, and heeds signals as programs do unless they are told otherwise.
    static func start(
        _ path: String, _ arguments: [String], _ descriptors: [(ours: FileDescriptor, its: Int32)], hasInput: Bool,
        inOwnGroup: Bool
    ) throws(Errno) -> Int32 {
        // These give their error back, and do not set errno.
        func check(_ code: Int32) throws(Errno) { if code != 0 { throw Errno(rawValue: code) } }
        var actions = posix_spawn_file_actions_t()
        try check(posix_spawn_file_actions_init(&actions))
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (ours, its) in descriptors { try check(posix_spawn_file_actions_adddup2(&actions, ours.rawValue, its)) }
        // A server's sockets are inherited: what was closed here would stay open there.
        let kept = Set(descriptors.map(\.its))
        let end = max(2, kept.max() ?? 2) + 1
        for other in 3..<end where !kept.contains(other) {
            try check(posix_spawn_file_actions_addclose(&actions, other))
        }
        try check(posix_spawn_file_actions_addclosefrom_np(&actions, end))
        if !hasInput { try check(posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)) }
        var words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var process: pid_t = 0
        guard inOwnGroup else {
            try check(posix_spawn(&process, path, &actions, nil, &words, environ))
            return process
        }
        var attributes = posix_spawnattr_t()
        try check(posix_spawnattr_init(&attributes))
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigfillset(&signals)
        try check(posix_spawnattr_setsigdefault(&attributes, &signals))
        // Threads of a queue have them blocked, and a shell would never hear of a child's end.
        sigemptyset(&signals)
        try check(posix_spawnattr_setsigmask(&attributes, &signals))
        try check(posix_spawnattr_setpgroup(&attributes, 0))
        try check(
            posix_spawnattr_setflags(
                &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK)))
        try check(posix_spawn(&process, path, &actions, &attributes, &words, environ))
        return process
    }

    /// Becomes another program, with the same arguments, byte for byte.
    ///
    /// - Returns: why it could not.
    static func become(_ path: String) -> Errno {
        execv(path, CommandLine.unsafeArgv)
        return Errno(rawValue: errno)
    }

    /// A descriptor that is ready to read once a process has ended.
    static func endDescriptor(of process: Int32) throws(Errno) -> FileDescriptor {
        FileDescriptor(rawValue: try call { clinux_pidfd_open(process) })
    }

    /// How a process ended, which is asked once; nil if it goes on.
    static func end(of process: Int32, waiting: Bool) throws(Errno) -> ChildProcess.Exit? {
        var status: Int32 = 0
        let ended = try call { waitpid(process, &status, waiting ? 0 : WNOHANG) }
        guard ended == process else { return nil }
        return status & 0x7F == 0 ? .code(status >> 8 & 0xFF) : .signal(status & 0x7F)
    }

    /// Lets the system tell how children have ended, which it does not where SIGCHLD is ignored.
    static func heedChildren() { _ = signal(SIGCHLD, SIG_DFL) }

    /// Ends the process when what it writes to is read no more, which does not happen where SIGPIPE is ignored.
    static func endWithoutReaders() { _ = signal(SIGPIPE, SIG_DFL) }

    /// Opens a file to read it, by a path without zeros; a named pipe is not waited for.
    static func open(_ path: [UInt8]) throws(Errno) -> FileDescriptor {
        let number = try call {
            (path + [0]).withUnsafeBytes {
                Glibc.open($0.assumingMemoryBound(to: CChar.self).baseAddress!, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
            }
        }
        return FileDescriptor(rawValue: number)
    }

    /// Whether there are processes of a group.
    static func hasGroup(_ group: Int32) -> Bool { Glibc.kill(-group, 0) == 0 }

    static func kill(_ process: Int32) throws(Errno) {
        _ = try call { Glibc.kill(process, SIGKILL) }
    }

    /// What a signal is called, as in "Floating point exception".
    static func name(ofSignal signal: Int32) -> String {
        strsignal(signal).map { String(cString: $0) } ?? "signal \(signal)"
    }

    /// What becomes of a descriptor that is waited for.
    enum Readiness {
        case notReady
        /// There is something to read, or the end.
        case readable
        /// Nobody writes to it any more, and there is nothing left.
        case hungUp
    }

    /// Waits until one of some descriptors is ready.
    ///
    /// - Parameters:
    ///   - descriptors: nil is not waited for.
    ///   - patience: how long to wait at the most; nil waits forever.
    static func wait(
        for descriptors: [FileDescriptor?], patience: Duration?
    ) throws(Errno) -> [Readiness] {
        // poll passes over -1.
        var polled = descriptors.map { pollfd(fd: $0?.rawValue ?? -1, events: Int16(POLLIN), revents: 0) }
        var milliseconds: Int32 = -1
        if let patience {
            // Rounded up, so that nobody asks again and again in the last millisecond.
            milliseconds = Int32(min((max(patience, .zero) / .milliseconds(1)).rounded(.up), 1e9))
        }
        guard poll(&polled, nfds_t(polled.count), milliseconds) >= 0 else {
            let error = Errno(rawValue: errno)
            // The caller knows how much of its time is left.
            guard error == .interrupted else { throw error }
            return descriptors.map { _ in .notReady }
        }
        return polled.map { $0.revents == 0 ? .notReady : $0.revents & Int16(POLLIN) != 0 ? .readable : .hungUp }
    }

    static func pause(microseconds: UInt32) { usleep(microseconds) }
}
