import SystemPackage

/// A temporary file without a name that takes bytes at its end and gives them back from anywhere.
package struct Spool {
    /// Where the bytes are; a child process can open it.
    package let file: OpenFile
    /// How many bytes it holds.
    package private(set) var size = 0
    private var limit: Int

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

    /// Leaves out bytes at the end, which nobody will ask for: zeros that take no room, and do not count for the limit.
    package mutating func skip(_ count: Int) {
        size += count
        limit = limit.addingReportingOverflow(count).overflow ? .max : limit + count
    }

    /// What the beginning of a pipe tells of the rest.
    package enum Judgement: Sendable, Hashable {
        /// The rest is worth taking.
        case wanted
        /// It is not.
        case unwanted
        /// More of it must have been seen.
        case open
    }

    /// Takes all that a pipe delivers.
    ///
    /// - Parameters:
    ///   - pipe: is read to its end.
    ///   - head: what was read of it before, which is taken first.
    ///   - judge: is given what has come, more each time, until it knows; 256 bytes at least.
    /// - Throws: `read`, `exceed`, `spool`.
    package mutating func copy(
        from pipe: OpenFile, after head: [UInt8] = [], judge: ([UInt8]) -> Judgement
    ) throws(SystemError) {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        var head = head
        try append(head.span.bytes)
        var judgement = Judgement.open
        while true {
            if judgement == .open, head.count >= 256 {
                judgement = judge(head)
                if judgement == .unwanted { return }
                if judgement == .wanted { head = [] }
            }
            var span = buffer.mutableSpan
            let count = try span.withUnsafeMutableBytes { (bytes) throws(SystemError) in try pipe.read(into: bytes) }
            if count == 0 { return }
            try append(buffer.span.bytes.extracting(first: count))
            if judgement == .open { head += buffer[..<count] }
        }
    }
}
