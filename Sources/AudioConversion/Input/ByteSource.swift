package import Glibc

/// The bytes of an input at random access: a file, memory, or what a pipe delivered, spooled to a temporary file.
///
/// The size is fixed when the source is opened, so a file that grows meanwhile is seen as it was.
final class ByteSource {
    let name: String
    let size: Int
    private let storage: Storage
    /// Where it begins in the storage: 0 but for a slice.
    private let start: Int
    /// Bytes that are read in place of those at a place in the source.
    private let replacement: (offset: Int, bytes: [UInt8])?
    /// Zeros at the end that are not in the storage.
    private let padding: Int

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
        start = 0
        replacement = nil
        padding = 0
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
    private init(
        name: String, start: Int = 0, size: Int, storage: Storage, replacement: (offset: Int, bytes: [UInt8])? = nil,
        padding: Int = 0
    ) {
        self.name = name
        self.start = start
        self.size = size
        self.storage = storage
        self.replacement = replacement
        self.padding = padding
    }

    /// A source over what has been written to a temporary file.
    convenience init(_ name: String, _ spool: Spool) {
        self.init(name: name, size: spool.size, storage: .file(spool.file))
    }

    /// A part of the source, which is read like one of its own; the bytes are shared.
    ///
    /// - Precondition: the range lies within the source.
    func slice(_ range: Range<Int>) -> ByteSource {
        precondition(range.lowerBound >= 0 && range.upperBound <= size, "a slice \(range) of \(size) bytes")
        return ByteSource(name: name, start: start + range.lowerBound, size: range.count, storage: storage)
    }

    /// The source with other bytes at a place, and zeros at its end.
    func replacing(at offset: Int, with bytes: [UInt8], padding: Int) -> ByteSource {
        ByteSource(
            name: name, start: start, size: size + padding, storage: storage, replacement: (offset, bytes),
            padding: padding)
    }

    /// Where a place in the source lies in the whole file that it may be a slice of, for messages.
    func position(_ offset: Int) -> Int { start + offset }

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
        var count = try readStored(at: offset, into: buffer)
        guard let replacement else { return count }
        while count < buffer.count, offset + count < size, offset + count >= size - padding {
            buffer[count] = 0
            count += 1
        }
        for (index, byte) in replacement.bytes.enumerated() {
            let place = replacement.offset + index - offset
            if (0..<count).contains(place) { buffer[place] = byte }
        }
        return count
    }

    private func readStored(
        at offset: Int, into buffer: UnsafeMutableRawBufferPointer
    ) throws(ConversionError) -> Int {
        let count = min(buffer.count, max(0, size - padding - offset))
        guard count > 0 else { return 0 }
        switch storage {
        case .bytes(let bytes):
            let first = start + offset
            bytes.withUnsafeBytes { buffer.copyMemory(from: .init(rebasing: $0[first..<(first + count)])) }
            return count
        case .file(let file):
            guard let read = file.read(at: start + offset, into: .init(rebasing: buffer[..<count])) else {
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
        return file.status.st_size > start + size
    }

    /// The device and number of the file, by which it is known under all its names.
    var identity: FileIdentity? {
        guard case .file(let file) = storage else { return nil }
        return FileIdentity(file.status)
    }

    /// A descriptor that a child process can open, and the part of it that is the source: the file's own, or a temporary
    /// file's with the bytes from memory.
    func descriptor() throws(ConversionError) -> (file: FileDescriptor, part: Range<Int>) {
        switch storage {
        case .file(let file): return (file, start..<(start + size))
        case .bytes(let bytes):
            var spool = try Spool(name: name, limit: .max)
            try spool.append(bytes)
            return (spool.file, start..<(start + size))
        }
    }

    /// What base64 text in this source decodes to, or nil if it is no base64 text.
    func decodedBase64(limits: ConversionLimits) throws(ConversionError) -> ByteSource? {
        var spool = try Spool(name: name, limit: limits.maximumInputBytes)
        guard try Base64Text.decode(self, into: &spool) else { return nil }
        return ByteSource(name, spool)
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
