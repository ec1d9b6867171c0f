import Files

/// What the worker writes.
enum Output {
    // The engine calls back on the one thread that there is.
    nonisolated(unsafe) private static var isComplete = true
    nonisolated(unsafe) private static var pending: [UInt8] = []
    /// What a pipe holds.
    private static let pieceSize = 1 << 16

    /// Writes bytes to standard output, sooner or later; false once that has failed.
    static func write(_ bytes: UnsafeRawBufferPointer) -> Bool {
        pending += bytes
        return pending.count < pieceSize ? isComplete : flush()
    }

    /// Writes to standard output what is still to be written; false if not all was.
    static func flush() -> Bool {
        isComplete = isComplete && write(pending.span.bytes, to: 1)
        pending.removeAll(keepingCapacity: true)
        return isComplete
    }

    /// Writes text to standard output.
    static func write(_ text: String) {
        _ = Array(text.utf8).withUnsafeBytes { write($0) }
    }

    /// Writes a line to standard error.
    static func complain(_ reason: String) {
        _ = write(Array("rtmedia-speech: \(reason)\n".utf8).span.bytes, to: 2)
    }

    private static func write(_ bytes: RawSpan, to descriptor: Int32) -> Bool {
        // Whoever started the worker needs no reason: it does not read any more.
        (try? StandardStreams.write(bytes, to: descriptor)) != nil
    }
}
