package import Glibc

/// The bytes of an input at random access: a file, memory, or what a pipe delivered, spooled to a temporary file.
///
/// The size is fixed when the source is opened, so a file that grows meanwhile is seen as it was.
final class ByteSource {
    let name: String
    let size: Int
    private let storage: Storage

    private enum Storage {
        case file(FileDescriptor)
        case bytes([UInt8])
    }

    /// Opens a source; pipes are read to their end, unless their beginning shows that they carry no audio.
    ///
    /// - Parameters:
    ///   - source: what to open.
    ///   - isHeaderless: whether any content is audio, since the caller says what it means.
    ///   - limits: how much a pipe may carry.
    /// - Throws: `noInput` if it can't be opened or is a directory, `limit` if a pipe holds more than the limit,
    ///   `inputOutput` if reading fails.
    init(_ source: AudioSource, isHeaderless: Bool = false, limits: ConversionLimits) throws(ConversionError) {
        name = source.name
        switch source {
        case .bytes(let bytes, _):
            storage = .bytes(bytes)
            size = bytes.count
        case .file(let path):
            let number = path.utf8.contains(0) ? -1 : Glibc.open(path, O_RDONLY | O_CLOEXEC)
            guard number >= 0 else {
                throw ConversionError(.noInput, file: path, "can't be opened: \(systemErrorText)")
            }
            (storage, size) = try Self.open(
                FileDescriptor(owning: number), name: path, isHeaderless: isHeaderless, limits: limits)
        case .descriptor(let number, let name):
            let duplicate = fcntl(number, F_DUPFD_CLOEXEC, 3)
            guard duplicate >= 0 else {
                throw ConversionError(.noInput, file: name, "can't be read: \(systemErrorText)")
            }
            (storage, size) = try Self.open(
                FileDescriptor(owning: duplicate), name: name, isHeaderless: isHeaderless, limits: limits)
        }
    }

    /// A source over bytes that are already in a file or in memory.
    private init(name: String, size: Int, storage: Storage) {
        self.name = name
        self.size = size
        self.storage = storage
    }

    private static func open(
        _ file: FileDescriptor, name: String, isHeaderless: Bool, limits: ConversionLimits
    ) throws(ConversionError) -> (Storage, Int) {
        let status = file.status
        switch status.st_mode & S_IFMT {
        case S_IFDIR:
            throw ConversionError(.noInput, file: name, "is a directory, where a file was expected")
        case S_IFREG:
            return (.file(file), Int(status.st_size))
        default:
            var spool = try Spool(name: name, limit: limits.maximumInputBytes)
            try spool.copy(from: file) { head in
                isHeaderless || HeaderlessFormat(fileName: name) != nil || Decoding.isPlausible(head)
            }
            return (.file(spool.file), spool.size)
        }
    }

    /// Reads up to the buffer's size from a place; what lies past the end is not there.
    ///
    /// - Returns: the number of bytes read, less than asked for only at the end.
    /// - Throws: `inputOutput` if the device fails.
    func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ConversionError) -> Int {
        let count = min(buffer.count, max(0, size - offset))
        guard count > 0 else { return 0 }
        switch storage {
        case .bytes(let bytes):
            bytes.withUnsafeBytes { buffer.copyMemory(from: .init(rebasing: $0[offset..<(offset + count)])) }
            return count
        case .file(let file):
            guard let read = file.read(at: offset, into: .init(rebasing: buffer[..<count])) else {
                throw ConversionError(.inputOutput, file: name, "reading failed: \(systemErrorText)")
            }
            return read
        }
    }

    /// The bytes at a place, fewer at the end.
    func bytes(at offset: Int, count: Int) throws(ConversionError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: min(count, max(0, size - offset)))
        let read = try withBytes(of: &bytes) { (buffer) throws(ConversionError) in
            try self.read(at: offset, into: buffer)
        }
        bytes.removeLast(bytes.count - read)
        return bytes
    }

    /// Whether the file has become longer since it was opened.
    var hasGrown: Bool {
        guard case .file(let file) = storage else { return false }
        return file.status.st_size > size
    }

    /// The device and number of the file, by which it is known under all its names.
    var identity: FileIdentity? {
        guard case .file(let file) = storage else { return nil }
        return FileIdentity(file.status)
    }

    /// A descriptor that a child process can open: the file's own, or a temporary file's with the bytes from memory.
    func descriptor() throws(ConversionError) -> FileDescriptor {
        switch storage {
        case .file(let file): return file
        case .bytes(let bytes):
            var spool = try Spool(name: name, limit: .max)
            try spool.append(bytes)
            return spool.file
        }
    }

    /// What base64 text in this source decodes to, or nil if it is no base64 text.
    func decodedBase64(limits: ConversionLimits) throws(ConversionError) -> ByteSource? {
        var spool = try Spool(name: name, limit: limits.maximumInputBytes)
        guard try Base64Text.decode(self, into: &spool) else { return nil }
        return ByteSource(name: name, size: spool.size, storage: .file(spool.file))
    }
}

/// What tells whether two paths lead to one file.
package struct FileIdentity: Hashable, Sendable {
    private let device: dev_t
    private let number: ino_t

    package init(_ status: stat) {
        device = status.st_dev
        number = status.st_ino
    }

    /// The identity of the file at a path, or nil if there is none.
    package init?(path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        self.init(status)
    }
}

/// `withUnsafeMutableBytes` with a typed error.
func withBytes<Result>(
    of bytes: inout [UInt8], _ body: (UnsafeMutableRawBufferPointer) throws(ConversionError) -> Result
) throws(ConversionError) -> Result {
    var outcome: Swift.Result<Result, ConversionError>?
    bytes.withUnsafeMutableBytes { buffer in
        do throws(ConversionError) { outcome = .success(try body(buffer)) } catch { outcome = .failure(error) }
    }
    return try outcome!.get()
}
