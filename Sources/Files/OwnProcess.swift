import SystemPackage

/// The process that this is.
package enum OwnProcess {
    /// The path of the program that runs; nil if the system does not tell.
    package static let executable: String? = (try? CLibrary.target(ofLink: "/proc/self/exe"))?.string

    /// Lets the system tell how children have ended, also where whoever started the process has it ignore SIGCHLD.
    ///
    /// It is for programs: what else a process does with its children, a library does not know.
    package static func heedChildren() { CLibrary.heedChildren() }

    /// Lets the process end by SIGPIPE when what it writes to is read no more, also where whoever started it has it ignore that.
    package static func endWithoutReaders() { CLibrary.endWithoutReaders() }

    /// Has the process say so, and exit, when it gets no memory, of which Swift aborts without a word.
    ///
    /// - Parameters:
    ///   - message: a whole line.
    ///   - descriptor: where it is written.
    ///   - status: the exit code.
    package static func tellLackOfMemory(_ message: StaticString, to descriptor: Int32, status: Int32) {
        // The signal may be handled: there is no reason to refuse, and without it the process aborts as others do.
        try? CLibrary.tellLackOfMemory(message, to: descriptor, status: status)
    }

    /// Becomes another program, which goes on in this one's place, with its name, its arguments and its standard streams.
    ///
    /// - Parameter path: of the program.
    /// - Returns: why it could not.
    package static func become(_ path: String) -> SystemError { SystemError(.start, path, CLibrary.become(path)) }

    /// Ends the process with an exit code.
    package static func exit(_ status: Int32) -> Never { CLibrary.exit(status) }
}
