import CGNU
import Foundation
import Glibc

/// The files that a child begins with, and its start.
struct ChildFiles {
    private var descriptors: [Int32] = []
    private var opened: [Int32] = []

    /// - Returns: the end of a pipe that stays here.
    mutating func addInput(_ stream: RunningProgram.Stream) throws -> Int32? {
        switch stream {
        case .nothing: try add(path: "/dev/null", O_RDONLY)
        case .file(let path): try add(path: path, O_RDONLY)
        case .pipe:
            let (reading, writing) = try Self.pipe()
            descriptors.append(reading)
            opened.append(reading)
            return writing
        }
        return nil
    }

    /// - Returns: the end of a pipe that stays here: one for both if both are to have one.
    mutating func addOutputs(_ output: RunningProgram.Stream, _ errors: RunningProgram.Stream) throws -> Int32? {
        var ends: (reading: Int32, writing: Int32)?
        for stream in [output, errors] {
            switch stream {
            case .nothing: try add(path: "/dev/null", O_WRONLY)
            case .file(let path): try add(path: path, O_WRONLY | O_CREAT)
            case .pipe:
                if ends == nil {
                    ends = try Self.pipe()
                    opened.append(ends!.writing)
                }
                descriptors.append(ends!.writing)
            }
        }
        return ends?.reading
    }

    private mutating func add(path: String, _ flags: Int32) throws {
        let descriptor = open(path, flags | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw SupportError("\(path): \(String(cString: strerror(errno)))") }
        descriptors.append(descriptor)
        opened.append(descriptor)
    }

    private static func pipe() throws -> (reading: Int32, writing: Int32) {
        var ends: [Int32] = [0, 0]
        guard pipe2(&ends, O_CLOEXEC) == 0 else { throw SupportError("pipe: \(String(cString: strerror(errno)))") }
        return (ends[0], ends[1])
    }

    /// Closes what the child has now.
    mutating func close() {
        for descriptor in opened { Glibc.close(descriptor) }
        opened = []
    }

    /// Starts a program, which has nothing open but these.
    func spawn(_ arguments: [String], in folder: String?, environment: [String]) throws -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (number, descriptor) in descriptors.enumerated() {
            posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(number))
        }
        posix_spawn_file_actions_addclosefrom_np(&actions, 3)
        if let folder { posix_spawn_file_actions_addchdir_np(&actions, folder) }
        // As a shell would start it, whatever the test runner does with signals.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        for signal in [SIGPIPE, SIGTERM, SIGINT, SIGHUP] { sigaddset(&signals, signal) }
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) } + [nil]
        defer { for word in words + variables { free(word) } }
        var identifier: pid_t = 0
        let code = posix_spawn(&identifier, arguments[0], &actions, &attributes, &words, &variables)
        guard code == 0 else { throw SupportError("\(arguments[0]): \(String(cString: strerror(code)))") }
        return identifier
    }
}
