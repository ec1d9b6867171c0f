import Glibc

/// A temporary file without a name that takes bytes at its end and gives them back from anywhere.
struct Spool {
    let file: FileDescriptor
    private(set) var size = 0
    private let name: String
    private let limit: Int

    /// - Parameters:
    ///   - name: what the spooled bytes belong to, for messages.
    ///   - limit: the most bytes it takes.
    /// - Throws: `inputOutput` if no temporary file can be made.
    init(name: String, limit: Int) throws(ConversionError) {
        guard let file = FileDescriptor.temporary() else {
            throw ConversionError(
                .inputOutput, file: name, "no temporary file can be made in TMPDIR: \(systemErrorText)")
        }
        self.file = file
        self.name = name
        self.limit = limit
    }

    /// Takes bytes at the end.
    ///
    /// - Throws: `limit` if they exceed the limit, `inputOutput` if the disk is full.
    mutating func append(_ bytes: UnsafeRawBufferPointer) throws(ConversionError) {
        guard bytes.count <= limit - size else {
            throw ConversionError(.limit, file: name, "holds more than the \(limit) bytes that are accepted")
        }
        guard file.write(bytes, at: size) else {
            throw ConversionError(.inputOutput, file: name, "the temporary file can't be written: \(systemErrorText)")
        }
        size += bytes.count
    }

    /// Takes the bytes of array elements at the end.
    mutating func append(_ elements: [some BitwiseCopyable]) throws(ConversionError) {
        let bytes = elements.span.bytes
        var outcome: Result<Void, ConversionError>?
        bytes.withUnsafeBytes { buffer in
            do throws(ConversionError) { outcome = .success(try append(buffer)) } catch { outcome = .failure(error) }
        }
        try outcome!.get()
    }

    /// Takes all that a pipe delivers.
    ///
    /// - Parameters:
    ///   - pipe: is read to its end.
    ///   - isPlausible: tells by the first bytes, 256 or more, whether the rest is worth taking.
    mutating func copy(from pipe: FileDescriptor, isPlausible: ([UInt8]) -> Bool) throws(ConversionError) {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        // The beginning may come in several pieces.
        var head: [UInt8] = []
        while true {
            let count = Glibc.read(pipe.number, &buffer, buffer.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else {
                throw ConversionError(.inputOutput, file: name, "reading failed: \(systemErrorText)")
            }
            if count == 0 { return }
            try append(Array(buffer[..<count]))
            guard head.count < 256 else { continue }
            head += buffer[..<count]
            if head.count >= 256, !isPlausible(head) { return }
        }
    }
}
