import Foundation
import Glibc
import TestSupport
import Testing

/// A temporary folder of a test's own, in which it runs the executable; it goes with its owner.
///
/// `TMPDIR` lies beside it, so that a test sees all that a program leaves in either.
final class Workplace {
    typealias Run = RunningProgram.Outcome

    /// The folder that programs run in.
    let folder = TestFolder()
    private let temporaryFolder = TestFolder()

    var path: String { folder.path }

    /// The folder of the programs that are tested: where the tests are built, or the value of `RTMEDIA_PROGRAMS`.
    static let products: String =
        ProcessInfo.processInfo.environment["RTMEDIA_PROGRAMS"]
        ?? URL(filePath: try! FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
        .deletingLastPathComponent().path

    /// Whether the programs that are tested are optimized, so that what takes minutes otherwise can be tested.
    static var isOptimized: Bool {
        #if DEBUG
            return ProcessInfo.processInfo.environment["RTMEDIA_PROGRAMS"] != nil
        #else
            return true
        #endif
    }

    /// Runs the executable.
    func rtmedia(
        _ arguments: String..., input: String? = nil, output: String? = nil, environment: [String: String] = [:]
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
        _ program: String, _ arguments: [String], input: String? = nil, output: String? = nil,
        environment: [String: String] = [:]
    ) throws -> Run {
        try RunningProgram.run(
            program, arguments, in: path, environment: variables.merging(environment) { $1 }, input: input,
            output: output)
    }

    /// Starts a program, and goes on; what it says is read from both its output and its errors.
    ///
    /// - Parameter input: what its standard input is; see `RunningProgram.Stream`.
    func start(
        _ program: String, _ arguments: [String], environment: [String: String] = [:],
        input: RunningProgram.Stream = .nothing
    ) throws -> RunningProgram {
        try RunningProgram(
            program, arguments, in: path, environment: variables.merging(environment) { $1 }, input: input,
            output: .pipe, errors: .pipe)
    }

    /// Where programs are looked for; `rtmedia` is the executable.
    var programPath: String { "\(Self.products):\(ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")" }

    /// What programs get besides what the tests have: the width of help texts, and the place of temporary files.
    private var variables: [String: String] {
        [
            "PATH": programPath,
            "COLUMNS": "80", "TMPDIR": temporaryFolder.path, "LC_ALL": "C.UTF-8",
        ]
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
    func write(_ bytes: [UInt8], to name: String) throws { try folder.write(bytes, to: name) }

    /// The content of a file here.
    func bytes(_ name: String) throws -> [UInt8] { try folder.bytes(name) }

    /// The content of a file anywhere.
    static func bytes(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(filePath: path))) }

    /// The files here and in the folders here, hidden ones too, by name.
    var files: [String] { folder.files }

    /// What programs left in `TMPDIR`.
    var temporaryFiles: [String] { temporaryFolder.names }

    /// Waits until a program has written something to a file without a name, in a folder here or in `TMPDIR`.
    ///
    /// - Parameter folder: here; nil for `TMPDIR`.
    func awaitNamelessFile(of program: RunningProgram, in folder: String? = nil) throws {
        let folder = (folder.map { "\(path)/\($0)" } ?? temporaryFolder.path) + "/"
        let descriptors = "/proc/\(program.identifier)/fd"
        try wait(for: "a file in \(folder)", by: program) {
            // What is gone meanwhile, with its process or without, is no such file.
            let numbers = (try? FileManager.default.contentsOfDirectory(atPath: descriptors)) ?? []
            return numbers.contains { number in
                let link = "\(descriptors)/\(number)"
                guard let target = try? FileManager.default.destinationOfSymbolicLink(atPath: link) else {
                    return false
                }
                var status = stat()
                return target.hasPrefix(folder) && target.hasSuffix(" (deleted)") && stat(link, &status) == 0
                    && status.st_size > 0
            }
        }
    }

    /// Waits until a program has brought something about, for ten minutes at the most, and not beyond its end.
    func wait(for what: String, by program: RunningProgram, until condition: () throws -> Bool) throws {
        let deadline = ContinuousClock.now + .seconds(600)
        while try !condition() {
            // What it did last may have been the thing.
            if try program.hasEnded(), try !condition() {
                throw SupportError("waited in vain for \(what): exit code \(try program.wait()): \(program.said)")
            }
            guard ContinuousClock.now < deadline else { throw SupportError("waited in vain for \(what)") }
            usleep(2000)
        }
    }
}

extension Workplace {
    /// Makes `caller.wav`: 400 ms of silence, 700 ms of a tone, 1300 ms of silence, 200 ms of a tone, 600 ms of silence.
    func makeCaller() throws {
        let recipe = """
            tone() { sox -D -n -r 8000 -b 16 $1.wav synth $2 sine 440 vol 0.3; }
            pause() { sox -D -n -r 8000 -b 16 $1.wav trim 0 $2; }
            pause a 0.4; tone b 0.7; pause c 1.3; tone d 0.2; pause e 0.6
            sox -D a.wav b.wav c.wav d.wav e.wav caller.wav && rm ?.wav
            """
        try #require(try shell(recipe).status == 0)
    }
}

extension Workplace {
    /// Makes a file that can be run.
    ///
    /// It is not written by this process: a program that another test starts meanwhile would hold it
    /// open for a moment, and a file that is open for writing can't be run.
    func makeProgram(_ text: String, _ name: String) throws {
        try write(Array(text.utf8), to: "text")
        try #require(try shell("install -D -m 755 text \(name) && rm text").status == 0)
    }
}
