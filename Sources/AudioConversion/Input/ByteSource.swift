import Files

/// The bytes of an input at random access: a file, memory, or what a pipe delivered, spooled to a temporary file.
///
/// The size is fixed when the source is opened, so a file that grows meanwhile is seen as it was.
final class ByteSource {
    let name: String
    let size: Int
    /// What the file is known by under all its names; nil where the bytes come from memory or a pipe.
    let identity: FileIdentity?
    private let storage: Storage
    /// Where it begins in the storage: 0 but for a slice.
    private let start: Int
    /// Bytes that are read in place of those at places in the source; later ones count before earlier ones.
    private let replacements: [(offset: Int, bytes: [UInt8])]
    /// Zeros at the end that are not in the storage.
    private let padding: Int
    /// Where a file may have been decoded before its turn.
    private let ahead: FFmpegAhead?

    private enum Storage {
        case file(OpenFile)
        case bytes([UInt8])
    }

    /// Opens a source; pipes are read to their end, unless their beginning shows that they carry no audio.
    ///
    /// - Parameters:
    ///   - source: what to open.
    ///   - isHeaderless: whether any content is audio, since the caller says what it means.
    ///   - limits: how much a pipe may carry.
    ///   - ahead: where the file may have been decoded before its turn.
    /// - Throws: `noInput` if it can't be opened or is a directory, `limit` if a pipe holds more than the limit,
    ///   `inputOutput` if reading fails.
    init(
        _ source: AudioSource, isHeaderless: Bool = false, limits: ConversionLimits, ahead: FFmpegAhead? = nil
    ) throws(ConversionError) {
        self.ahead = ahead
        name = source.name
        start = 0
        replacements = []
        padding = 0
        switch source {
        case .bytes(let bytes, _):
            storage = .bytes(bytes)
            size = bytes.count
            identity = nil
        case .file(let path):
            let file = try attempt(on: path) { () throws(SystemError) in try OpenFile(reading: path) }
            (storage, size, identity) = try Self.open(file, name: path, isHeaderless: isHeaderless, limits: limits)
        case .descriptor(let number, let name):
            let file = try attempt(on: name) { () throws(SystemError) in try OpenFile(duplicating: number, name: name) }
            (storage, size, identity) = try Self.open(file, name: name, isHeaderless: isHeaderless, limits: limits)
        }
    }

    /// A source over bytes that are already in a file or in memory.
    private init(
        name: String, start: Int = 0, size: Int, storage: Storage,
        replacements: [(offset: Int, bytes: [UInt8])] = [], padding: Int = 0, ahead: FFmpegAhead? = nil
    ) {
        self.name = name
        self.start = start
        self.size = size
        identity = nil
        self.storage = storage
        self.replacements = replacements
        self.padding = padding
        self.ahead = ahead
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
        if range == 0..<size { return self }
        let kept = replacements.compactMap { replacement in
            let place = replacement.offset - range.lowerBound
            return place >= 0 && place + replacement.bytes.count <= range.count ? (place, replacement.bytes) : nil
        }
        return ByteSource(
            name: name, start: start + range.lowerBound, size: range.count, storage: storage, replacements: kept,
            padding: max(0, range.upperBound - (size - padding)))
    }

    /// The source with other bytes at a place, and zeros at its end.
    func replacing(at offset: Int, with bytes: [UInt8], padding: Int = 0) -> ByteSource {
        ByteSource(
            name: name, start: start, size: size + padding, storage: storage,
            replacements: replacements + [(offset, bytes)], padding: self.padding + padding)
    }

    /// Where a place in the source lies in the whole file that it may be a slice of, for messages.
    func position(_ offset: Int) -> Int { start + offset }

