/// How a WAV file is laid out, beside its samples: what a judgement of its header needs.
public struct WAVLayout: Sendable, Hashable {
    /// Whether the container is plain RIFF, not RIFX, RF64 or BW64.
    public let isRIFF: Bool
    /// Whether the samples are linear PCM of 16 bits.
    public let is16BitPCM: Bool
    /// The first 44 bytes, which is the length of a plain header; all bytes of a shorter file.
    public let beginning: [UInt8]
    /// The size of the file; of a file in base64, of what that decodes to.
    public let byteCount: Int
    /// The names of the chunks but `fmt ` and `data`, in the order of the file.
    public private(set) var otherChunks: [String] = []
    /// How many bytes follow the audio; nil if there is no audio, or less than the header says.
    public private(set) var bytesBehindAudio: Int?
}

extension WAVLayout {
    /// The layout of a file that has been decoded; nil if it is no WAV file.
    ///
    /// - Parameter stream: what the decoder found in the file.
    init?(_ file: ByteSource, stream: StreamDescription, limits: ConversionLimits) throws(ConversionError) {
        guard let container = stream.container, container.decoder == .wav else { return nil }
        // The platform takes base64 as well: what counts is what it holds.
        let source = try ReaderChoice.base64Content(of: file, limits) ?? file
        isRIFF = container == .wav
        is16BitPCM = stream.encoding == .pcm(.s16)
        beginning = try source.bytes(at: 0, count: 44)
        byteCount = source.size
        // Of the others the chunks are of no consequence.
        guard isRIFF, is16BitPCM else { return }
        var parser = try WAVParser(source, container: .wav)
        let chunks = try parser.header().chunks
        otherChunks = chunks.map(\.id).filter { $0 != "fmt " && $0 != "data" }
        if let data = chunks.last(where: { $0.id == "data" }), data.size > 0, data.size <= byteCount - data.start {
            bytesBehindAudio = byteCount - data.start - data.size
        }
    }
}
