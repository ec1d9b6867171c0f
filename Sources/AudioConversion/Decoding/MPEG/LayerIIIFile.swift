import LayerIII

/// A file of Layer III that ``LayerIIIReader`` decodes, looked over from its first frame to its last.
struct LayerIIIFile {
    let stream: LayerIIIStream
    /// Where the first frame with sound begins, in bytes.
    let start: Int

    /// - Returns: nil if the stream is not whole, or has what only a full decoder takes; see ``LayerIIIStream``.
    init?(_ source: ByteSource) throws(ConversionError) {
        var tags = ByteWindow(source)
        let first = MPEGFrames.skipTags(&tags)
        let window = FrameWindow(source)
        guard let header = try window.header(at: first), let frame = try window.frame(header, at: first),
            var stream = LayerIIIStream(header, firstFrame: frame)
        else { return nil }
        // One frame alone may as well be chance.
        guard try window.header(at: first + frame.count)?.continues(header) == true else { return nil }
        start = stream.beginsWithIndex ? first + frame.count : first
        guard try Self.scan(window, from: start, size: source.size, into: &stream, &tags), stream.finish() else {
            return nil
        }
        self.stream = stream
    }

    /// Takes the frames up to the end of the source, or to a tag; false if one is not as it should be.
    private static func scan(
        _ window: FrameWindow, from start: Int, size: Int, into stream: inout LayerIIIStream, _ tags: inout ByteWindow
    ) throws(ConversionError) -> Bool {
        var offset = start
        while offset < size {
            guard let header = try window.header(at: offset) else {
                return MPEGFrames.isTrailer(&tags, offset, size: size)
            }
            guard let frame = try window.frame(header, at: offset), stream.add(header, frame) else { return false }
            offset += frame.count
        }
        return true
    }
}
