/// The frames of an AMR or AMR wideband file (RFC 4867, section 5.3), one after another: 20 ms each.
struct AMRFrames {
    /// A frame: its bytes, and whether they hold speech.
    struct Frame {
        let bytes: ArraySlice<UInt8>
        /// Otherwise they describe the noise of a pause, or stand for a frame that was not sent or not received.
        let isSpeech: Bool
    }

    /// What is wrong with the file, as far as it was followed, or nil.
    private(set) var defect: String?

    private let source: ByteSource
    private let isWideband: Bool
    private var window: ByteWindow
    private var offset: Int

    /// The text that a file begins with.
    static func magic(isWideband: Bool) -> [UInt8] { Array((isWideband ? "#!AMR-WB\n" : "#!AMR\n").utf8) }

    init(_ source: ByteSource, isWideband: Bool) {
        self.source = source
        self.isWideband = isWideband
        window = ByteWindow(source)
        offset = Self.magic(isWideband: isWideband).count
    }

    /// The next frame; nil at the end, and where no frame is.
    mutating func next() -> Frame? {
        guard offset < source.size, let head = window[offset, 1].first else { return nil }
        let type = Int(head >> 3 & 15)
        guard let size = (isWideband ? Self.widebandSizes : Self.sizes)[type] else {
            defect = "a frame is damaged at byte \(source.position(offset))"
            return nil
        }
        let bytes = window[offset, 1 + size]
        guard bytes.count == 1 + size else {
            defect = "the file ends in the middle of a frame: it was cut off"
            return nil
        }
        offset += bytes.count
        return Frame(bytes: bytes, isSpeech: type < (isWideband ? 9 : 8))
    }

    /// Bytes behind the head of a frame by its type; nil for types without a meaning (3GPP TS 26.101, table 1a; TS 26.201, 1a).
    private static let sizes = [12, 13, 15, 17, 19, 20, 26, 31, 5, 6, 5, 5, nil, nil, 0, 0]
    private static let widebandSizes = [17, 23, 32, 36, 40, 46, 50, 58, 60, 5, nil, nil, nil, nil, 0, 0]
}
