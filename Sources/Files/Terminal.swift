import SystemPackage

/// Terminals, as what standard streams may be.
package enum Terminal {
    /// Whether a descriptor is a terminal.
    package static func isTerminal(_ descriptor: Int32) -> Bool {
        CLibrary.isTerminal(FileDescriptor(rawValue: descriptor))
    }

    /// How many columns a terminal has; nil if a descriptor is none, or one that does not tell.
    package static func columns(of descriptor: Int32) -> Int? {
        // What is no terminal has no columns, which is what the error says.
        guard let columns = try? CLibrary.columns(FileDescriptor(rawValue: descriptor)), columns > 0 else { return nil }
        return columns
    }
}
