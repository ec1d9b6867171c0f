import SystemPackage

/// The process that this is.
package enum OwnProcess {
    /// The path of the program that runs; nil if the system does not tell.
    package static let executable: String? = (try? CLibrary.target(ofLink: "/proc/self/exe"))?.string

    /// Lets the system tell how children have ended, also where whoever started the process has it ignore SIGCHLD.
    ///
    /// It is for programs: what else a process does with its children, a library does not know.
    package static func heedChildren() { CLibrary.heedChildren() }

    /// Becomes another program, which goes on in this one's place, with its name, its arguments and its standard streams.
    ///
    /// - Parameter path: of the program.
    /// - Returns: why it could not.
    package static func become(_ path: String) -> SystemError { SystemError(.start, path, CLibrary.become(path)) }

    /// Ends the process with an exit code.
    package static func exit(_ status: Int32) -> Never { CLibrary.exit(status) }
}
