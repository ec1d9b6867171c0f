import SystemPackage

/// The process that this is.
package enum OwnProcess {
    /// The path of the program that runs; nil if the system does not tell.
    package static let executable: String? = (try? CLibrary.target(ofLink: "/proc/self/exe"))?.string

    /// Ends the process with an exit code.
    package static func exit(_ status: Int32) -> Never { CLibrary.exit(status) }
}
