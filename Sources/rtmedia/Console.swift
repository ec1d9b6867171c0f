import ArgumentParser
import Glibc
import Synchronization

/// What goes to people, on standard error, and to programs, on standard output.
enum Console {
    static let errorIsTerminal = isatty(2) == 1
    static let outputIsTerminal = isatty(1) == 1

    /// Writes a line to standard error.
    static func note(_ line: String) {
        write(line + "\n", to: 2)
    }

    /// Why a line could not be written to standard output, if one could not.
    private static let dataFailure = Mutex<String?>(nil)

    /// Writes a line to standard output; ``checkData()`` tells whether that failed.
    static func data(_ line: String) {
        guard !write(line + "\n", to: 1) else { return }
        let reason = String(cString: strerror(errno))
        dataFailure.withLock { $0 = $0 ?? reason }
    }

    /// - Throws: the exit code for output that is lost, having told so.
    static func checkData() throws(ExitCode) {
        guard let reason = dataFailure.withLock({ $0 }) else { return }
        note("rtmedia: standard output: writing failed: \(reason)")
        throw ExitStatus.inputOutput
    }

    /// Writes text to a descriptor; false if that failed, with the reason in `errno`.
    @discardableResult
    static func write(_ text: String, to descriptor: Int32) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
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
}
