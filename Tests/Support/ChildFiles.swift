import Foundation
import Glibc
import SystemPackage

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
        let (reading, writing) = try FileDescriptor.pipe(options: .closeOnExec)
        return (reading.rawValue, writing.rawValue)
    }

    /// Closes what the child has now.
    mutating func close() {
        for descriptor in opened { Glibc.close(descriptor) }
        opened = []
    }

    /// Starts a program.
    func spawn(_ arguments: [String], environment: [String]) throws -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (number, descriptor) in descriptors.enumerated() {
            posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(number))
        }
        // A server's connections in this process would stay open as long as the program has copies of them.
        closeFrom(&actions, Int32(descriptors.count))
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

/// Closes all descriptors from a number on; Swift's Glibc leaves it out, since it is of glibc 2.34 and none of POSIX.
@_silgen_name("posix_spawn_file_actions_addclosefrom_np")
@discardableResult
private func closeFrom(_ actions: UnsafeMutablePointer<posix_spawn_file_actions_t>, _ first: Int32) -> Int32
