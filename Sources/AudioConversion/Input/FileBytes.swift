import Files
import TelephonyAudio

/// The whole content of files that are not audio.
package enum FileBytes {
    /// Reads a file.
    ///
    /// - Parameters:
    ///   - path: of the file; `-` is standard input.
    ///   - limit: the most bytes that are accepted.
    /// - Throws: `noInput` if the file can't be read, `limit` if it is too long.
    package static func read(_ path: String, limit: Int) throws(ConversionError) -> [UInt8] {
        do throws(SystemError) { return try open(path).contents(limit: limit) } catch { throw failure(error, path) }
    }

    /// Reads a file part by part.
    ///
    /// - Throws: `noInput` if the file can't be read.
    package static func forEachPart(of path: String, _ body: (UnsafeRawBufferPointer) -> Void) throws(ConversionError) {
        do throws(SystemError) {
            try open(path).forEachPart { (part) throws(SystemError) in body(part) }
        } catch { throw failure(error, path) }
    }

    private static func open(_ path: String) throws(SystemError) -> OpenFile {
        path == "-" ? try OpenFile(duplicating: 0, name: name(path)) : try OpenFile(reading: path)
    }

    private static func failure(_ error: SystemError, _ path: String) -> ConversionError {
        switch error.operation {
        case .read: ConversionError(.noInput, file: name(path), "can't be read: \(error.reason)")
        case .duplicate: ConversionError(.noInput, file: name(path), "can't be opened: \(error.reason)")
        default: ConversionError(error, file: name(path))
        }
    }

    private static func name(_ path: String) -> String { path == "-" ? "standard input" : path }
}