    private static func open(
        _ file: OpenFile, name: String, isHeaderless: Bool, limits: ConversionLimits
    ) throws(ConversionError) -> (Storage, Int, FileIdentity?) {
        let status = try attempt(on: name) { () throws(SystemError) in try file.status() }
        switch status.kind {
        case .folder:
            throw ConversionError(.noInput, file: name, "is a directory, where a file was expected")
        case .regular:
            return (.file(file), status.size, status.identity)
        case .stream, .symbolicLink:
            let spool = try spool(file, name: name, isHeaderless: isHeaderless, limits: limits)
            return (.file(spool.file), spool.size, nil)
        }
    }

    /// Takes a pipe to its end, unless its beginning shows that it carries no audio.
    private static func spool(
        _ pipe: OpenFile, after head: [UInt8] = [], name: String, isHeaderless: Bool, limits: ConversionLimits
    ) throws(ConversionError) -> Spool {
        try attempt(on: name) { () throws(SystemError) in
            var spool = try Spool(limit: limits.maximumInputBytes)
            let isHeaderless = isHeaderless || HeaderlessFormat(fileName: name) != nil
            try spool.copy(from: pipe, after: head) { head in
                isHeaderless ? .wanted : ReaderChoice.judgement(ofBeginning: head, name: name, limits: limits)
            }
            return spool
        }
    }

    /// A source over what a pipe delivers to its end, as of one that ``init(_:isHeaderless:limits:ahead:)`` opens.
    ///
    /// - Parameter head: what was read of it before.
    convenience init(
        _ pipe: OpenFile, after head: [UInt8], isHeaderless: Bool, limits: ConversionLimits
    ) throws(ConversionError) {
        self.init(
            pipe.name,
            try Self.spool(pipe, after: head, name: pipe.name, isHeaderless: isHeaderless, limits: limits))
    }

    /// Reads up to the buffer's size from a place; what lies past the end is not there.
    ///
    /// - Returns: the number of bytes read, less than asked for only at the end.
    /// - Throws: `inputOutput` if the device fails.
    func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ConversionError) -> Int {
        var count = try readStored(at: offset, into: buffer)
        if replacements.isEmpty, padding == 0 { return count }
        while count < buffer.count, offset + count < size, offset + count >= size - padding {
            buffer[count] = 0
            count += 1
        }
        for replacement in replacements {
            for (index, byte) in replacement.bytes.enumerated() {
                let place = replacement.offset + index - offset
                if (0..<count).contains(place) { buffer[place] = byte }
            }
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
            return try attempt(on: name) { () throws(SystemError) in
                try file.read(at: start + offset, into: .init(rebasing: buffer[..<count]))
            }
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
    ///
    /// - Throws: `noInput` if the system does not tell.
    func hasGrown() throws(ConversionError) -> Bool {
        guard case .file(let file) = storage else { return false }
        return try attempt(on: name) { () throws(SystemError) in try file.status().size > start + size }
    }

    /// A file that a child process can open, and the part of it that is the source: its own, or a temporary one with the bytes
    /// from memory.
    func file() throws(ConversionError) -> (file: OpenFile, part: Range<Int>) {
        switch storage {
        case .file(let file): return (file, start..<(start + size))
        case .bytes(let bytes):
            let file = try attempt(on: name) { () throws(SystemError) in
                var spool = try Spool()
                try spool.append(bytes.span.bytes)
                return spool.file
            }
            return (file, start..<(start + size))
        }
    }

    /// What ffmpeg has made of the file ahead, if it has, and if this is the whole file.
    func decodedAhead(as container: Container) -> FFmpegOutput? {
        ahead?.output(of: name, as: container, size: size)
    }

    /// What base64 text in this source decodes to, or nil if it is no base64 text.
    func decodedBase64(limits: ConversionLimits) throws(ConversionError) -> ByteSource? {
        var spool = try attempt(on: name) { () throws(SystemError) in try Spool(limit: limits.maximumInputBytes) }
        guard try Base64Text.decode(self, into: &spool) else { return nil }
        return ByteSource(name, spool)
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
