import Foundation
import Glibc

/// A temporary folder of a test's own, in which it runs the executable; it goes with its owner.
///
/// `TMPDIR` and what a program says lie beside the folder, so that a test sees all that a program leaves in either.
final class Workplace {
    /// The folder that programs run in.
    let path: String
    private let root: String
    private var runCount = 0

    init() {
        var template = Array("/tmp/rtmedia-test.XXXXXX".utf8CString)
        root = String(cString: mkdtemp(&template))
        path = "\(root)/work"
        for folder in [path, "\(root)/tmp"] { mkdir(folder, 0o777) }
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    /// What became of a program.
    struct Run {
        /// The exit code, or 128 and the signal that ended it.
        let status: Int32
        let output: [UInt8]
        let errors: String

        /// Standard output as text.
        var text: String { String(decoding: output, as: UTF8.self) }
    }

    /// The folder of build products, which the tests are in as well.
    static let products: String = {
        let program = try! FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return String(program[..<program.lastIndex(of: "/")!])
    }()

    /// Runs the executable.
    func rtmedia(
        _ arguments: String..., input: String = "/dev/null", output: String? = nil, environment: [String: String] = [:]
    ) throws -> Run {
        try run("\(Self.products)/rtmedia", arguments, input: input, output: output, environment: environment)
    }

    /// Runs a line of shell, in which `rtmedia` is the executable.
    func shell(_ line: String, environment: [String: String] = [:]) throws -> Run {
        try run("bash", ["-c", line], environment: environment)
    }

    /// Runs a program.
    ///
    /// - Parameters:
    ///   - program: its path, or its name in PATH.
    ///   - input: the file that is its standard input.
    ///   - output: the file that is its standard output; else that is a part of the result.
    ///   - environment: what it gets besides or instead of what the tests have.
    func run(
        _ program: String, _ arguments: [String], input: String = "/dev/null", output: String? = nil,
        environment: [String: String] = [:]
    ) throws -> Run {
        runCount += 1
        let said = (output: "\(root)/output.\(runCount)", errors: "\(root)/errors.\(runCount)")
        var variables = ProcessInfo.processInfo.environment
        variables["PATH"] = "\(Self.products):\(variables["PATH"] ?? "/usr/bin:/bin")"
        // The width of help texts, and the place of temporary files.
        variables.merge(["COLUMNS": "80", "TMPDIR": "\(root)/tmp", "LC_ALL": "C.UTF-8"]) { $1 }
        variables.merge(environment) { $1 }
        let status = try spawn(
            ["/usr/bin/env", "-C", path, program] + arguments, variables.map { "\($0)=\($1)" },
            files: [(input, O_RDONLY), (output ?? said.output, O_WRONLY | O_CREAT), (said.errors, O_WRONLY | O_CREAT)])
        return Run(
            status: status, output: output == nil ? try Self.bytes(said.output) : [],
            errors: String(decoding: try Self.bytes(said.errors), as: UTF8.self))
    }

    private func spawn(
        _ arguments: [String], _ environment: [String], files: [(path: String, flags: Int32)]
    ) throws -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (number, file) in files.enumerated() {
            posix_spawn_file_actions_addopen(&actions, Int32(number), file.path, file.flags, 0o666)
        }
        // What a shell would start it with, whatever the test runner does with signals.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) } + [nil]
        defer { for word in words + variables { free(word) } }
        var identifier: pid_t = 0
        let code = posix_spawn(&identifier, arguments[0], &actions, &attributes, &words, &variables)
        guard code == 0 else { throw POSIXError(POSIXErrorCode(rawValue: code)!) }
        var status: Int32 = 0
        while waitpid(identifier, &status, 0) < 0 && errno == EINTR {}
        return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
    }
}

/// Files to work on.
extension Workplace {
    /// The folder of the repository's own sound files.
    static let samples = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/") + "/samples/audio"

    /// Copies one of the repository's own sound files here.
    func copy(_ sample: String, to name: String? = nil) throws {
        try write(Self.bytes("\(Self.samples)/\(sample)"), to: name ?? sample)
    }

    /// Writes a file, and makes its folders.
    func write(_ bytes: [UInt8], to name: String) throws {
        let folder = URL(fileURLWithPath: "\(path)/\(name)").deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(bytes).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
    }

    /// The content of a file here.
    func bytes(_ name: String) throws -> [UInt8] { try Self.bytes("\(path)/\(name)") }

    /// The content of a file anywhere.
    static func bytes(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) }

    /// The files here and in the folders here, hidden ones too, by name.
    var files: [String] {
        FileManager.default.enumerator(atPath: path)!.map { $0 as! String }.sorted().filter { name in
            var isFolder: ObjCBool = false
            return !FileManager.default.fileExists(atPath: "\(path)/\(name)", isDirectory: &isFolder)
                || !isFolder.boolValue
        }
    }

    /// What programs left in `TMPDIR`.
    var temporaryFiles: [String] { try! FileManager.default.contentsOfDirectory(atPath: "\(root)/tmp") }
}
