package import AudioConversion
package import Files
import TelephonyAudio

/// What a filter is given on standard input: the names of files, or files themselves, each with its name.
package enum StreamFormat: Sendable {
    /// Names, each of which ends with a byte: a line feed, or a zero.
    case names(end: UInt8)
    /// Names and contents, each behind its length: of the name in 4 bytes, of the content in 8, the first byte the highest.
    case framed
}

/// One file of a stream.
package struct StreamedFile: Sendable {
    package enum Content: Sendable {
        /// Lies where the name says.
        case named([UInt8])
        case bytes([UInt8])
        /// Lies in a temporary file, since it is long.
        case spooled(OpenFile)
        /// Can't be looked for.
        case unusable(ConversionError)
    }

    /// The name in UTF-8; U+FFFD stands for what is none.
    package let name: String
    /// Whether the name is UTF-8, so that ``name`` is all of it.
    package let isNameWhole: Bool
    package let content: Content

    /// - Parameter name: in any bytes.
    fileprivate init(name: [UInt8], content: Content) {
        let text = String(validating: name, as: UTF8.self)
        self.name = text ?? String(decoding: name, as: UTF8.self)
        isNameWhole = text != nil
        self.content = content
    }
}

/// Reads the files of a stream, one after another, in constant memory.
package struct NamedStream: ~Copyable {
    private let input: OpenFile
    private let format: StreamFormat
    private let limits: ConversionLimits
    private var buffer = [UInt8](repeating: 0, count: 1 << 16)
    /// What was read and not taken.
    private var available = 0..<0
    private var isAtEnd = false

    /// Longer names are none that a system opens.
    private static let longestName = 1 << 16
    /// Longer content goes to a temporary file.
    private static let keptInMemory = 16 << 20

    package init(_ input: OpenFile, format: StreamFormat, limits: ConversionLimits) {
        self.input = input
        self.format = format
        self.limits = limits
    }

    /// The next file; nil at the end.
    ///
    /// - Throws: `damaged` if the stream ends within a file, `limit` if a length is beyond what is accepted, `inputOutput` if
    ///   reading fails. Nothing can be read after that.
    package mutating func next() throws(ConversionError) -> StreamedFile? {
        switch format {
        case .names(let end): try nextName(end: end)
        case .framed: try nextFrame()
        }
    }

    private mutating func nextName(end: UInt8) throws(ConversionError) -> StreamedFile? {
        var name: [UInt8] = []
        var length = 0
        while try fill() {
            let place = buffer[available].firstIndex(of: end)
            let part = available.lowerBound..<(place ?? available.upperBound)
            length += part.count
            if length <= Self.longestName { name += buffer[part] }
            available = (place.map { $0 + 1 } ?? available.upperBound)..<available.upperBound
            if place != nil { return file(named: name, length: length) }
        }
        return length > 0 ? file(named: name, length: length) : nil
    }

    private func file(named name: [UInt8], length: Int) -> StreamedFile {
        guard length <= Self.longestName else {
            let shown = "\(String(decoding: name, as: UTF8.self).prefix(200))…"
            let error = ConversionError(
                .noInput, file: shown, "has a name of \(length) bytes; \(Self.longestName) are accepted")
            return StreamedFile(name: Array(shown.utf8), content: .unusable(error))
        }
        return StreamedFile(name: name, content: .named(name))
    }

    private mutating func nextFrame() throws(ConversionError) -> StreamedFile? {
        guard try fill() else { return nil }
        let nameLength = try readNumber(4)
        guard nameLength <= Self.longestName else {
            throw refusal(.limit, "a name of \(nameLength) bytes is announced; \(Self.longestName) are accepted")
        }
        let bytes = try readBytes(nameLength)
        let name = String(decoding: bytes, as: UTF8.self)
        let length = try readNumber(8)
        guard length <= limits.maximumInputBytes else {
            throw refusal(.limit, "\(name) has \(length) bytes; \(limits.maximumInputBytes) are accepted")
        }
        guard length > Self.keptInMemory else {
            return StreamedFile(name: bytes, content: .bytes(try readBytes(length)))
        }
        var spool = try attempt(on: name) { () throws(SystemError) in try Spool() }
        var rest = length
        while rest > 0 {
            guard try fill() else { throw cutOff }
            let part = available.prefix(rest)
            try attempt(on: name) { () throws(SystemError) in try spool.append(buffer.span.bytes.extracting(part)) }
            available = part.upperBound..<available.upperBound
            rest -= part.count
        }
        return StreamedFile(name: bytes, content: .spooled(spool.file))
    }

    private mutating func readNumber(_ size: Int) throws(ConversionError) -> Int {
        let value = try readBytes(size).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return Int(clamping: value)
    }

    private mutating func readBytes(_ count: Int) throws(ConversionError) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        while bytes.count < count {
            guard try fill() else { throw cutOff }
            let part = available.prefix(count - bytes.count)
            bytes += buffer[part]
            available = part.upperBound..<available.upperBound
        }
        return bytes
    }

    /// Sees to it that something is there to take; false at the end.
    private mutating func fill() throws(ConversionError) -> Bool {
        guard available.isEmpty else { return true }
        guard !isAtEnd else { return false }
        let input = input
        let count = try withReadBuffer(&buffer) { (bytes) throws(ConversionError) in
            try attempt(on: input.name) { () throws(SystemError) in try input.read(into: bytes) }
        }
        isAtEnd = count == 0
        available = 0..<count
        return count > 0
    }

    private var cutOff: ConversionError { refusal(.damaged, "ends within a file") }

    private func refusal(_ code: ConversionErrorCode, _ reason: String) -> ConversionError {
        ConversionError(code, file: input.name, reason)
    }
}

/// `withUnsafeMutableBytes` with a typed error.
private func withReadBuffer(
    _ bytes: inout [UInt8], _ body: (UnsafeMutableRawBufferPointer) throws(ConversionError) -> Int
) throws(ConversionError) -> Int {
    var span = bytes.mutableSpan
    return try span.withUnsafeMutableBytes { (bytes) throws(ConversionError) in try body(bytes) }
}

extension StreamedFile {
    /// Works on the file as a source of audio, which is open as long.
    package func withSource<Result>(
        _ body: (AudioSource) throws(ConversionError) -> Result
    ) throws(ConversionError) -> Result {
        switch content {
        case .bytes(let bytes): return try body(.bytes(bytes, name: name))
        case .spooled(let file): return try body(.descriptor(file.number, name: name))
        case .unusable(let error): throw error
        case .named(let bytes):
            let file = try attempt(on: name) { () throws(SystemError) in try OpenFile(reading: bytes, name: name) }
            let kind = try attempt(on: name) { () throws(SystemError) in try file.status().kind }
            // A pipe would be waited for.
            guard kind == .regular else { throw ConversionError(.noInput, file: name, "is not a regular file") }
            return try body(.descriptor(file.number, name: name))
        }
    }
}
