import Files

/// Writes files that are not audio.
package enum OutputFile {
    /// Writes a file that appears whole or not at all.
    ///
    /// - Parameters:
    ///   - bytes: what it holds.
    ///   - path: its name; a pipe or a device is written to.
    ///   - replacing: whether a file that exists may be replaced; one that has just this content already is a success.
    /// - Throws: `cannotCreate` if another file has the name or the folder can't be written, `inputOutput` if writing fails.
    package static func write(_ bytes: [UInt8], to path: String, replacing: Bool) throws(ConversionError) {
        try attempt(on: path) { () throws(SystemError) in
            try AtomicFile.write(bytes, to: path, replacing: replacing)
        }
    }

    /// Makes the folder that a file lies in, and those above it.
    package static func createFolder(of path: String) throws(ConversionError) {
        do throws(SystemError) { try Folder.make(PathName(path).folder) } catch {
            throw ConversionError(error, file: error.path)
        }
    }
}
