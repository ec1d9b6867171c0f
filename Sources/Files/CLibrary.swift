import SystemPackage

#if canImport(Glibc)
    import CLinux
    import Glibc
#endif

/// What swift-system does not wrap: nothing else calls the C library, so that this is what to change for another system.
///
/// Every return code is checked here, and a call that a signal interrupted is made again.
enum CLibrary {
    /// Makes a call until it is not interrupted.
    static func call<Code: SignedInteger>(_ body: () -> Code) throws(Errno) -> Code {
        while true {
            let code = body()
            guard code < 0 else { return code }
            let error = Errno(rawValue: errno)
            guard error == .interrupted else { throw error }
        }
    }

    // MARK: Files

    /// What makes a file without a name in a folder: `O_TMPFILE`, which Glibc shows only to those who define `_GNU_SOURCE`.
    static let unnamedFile = FileDescriptor.OpenOptions(rawValue: 0o20_000_000 | O_DIRECTORY)

    /// A descriptor of one's own for what another one stands for, 3 or more, that is closed in children.
    static func duplicate(_ descriptor: FileDescriptor) throws(Errno) -> FileDescriptor {
        FileDescriptor(rawValue: try call { fcntl(descriptor.rawValue, F_DUPFD_CLOEXEC, 3) })
    }

    static func setNonBlocking(_ descriptor: FileDescriptor) throws(Errno) {
        _ = try call { fcntl(descriptor.rawValue, F_SETFL, O_NONBLOCK) }
    }

    /// Writes what is in the system's buffers to the disk.
    static func synchronize(_ descriptor: FileDescriptor) throws(Errno) {
        _ = try call { fsync(descriptor.rawValue) }
    }

    /// Gives an open file without a name a name that must be free.
    static func link(_ descriptor: FileDescriptor, to path: String) throws(Errno) {
        try link("/proc/self/fd/\(descriptor.rawValue)", to: path)
    }

    /// Gives a file a second name, which must be free.
    static func link(_ path: String, to name: String) throws(Errno) {
        _ = try call { linkat(AT_FDCWD, path, AT_FDCWD, name, AT_SYMLINK_FOLLOW) }
    }

    static func rename(_ path: String, to name: String) throws(Errno) {
        _ = try call { Glibc.rename(path, name) }
    }

    static func remove(_ path: String) throws(Errno) {
        _ = try call { unlink(path) }
    }

    static func makeFolder(_ path: String, mode: FilePermissions) throws(Errno) {
        _ = try call { mkdir(path, mode.rawValue) }
    }

    /// Where a symbolic link leads.
    static func target(ofLink path: String) throws(Errno) -> FilePath {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
        let count = try call { readlink(path, &buffer, buffer.count - 1) }
        guard count < buffer.count - 1 else { throw .fileNameTooLong }
        return FilePath(platformString: buffer)
    }

    /// What a file is to be used for.
    enum Access {
        case existence
        case reading
        case execution

        fileprivate var mode: Int32 {
            switch self {
            case .existence: F_OK
            case .reading: R_OK
            case .execution: X_OK
            }
        }
    }

    static func expect(_ access: Access, _ path: String) throws(Errno) {
        _ = try call { Glibc.access(path, access.mode) }
    }

