import CTelephonyKernels

/// Reads linear and companded samples that lie side by side in a file: the data of a WAV file, or a headerless one.
final class PCMReader: SampleReader {
    private(set) var stream: StreamDescription
    let decoderName: String
    private(set) var defect: String?
    let rest: ByteSource?

    private let source: ByteSource
    private let layout: PCMLayout
    private let frameSize: Int
    private var offset: Int
    private let buffer: UnsafeMutableRawBufferPointer

    /// The page size: see ``fill(frames:)``.
    private static let page = 4096
    private static let capacity = 1 << 16

    /// - Parameters:
    ///   - assumption: what the bytes were taken for, where nobody said what they are.
    ///   - rest: what follows the samples.
    /// - Throws: `unsupported` if the rate or the number of channels can't be converted.
    init(
        _ source: ByteSource, layout: PCMLayout, decoderName: String, assumption: HeaderlessFormat? = nil,
        rest: ByteSource? = nil
    ) throws(ConversionError) {
        self.source = source
        self.layout = layout
        self.rest = rest
        self.decoderName = decoderName
        frameSize = layout.encoding.bytesPerSample * layout.channels
        offset = layout.dataRange.lowerBound
        defect = layout.defect
        stream = StreamDescription(
            container: layout.container, name: layout.container?.name ?? "headerless",
            encoding: .pcm(layout.encoding), sampleRate: layout.sampleRate, channels: layout.channels,
            speakers: layout.speakers,
            frameCount: frameSize > 0 ? layout.dataRange.count / frameSize : nil)
        stream.assumption = assumption
        buffer = .allocate(byteCount: max(Self.capacity, frameSize) + Self.page, alignment: Self.page)
        try stream.validate(file: source.name)
    }

    deinit { buffer.deallocate() }

    func read(into samples: UnsafeMutableBufferPointer<Float>) throws(ConversionError) -> Int {
        let bytes = try fill(frames: samples.count / layout.channels)
        let count = bytes.count / layout.encoding.bytesPerSample
        layout.encoding.decode(bytes, bigEndian: layout.isBigEndian, into: .init(rebasing: samples[..<count]))
        return bytes.count / frameSize
    }

    func readMono(
        _ mixer: inout ChannelMixer, into samples: UnsafeMutableBufferPointer<Float>
    ) throws(ConversionError) -> Int {
        // Stereo of 16 bits is what most material is: mixing it in the integers is exact and four times as fast.
        guard layout.encoding == .s16, !layout.isBigEndian, mixer.isMeanOfTwo, offset % 2 == 0 else {
            return try mixer.mix(into: samples) { (frames) throws(ConversionError) in try read(into: frames) }
        }
        let bytes = try fill(frames: samples.count)
        let count = bytes.count / frameSize
        guard count > 0 else { return 0 }
        tk_mean_of_two(bytes.baseAddress!.assumingMemoryBound(to: Int16.self), count, samples.baseAddress!)
        return count
    }

    /// Reads up to so many whole frames.
    ///
    /// The bytes land at the same place in a page as they have in the file: on some processors the kernel copies 3.6
    /// times slower where the two differ by a little.
    private func fill(frames: Int) throws(ConversionError) -> UnsafeRawBufferPointer {
        let wanted = min(frames, max(1, Self.capacity / frameSize), (layout.dataRange.upperBound - offset) / frameSize)
        guard wanted > 0 else { return UnsafeRawBufferPointer(start: nil, count: 0) }
        let start = buffer.baseAddress! + offset % Self.page
        let read = try source.read(at: offset, into: .init(start: start, count: wanted * frameSize))
        if read < wanted * frameSize { defect = "the file became shorter while it was read" }
        let whole = read - read % frameSize
        offset = whole > 0 ? offset + whole : layout.dataRange.upperBound
        return UnsafeRawBufferPointer(start: start, count: whole)
    }
}

/// Where samples lie in a file, and how each is stored.
struct PCMLayout: Sendable, Hashable {
    /// The container; nil without a header.
    var container: Container?
    var encoding: PCMEncoding
    var isBigEndian = false
    var sampleRate: Int
    var channels: Int
    var speakers: [Speaker]?
    var dataRange: Range<Int>
    var defect: String?
}
