import LayerIII

/// A file of Layer III that ``LayerIIIReader`` decodes, looked over from its first frame to its last.
struct LayerIIIFile {
    private(set) var stream: LayerIIIStream
    /// Where the first frame with sound begins, in bytes.
    let start: Int
    /// What is wrong with the stream, or nil.
    private(set) var defect: String?
    /// What follows the stream: another one, of the same format or not.
    private(set) var rest: ByteSource?

    private let source: ByteSource
    private let window: FrameWindow

    /// Looks over a source that begins with a frame.
    ///
    /// - Returns: nil if it takes a full decoder; see ``LayerIIIStream``.
    init?(_ source: ByteSource) throws(ConversionError) {
        self.source = source
        window = FrameWindow(source)
        guard let header = try window.header(at: 0), let frame = try window.frame(header, at: 0),
            let stream = LayerIIIStream(header, firstFrame: frame)
        else { return nil }
        // One frame alone may as well be chance.
        guard try window.header(at: frame.count)?.continues(header) == true else { return nil }
        start = stream.beginsWithIndex ? frame.count : 0
        self.stream = stream
        try scan()
        guard self.stream.finish() else { return nil }
    }

    /// Takes the frames up to the end of the source, or to another stream.
    private mutating func scan() throws(ConversionError) {
        var offset = start
        while offset < source.size {
            guard let header = try window.header(at: offset), let frame = try window.frame(header, at: offset) else {
                return try end(at: offset)
            }
            let length = frame.count
            if offset > start, LayerIIIStream(header, firstFrame: frame)?.beginsWithIndex == true {
                return endBefore(offset)
            }
            // The index counts for its own part of concatenated files only; one frame more may be a miscount.
            if stream.promisedFrameCount == stream.frameCount,
                try window.header(at: offset + length)?.continues(header) == true
            {
                return endBefore(offset)
            }
            switch stream.add(header, frame) {
            case .sound: break
            case .damaged: note("a frame is damaged at byte \(source.position(offset))")
            case .foreign: return try end(at: offset)
            }
            offset += length
        }
        checkPromise()
    }

    /// Ends the stream where another one begins.
    private mutating func endBefore(_ offset: Int) {
        rest = source.slice(offset..<source.size)
        checkPromise()
    }

    /// Ends the stream where no frame of it begins: before a tag, another stream, damage, or the end of the file.
    private mutating func end(at offset: Int) throws(ConversionError) {
        checkPromise()
        let behind = try AudioTags.end(source, from: offset)
        guard behind < source.size else { return }
        if let other = try Container.beginning(in: source, behind: behind) {
            rest = other
            return
        }
        let next = try MPEGSync.find(source, from: behind, frames: 2)
        if let next { rest = source.slice(next..<source.size) }
        guard next != behind else { return }
        let isFrame = try window.header(at: offset)?.continues(stream.header) ?? false
        // What an index says to be complete may have anything behind it; without one, some bytes of a tag that is not known.
        let isComplete =
            stream.promisedFrameCount.map { stream.frameCount >= $0 } ?? (!isFrame && source.size - behind < 512)
        if next == nil, isComplete { return }
        let isCut = next == nil && isFrame
        note(
            isCut
                ? "the file ends in the middle of a frame: it was cut off"
                : "a frame is damaged at byte \(source.position(offset))")
    }

    private mutating func checkPromise() {
        guard let promised = stream.promisedFrameCount, stream.frameCount < promised - 1 else { return }
        note(IntegrityCheck.endsEarly(framesThere: stream.frameCount, of: promised))
    }

    private mutating func note(_ text: String) { defect = defect ?? text }
}
