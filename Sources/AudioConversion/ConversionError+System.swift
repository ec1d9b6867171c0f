package import Files

extension ConversionError {
    /// What it means for a conversion that the system did not do something.
    ///
    /// - Parameters:
    ///   - error: what the system says.
    ///   - file: the input or output concerned, as the caller named it.
    package init(_ error: SystemError, file: String) {
        let reason = error.reason
        switch error.operation {
        case .open: self.init(.noInput, file: file, "can't be opened: \(reason)")
        case .duplicate, .look, .listFolder: self.init(.noInput, file: file, "can't be read: \(reason)")
        case .read: self.init(.inputOutput, file: file, "reading failed: \(reason)")
        case .write: self.init(.inputOutput, file: file, "writing failed: \(reason)")
        case .openToWrite: self.init(.cannotCreate, file: file, "can't be opened: \(reason)")
        case .create where error.isNameTaken:
            self.init(.exists, file: file, "exists already, with other content")
        case .create, .makeFolder: self.init(.cannotCreate, file: file, "can't be created: \(reason)")
        case .replace: self.init(.cannotCreate, file: file, "can't be replaced: \(reason)")
        case .makeTemporary:
            self.init(
                .inputOutput, file: file,
                "no temporary file can be made in \(error.path), the folder for them (TMPDIR): \(reason)")
        case .spool:
            self.init(
                .inputOutput, file: file,
                "its temporary file in \(error.path), the folder for them (TMPDIR), can't be written: \(reason)")
        case .exceed(let limit):
            self.init(.limit, file: file, "holds more than the \(limit) bytes that are accepted")
        case .start: self.init(.unavailable, file: file, "\(error.path) can't be started: \(reason)")
        case .wait: self.init(.inputOutput, file: file, "waiting for \(error.path) failed: \(reason)")
        }
    }
}

/// Does what the system may refuse, which is an error about a file then.
package func attempt<Value>(
    on file: String, _ body: () throws(SystemError) -> Value
) throws(ConversionError) -> Value {
    do throws(SystemError) { return try body() } catch { throw ConversionError(error, file: file) }
}
