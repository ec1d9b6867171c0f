/// How a WAV file is laid out, beside its samples: what a judgement of its header needs.
public struct WAVLayout: Sendable, Hashable {
    /// Whether the container is plain RIFF, not RIFX, RF64 or BW64.
    public let isRIFF: Bool
    /// The length of the tags that stand before the WAV file; 0 where it begins as it should.
    public let leadingTagByteCount: Int
    /// The size of the file; of a file in base64, of what that decodes to.
    public let byteCount: Int
    /// What the header says the size is, without its first 8 bytes.
    public let statedSize: Int
    /// Its chunks, in the order of the file, to the first one with audio.
    public private(set) var chunks: [Chunk] = []
    /// The content of `fmt `, 40 bytes at most.
    public private(set) var format: [UInt8] = []

    /// A part of the file: its name, and where its content lies, as the header has it.
    public struct Chunk: Sendable, Hashable {
        /// The four characters.
        public let name: String
        /// Where the content begins, in bytes from the file's beginning.
        public let start: Int
        /// The number of bytes that the header states.
        public let size: Int
    }
}

extension WAVLayout {
    /// The layout of a file that has been decoded; nil if it is no WAV file.
    ///
    /// - Parameter stream: what the decoder found in the file.
    init?(_ file: ByteSource, stream: StreamDescription, limits: ConversionLimits) throws(ConversionError) {
        guard let container = stream.container, container.decoder == .wav else { return nil }
        // The platform takes base64 as well: what counts is what it holds.
        let whole = try ReaderChoice.base64Content(of: file, limits) ?? file
        leadingTagByteCount = try AudioTags.leadingCount(whole)
        let source = leadingTagByteCount > 0 ? whole.slice(leadingTagByteCount..<whole.size) : whole
        isRIFF = container == .wav
        byteCount = source.size
        statedSize = try source.bytes(at: 4, count: 4).reversed().reduce(0) { $0 << 8 | Int($1) }
        // Of the others the chunks are of no consequence.
        guard isRIFF else { return }
        var parser = try WAVParser(source, container: .wav)
        chunks = try parser.header().chunks.map { Chunk(name: $0.id, start: $0.start, size: $0.size) }
        if let chunk = chunks.last(where: { $0.name == "fmt " }) {
            format = try source.bytes(at: chunk.start, count: min(chunk.size, 40))
        }
    }
}
