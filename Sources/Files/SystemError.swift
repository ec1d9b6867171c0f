package import SystemPackage

/// Why the operating system did not do something: what was tried, on what, and the system's own reason.
///
/// It has no sentence for users: each module has codes and sentences of its own.
package struct SystemError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What was tried.
    package enum Operation: Sendable, Hashable {
        /// Opening a file to read it.
        case open
        /// Opening a file, a pipe or a device that is there, to write to it.
        case openToWrite
        /// Making a descriptor of one's own for one that is open.
        case duplicate
        /// Asking what a file is, how long it is, and whether it may be used.
        case look
        /// Reading from a file that is open.
        case read
        /// Writing to a file that is open.
        case write
        /// Giving a new file its name.
        case create
        /// Putting a new file in the place of one that is there.
        case replace
        /// Making a folder.
        case makeFolder
        /// Finding out what is in a folder.
        case listFolder
        /// Making a file in the folder for temporary files.
        case makeTemporary
        /// Writing to a temporary file.
        case spool
        /// Taking more than so many bytes.
        case exceed(limit: Int)
        /// Starting a program.
        case start
        /// Waiting for a program, or for what it says.
        case wait
    }

    /// What was tried.
    package let operation: Operation
    /// The file or folder, as the caller named it.
    package let path: String
    /// Why it was not done.
    package let errno: Errno

    /// An error of the system's.
    package init(_ operation: Operation, _ path: String, _ errno: Errno) {
        self.operation = operation
        self.path = path
        self.errno = errno
    }

    /// The system's text, as in "No space left on device".
    package var reason: String { errno.description }

    /// Whether a file could not be created because another one has its name.
    package var isNameTaken: Bool { operation == .create && errno == .fileExists }

    /// The operation, the file and the reason, for logs and tests.
    package var description: String { "\(operation) \(path): \(reason)" }
}
