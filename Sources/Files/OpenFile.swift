package import SystemPackage

/// An open file, pipe or device, which is closed with its last owner.
///
/// Paths are the texts that users gave, not `FilePath`, which drops a slash at the end and with it what tells `out/` from
/// `out`. One with a zero in it leads nowhere, since C would take it for a shorter one.
package final class OpenFile: Sendable {
    /// What errors call it.
    package let name: String
    /// The descriptor, which must not be closed and not outlive its owner.
    package let descriptor: FileDescriptor
    /// The descriptor's number.
    package var number: Int32 { descriptor.rawValue }

    /// Takes a descriptor over.
    init(owning descriptor: FileDescriptor, name: String) {
        self.descriptor = descriptor
        self.name = name
    }

    // Whatever closing says, the descriptor is gone after it; what was written is checked before.
    deinit { try? descriptor.close() }

    // MARK: Opening

    /// Opens a file to read it.
    ///
    /// - Parameter waiting: whether a named pipe is waited for until somebody writes to it.
    /// - Throws: `open`.
    package convenience init(reading path: String, waiting: Bool = true) throws(SystemError) {
        let options: FileDescriptor.OpenOptions = waiting ? .closeOnExec : [.closeOnExec, .nonBlocking]
        try self.init(path, .readOnly, options, for: .open)
    }

    /// Opens a file to read it, by a path in any bytes but zeros; a named pipe is not waited for.
    ///
    /// - Parameter name: what errors call it.
    /// - Throws: `open`.
    package convenience init(reading path: [UInt8], name: String) throws(SystemError) {
        do throws(Errno) {
            guard !path.contains(0) else { throw .noSuchFileOrDirectory }
            self.init(owning: try CLibrary.open(path), name: name)
        } catch { throw SystemError(.open, name, error) }
    }

    /// Opens a file, a pipe or a device that is there to write to it.
    ///
    /// - Throws: `openToWrite`.
    package convenience init(writing path: String) throws(SystemError) {
        try self.init(path, .writeOnly, .closeOnExec, for: .openToWrite)
    }

    /// A descriptor of one's own for one that is open, such as 0 for standard input; they have one position.
    ///
    /// - Throws: `duplicate`.
    package convenience init(duplicating number: Int32, name: String) throws(SystemError) {
        do throws(Errno) {
            self.init(owning: try CLibrary.duplicate(FileDescriptor(rawValue: number)), name: name)
        } catch { throw SystemError(.duplicate, name, error) }
    }

    convenience init(
        _ path: String, _ mode: FileDescriptor.AccessMode, _ options: FileDescriptor.OpenOptions,
        permissions: FilePermissions? = nil, for operation: SystemError.Operation
    ) throws(SystemError) {
        do throws(Errno) {
            guard !path.utf8.contains(0) else { throw .noSuchFileOrDirectory }
            let descriptor = try withErrno {
                try FileDescriptor.open(path, mode, options: options, permissions: permissions)
            }
            self.init(owning: descriptor, name: path)
        } catch { throw SystemError(operation, path, error) }
    }

    // MARK: Reading and writing

    /// What the system says of the file now.
    ///
    /// - Throws: `look`, as where a file lies on another machine that is gone.
    package func status() throws(SystemError) -> FileStatus {
        do throws(Errno) { return FileStatus(try Stat(descriptor)) } catch { throw SystemError(.look, name, error) }
    }

    /// Reads at the descriptor's position, once.
    ///
    /// - Returns: how many bytes came, from 1 to the buffer's size; 0 at the end.
    /// - Throws: `read`.
    package func read(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
        do throws(Errno) { return try withErrno { try descriptor.read(into: buffer) } } catch {
            throw SystemError(.read, name, error)
        }
    }

    /// Reads from a place in the file, as much as there is up to the buffer's size.
    ///
    /// - Returns: how many bytes came, less than the buffer's size only at the end.
    /// - Throws: `read`.
    package func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
        var total = 0
        do throws(Errno) {
            while total < buffer.count {
                let count = try withErrno {
                    try descriptor.read(
                        fromAbsoluteOffset: Int64(offset + total), into: .init(rebasing: buffer[total...]))
                }
                if count == 0 { break }
                total += count
            }
        } catch { throw SystemError(.read, name, error) }
        return total
    }

    /// Writes all of some bytes.
    ///
    /// - Parameters:
    ///   - bytes: what to write.
    ///   - offset: the place in the file; nil is the descriptor's position.
    /// - Throws: `write`.
    package func write(_ bytes: RawSpan, at offset: Int? = nil) throws(SystemError) {
        do throws(Errno) { try descriptor.writeAll(bytes, at: offset) } catch {
            throw SystemError(.write, name, error)
        }
    }
}

extension FileDescriptor {
    /// Writes all of some bytes, at a place in the file or at the descriptor's position.
    func writeAll(_ bytes: RawSpan, at offset: Int? = nil) throws(Errno) {
        try bytes.withUnsafeBytes { (buffer) throws(Errno) in
            var total = 0
            while total < buffer.count {
                let rest = UnsafeRawBufferPointer(rebasing: buffer[total...])
                let count = try withErrno {
                    if let offset { try write(toAbsoluteOffset: Int64(offset + total), rest) } else { try write(rest) }
                }
                // Nothing taken, and no reason: it would be tried forever.
                guard count > 0 else { throw .ioError }
                total += count
            }
        }
    }
}

/// swift-system's calls, some of which say only that they throw, with the type of what they throw.
func withErrno<Value>(_ body: () throws -> Value) throws(Errno) -> Value {
    do { return try body() } catch let error as Errno { throw error } catch {
        preconditionFailure("swift-system threw \(error), which is no Errno")
    }
}
