import SystemPackage

/// Standard input, standard output and standard error.
package enum StandardStreams {
    /// A descriptor of one's own, 3 or more, for what a standard one stands for, which is never closed.
    ///
    /// - Returns: -1, which can't be written to, for one that is closed.
    package static func ownDescriptor(for number: Int32) -> Int32 {
        // The only reason is that it is closed, or that no more files may be open.
        (try? CLibrary.duplicate(FileDescriptor(rawValue: number)))?.rawValue ?? -1
    }

    /// Sends what is written to standard output and standard error from here on nowhere.
    ///
    /// Those of the three that are closed are filled, so that no file or pipe that is opened later becomes one of them.
    package static func silence() {
        var nowhere: FileDescriptor
        repeat {
            // Without /dev/null, as in a bare container, they stay what they are.
            guard let opened = try? FileDescriptor.open("/dev/null", .writeOnly) else { return }
            nowhere = opened
        } while (0..<3).contains(nowhere.rawValue)
        for standard in [FileDescriptor.standardOutput, .standardError] {
            // Both descriptors are open: there is no reason to refuse.
            _ = try? nowhere.duplicate(as: standard)
        }
        try? nowhere.close()
    }

    /// Writes all of some bytes to an open descriptor.
    ///
    /// - Throws: `write`.
    package static func write(_ bytes: RawSpan, to number: Int32) throws(SystemError) {
        do throws(Errno) { try FileDescriptor(rawValue: number).writeAll(bytes) } catch {
            throw SystemError(.write, "descriptor \(number)", error)
        }
    }
}