    /// The names in a folder, in no order, without `.` and `..`.
    static func names(in folder: String) throws(Errno) -> [String] {
        guard let handle = opendir(folder) else { throw Errno(rawValue: errno) }
        defer { closedir(handle) }
        var names: [String] = []
        while true {
            errno = 0  // which alone tells the end from an error
            guard let entry = readdir(handle) else { break }
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        guard errno == 0 else { throw Errno(rawValue: errno) }
        return names
    }

    /// When a file's content was last changed.
    static func modification(_ status: Stat) -> (seconds: Int, nanoseconds: Int) {
        (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
    }

    // MARK: Threads

    typealias Thread = pthread_t

    /// What a thread does.
    private final class ThreadWork {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Starts a thread, which has to be joined.
    static func startThread(_ work: @escaping @Sendable () -> Void) throws(Errno) -> Thread {
        let argument = Unmanaged.passRetained(ThreadWork(work))
        var thread = Thread()
        // It gives its error back, and does not set errno.
        let code = pthread_create(
            &thread, nil,
            { argument in
                Unmanaged<ThreadWork>.fromOpaque(argument!).takeRetainedValue().run()
                return nil
            }, argument.toOpaque())
        guard code == 0 else {
            argument.release()
            throw Errno(rawValue: code)
        }
        return thread
    }

    /// Waits for a thread to end.
    static func join(_ thread: Thread) { pthread_join(thread, nil) }

    // MARK: This process

    /// Has the process say so, and exit, when it aborts since it gets no memory.
    static func tellLackOfMemory(_ message: StaticString, to descriptor: Int32, status: Int32) throws(Errno) {
        _ = try call {
            clinux_tell_lack_of_memory(message.utf8Start, message.utf8CodeUnitCount, descriptor, status)
        }
    }

    /// How many bytes a page of memory has.
    static var pageSize: Int { Int(getpagesize()) }

    static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

    static func setVariable(_ name: String, _ value: String) throws(Errno) {
        _ = try call { setenv(name, value, 1) }
    }

    static var user: UInt32 { getuid() }

    static var processIdentifier: Int32 { getpid() }

    static func exit(_ status: Int32) -> Never { Glibc.exit(status) }

    static func isTerminal(_ descriptor: FileDescriptor) -> Bool { isatty(descriptor.rawValue) == 1 }

    /// How many columns a terminal has.
    static func columns(_ terminal: FileDescriptor) throws(Errno) -> Int {
        var size = winsize()
        _ = try call { ioctl(terminal.rawValue, UInt(TIOCGWINSZ), &size) }
        return Int(size.ws_col)
    }

    /// What a process may have or use only so much of.
    enum Resource {
        case openFiles
        case processorSeconds
        case memoryBytes
        case coreDumpBytes
        /// Of the user's, those there are already too.
        case processes
        /// Of a file that is written.
        case fileBytes

        fileprivate var number: __rlimit_resource_t {
            let resource =
                switch self {
                case .openFiles: RLIMIT_NOFILE
                case .processorSeconds: RLIMIT_CPU
                case .memoryBytes: RLIMIT_AS
                case .coreDumpBytes: RLIMIT_CORE
                case .processes: __RLIMIT_NPROC
                case .fileBytes: RLIMIT_FSIZE
                }
            return __rlimit_resource_t(resource.rawValue)
        }
    }

    /// How much a process may have, and how far it may raise that itself.
    static func limit(of resource: Resource) throws(Errno) -> (now: UInt, highest: UInt) {
        var limit = rlimit()
        _ = try call { getrlimit(resource.number, &limit) }
        return (limit.rlim_cur, limit.rlim_max)
    }

    /// What a process gives up for good.
    enum Right {
        /// To live longer than the thread that started it.
        case outlivingParent
        /// To have more rights than it has, as by a program that runs as its owner.
        case newRights
        /// All files but those beneath a folder, which may be read.
        case files(but: String)
        /// All system calls but those that compute, read files and write to what is open.
        case systemCalls
    }

    static func giveUp(_ right: Right) throws(Errno) {
        _ = try call {
            switch right {
            case .outlivingParent: clinux_end_with_parent()
            case .newRights: clinux_refuse_new_rights()
            case .files(let folder): clinux_allow_reading_only(folder)
            case .systemCalls: clinux_allow_computing_only()
            }
        }
    }

    static func setLimit(of resource: Resource, now: UInt, highest: UInt) throws(Errno) {
        var limit = rlimit(rlim_cur: now, rlim_max: highest)
        _ = try call { setrlimit(resource.number, &limit) }
    }

    /// Lets every signal through that whoever started the process may have blocked.
    static func unblockSignals() throws(Errno) {
        var none = sigset_t()
        sigemptyset(&none)
        _ = try call { sigprocmask(SIG_SETMASK, &none, nil) }
    }

    /// Ends the process after a time of the wall's clock.
    static func endProcess(afterSeconds seconds: UInt32) { alarm(seconds) }

    // MARK: Time

    enum Clock {
        /// To a few milliseconds, and several times as fast as the precise one.
        case coarse
        case precise
    }

    /// The time since 1970, UTC.
    static func time(_ clock: Clock) -> (seconds: Int, nanoseconds: Int) {
        var time = timespec()
        clock_gettime(clock == .coarse ? CLOCK_REALTIME_COARSE : CLOCK_REALTIME, &time)
        return (time.tv_sec, time.tv_nsec)
    }

    /// The day and the time of a second since 1970, UTC, as gmtime(3) has them.
    static func calendar(_ second: Int) -> UTCTime {
        var (second, date) = (second, tm())
        gmtime_r(&second, &date)
        return UTCTime(
            year: 1900 + Int(date.tm_year), month: 1 + Int(date.tm_mon), day: Int(date.tm_mday),
            weekday: Int(date.tm_wday), hour: Int(date.tm_hour), minute: Int(date.tm_min), second: Int(date.tm_sec))
    }
}
