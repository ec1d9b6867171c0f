import SystemPackage

/// A temporary file without a name that takes bytes at its end and gives them back from anywhere.
package struct Spool {
    /// Where the bytes are; a child process can open it.
    package let file: OpenFile
    /// How many bytes it holds.
    package private(set) var size = 0
    private let limit: Int

    /// An empty one.
    ///
    /// - Parameter limit: the most bytes it takes.
    /// - Throws: `makeTemporary`.
    package init(limit: Int = .max) throws(SystemError) {
        file = try OpenFile.temporary()
        self.limit = limit
    }

    /// Takes bytes at the end.
    ///
    /// - Throws: `exceed` if there are more than the limit, `spool` if the disk is full.
    package mutating func append(_ bytes: RawSpan) throws(SystemError) {
        guard bytes.byteCount <= limit - size else {
            throw SystemError(.exceed(limit: limit), file.name, .fileTooLarge)
        }
        do throws(SystemError) { try file.write(bytes, at: size) } catch {
            throw SystemError(.spool, file.name, error.errno)
        }
        size += bytes.byteCount
    }

    /// Takes all that a pipe delivers.
    ///
    /// - Parameters:
    ///   - pipe: is read to its end.
    ///   - isPlausible: tells by the first bytes, 256 or more, whether the rest is worth taking.
    /// - Throws: `read`, `exceed`, `spool`.
    package mutating func copy(from pipe: OpenFile, isPlausible: ([UInt8]) -> Bool) throws(SystemError) {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        // The beginning may come in several pieces.
        var head: [UInt8] = []
        while true {
            var span = buffer.mutableSpan
            let count = try span.withUnsafeMutableBytes { (bytes) throws(SystemError) in try pipe.read(into: bytes) }
            if count == 0 { return }
            try append(buffer.span.bytes.extracting(first: count))
            guard head.count < 256 else { continue }
            head += buffer[..<count]
            if head.count >= 256, !isPlausible(head) { return }
        }
    }
}
