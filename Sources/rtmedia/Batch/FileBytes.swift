import AudioConversion
import Glibc
import TelephonyAudio

/// The whole content of files that are not audio.
enum FileBytes {
    /// Reads a file.
    ///
    /// - Parameters:
    ///   - path: of the file; `-` is standard input.
    ///   - limit: the most bytes that are accepted.
    /// - Throws: `noInput` if the file can't be read, `limit` if it is too long.
    static func read(_ path: String, limit: Int) throws(ConversionError) -> [UInt8] {
        var bytes: [UInt8] = []
        try forEachPart(of: path) { (part) throws(ConversionError) in
            bytes += part
            guard bytes.count <= limit else {
                throw ConversionError(
                    .limit, file: name(path), "holds more than the \(limit) bytes that are accepted")
            }
        }
        return bytes
    }

    /// Reads a file part by part.
    ///
    /// - Throws: `noInput` if the file can't be read, and what the body throws.
    static func forEachPart(
        of path: String, _ body: (UnsafeRawBufferPointer) throws(ConversionError) -> Void
    ) throws(ConversionError) {
        let number = path == "-" ? dup(0) : open(path, O_RDONLY | O_CLOEXEC)
        guard number >= 0 else {
            throw ConversionError(.noInput, file: name(path), "can't be opened: \(systemErrorText)")
        }
        defer { close(number) }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
        defer { buffer.deallocate() }
        while true {
            let count = Glibc.read(number, buffer.baseAddress!, buffer.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else {
                throw ConversionError(.noInput, file: name(path), "can't be read: \(systemErrorText)")
            }
            if count == 0 { return }
            try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }

    private static func name(_ path: String) -> String { path == "-" ? "standard input" : path }
}
