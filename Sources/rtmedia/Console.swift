import Glibc

/// What goes to people, on standard error, and to programs, on standard output.
enum Console {
    static let errorIsTerminal = isatty(2) == 1
    static let outputIsTerminal = isatty(1) == 1

    /// Writes a line to standard error.
    static func note(_ line: String) {
        write(line + "\n", to: 2)
    }

    /// Writes a line to standard output.
    static func data(_ line: String) {
        write(line + "\n", to: 1)
    }

    /// Writes text to a descriptor; a reader that has gone away is not an error of ours.
    static func write(_ text: String, to descriptor: Int32) {
        var text = text
        text.withUTF8 { bytes in
            var total = 0
            while total < bytes.count {
                let count = Glibc.write(descriptor, bytes.baseAddress! + total, bytes.count - total)
                if count < 0 && errno == EINTR { continue }
                guard count > 0 else { return }
                total += count
            }
        }
    }
}
