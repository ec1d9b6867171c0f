import ArgumentParser
import Glibc
import RealTimeAPI
import Synchronization

/// What goes to people, on standard error, and to programs, on standard output.
enum Console {
    /// Descriptors of our own for standard output and standard error; -1, which can't be written to, for one that is closed.
    static let output = fcntl(1, F_DUPFD_CLOEXEC, 3)
    static let error = fcntl(2, F_DUPFD_CLOEXEC, 3)
    static let errorIsTerminal = isatty(error) == 1
    static let outputIsTerminal = isatty(output) == 1

    /// How many columns standard output has: what COLUMNS says, or the terminal, or else 100.
    static var outputWidth: Int {
        if let columns = getenv("COLUMNS").flatMap({ Int(String(cString: $0)) }), columns > 0 { return columns }
        var size = winsize()
        return ioctl(output, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 100
    }

    /// Leaves standard output and standard error to the tool alone.
    ///
    /// Decoders write there what they think of a damaged file: libmpg123 notes, libsndfile even on standard output (MIDI
    /// sample dumps, ALAC), into the midst of a WAV file. From here on nobody hears them.
    static func silenceLibraries() {
        _ = (output, error)
        var nowhere: Int32
        // The standard descriptors that are closed are filled first, so that no file or pipe of ours becomes one of them.
        repeat { nowhere = open("/dev/null", O_WRONLY) } while (0..<3).contains(nowhere)
        guard nowhere >= 0 else { return }
        for standard in [Int32(1), 2] { dup2(nowhere, standard) }
        close(nowhere)
    }

    /// Writes a line, or several, to standard error; what terminals would act on, as in a file's name, is escaped.
    static func note(_ line: String) {
        let lines = line.split(separator: "\n", omittingEmptySubsequences: false)
        write(lines.map { String($0).harmless + "\n" }.joined(), to: error)
    }

    /// Why a line could not be written to standard output, if one could not.
    private static let dataFailure = Mutex<String?>(nil)

    /// Writes a line to standard output; ``checkData()`` tells whether that failed.
    static func data(_ line: String) {
        guard !write(line + "\n", to: output) else { return }
        let reason = String(cString: strerror(errno))
        dataFailure.withLock { $0 = $0 ?? reason }
    }

    /// - Throws: the exit code for output that is lost, having told so.
    static func checkData() throws(ExitCode) {
        guard let reason = dataFailure.withLock({ $0 }) else { return }
        note("rtmedia: standard output: writing failed: \(reason)")
        throw ExitStatus.inputOutput
    }

    /// Writes bytes to standard output; false if that failed, with the reason in `errno`.
    static func write(_ bytes: [UInt8]) -> Bool { bytes.withUnsafeBufferPointer { write($0, to: output) } }

    /// Writes text to a descriptor; false if that failed, with the reason in `errno`.
    @discardableResult
    static func write(_ text: String, to descriptor: Int32) -> Bool {
        var text = text
        return text.withUTF8 { write($0, to: descriptor) }
    }

    private static func write(_ bytes: UnsafeBufferPointer<UInt8>, to descriptor: Int32) -> Bool {
        var total = 0
        while total < bytes.count {
            let count = Glibc.write(descriptor, bytes.baseAddress! + total, bytes.count - total)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return false }
            total += count
        }
        return true
    }
}
