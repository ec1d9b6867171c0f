import LayerIII

/// The frames of an MPEG audio stream (ISO/IEC 11172-3 and 13818-3), followed from header to header.
///
/// libsndfile decodes what ``LayerIIIReader`` leaves to it, and may stop early without a word: what it delivers is held
/// against what is there.
struct MPEGFrames {
    /// How many samples of each channel the frames hold, but for the one with an index.
    private(set) var sampleCount = 0
    /// Whether frames are of different lengths, and no index tells how many there are.
    private(set) var isVariableWithoutIndex = false
    /// What is wrong with the stream, or nil: frames that are not where they should be, fewer frames than the encoder's index
    /// promises, or a last frame that is not whole.
    private(set) var defect: String?

    /// Follows the frames of a source that begins with one.
    init(_ source: ByteSource) {
        var window = ByteWindow(source)
        var (offset, count) = (0, 0)
        var promised: Int?
        var bitRates: Set<Int> = []
        while offset < source.size {
            guard let header = MPEGFrameHeader(window[offset, 4]) else {
                let behind = (try? AudioTags.end(source, from: offset)) ?? offset
                if count > 0, behind < source.size { defect = "a frame is damaged at byte \(source.position(offset))" }
                break
            }
            // At a free bit rate, frames do not tell their length.
            guard let length = header.length else {
                sampleCount = 0
                return
            }
            if count == 0 { promised = Self.indexedFrames(&window, header) }
            guard offset + length <= source.size else {
                if promised.map({ count < $0 }) ?? true {
                    defect = "the file ends in the middle of a frame: it was cut off"
                }
                break
            }
            bitRates.insert(header.bitRate)
            if count > 0 || promised == nil { sampleCount += header.sampleCount }
            offset += length
            count += 1
        }
        // The index does not count the frame that it lies in.
        if let promised, count < promised { defect = IntegrityCheck.endsEarly(framesThere: count, of: promised) }
        isVariableWithoutIndex = promised == nil && bitRates.count > 1
    }

    /// The first of the streams that follow one another in a source, and the others: where the layer, the rate or the channels
    /// change, and behind tags.
    static func divide(_ source: ByteSource) throws(ConversionError) -> (first: ByteSource, rest: ByteSource?) {
        var window = ByteWindow(source)
        guard let first = MPEGFrameHeader(window[0, 4]) else { return (source, nil) }
        var offset = 0
        while let header = MPEGFrameHeader(window[offset, 4]), header.continues(first) {
            guard let length = header.length else { return (source, nil) }
            offset += length
        }
        let behind = try AudioTags.end(source, from: min(offset, source.size))
        // Not damage that looks like a frame: another must follow it.
        guard offset > 0, behind < source.size,
            try MPEGSync.find(source, from: behind, within: 4, frames: 2) == behind
        else { return (source, nil) }
        return (source.slice(0..<offset), source.slice(behind..<source.size))
    }

    /// The number of frames that a Xing or Info index promises.
    private static func indexedFrames(_ window: inout ByteWindow, _ header: MPEGFrameHeader) -> Int? {
        let index = Array(window[4 + header.sideInformationSize, 12])
        guard index.count == 12, ["Xing", "Info"].contains(String(decoding: index[..<4], as: UTF8.self)),
            index[7] & 1 == 1
        else { return nil }
        return index[8...].reduce(0) { $0 << 8 | Int($1) }
    }
}
