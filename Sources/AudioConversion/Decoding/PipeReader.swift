import Files

/// Reads linear and companded samples from a pipe, each as soon as it has come: those of a WAV file, or headerless ones.
final class PipeReader: SampleReader {
    let stream: StreamDescription
    let decoderName = "built-in"
    private(set) var defect: String?
    private(set) var difference: ChannelDifference? = ChannelDifference()
    private(set) var rest: ByteSource?

    private let pipe: OpenFile
    private let layout: PCMLayout
    private let limits: ConversionLimits
    private let frameSize: Int
    /// Bytes of samples that are still to come; nil where that is not known.
    private var remaining: Int?
    private let promised: Int?
    /// What has come and is not decoded yet.
    private var pending: [UInt8]
    private var buffer = [UInt8](repeating: 0, count: 1 << 16)

    private init(
        _ pipe: OpenFile, _ layout: PCMLayout, byteCount: Int?, pending: [UInt8], limits: ConversionLimits
    ) throws(ConversionError) {
        self.pipe = pipe
        self.layout = layout
        self.limits = limits
        self.pending = pending
        (remaining, promised) = (byteCount, byteCount)
        let frameSize = layout.encoding.bytesPerSample * layout.channels
        self.frameSize = frameSize
        stream = StreamDescription(
            container: layout.container, name: layout.container?.name ?? "headerless",
            encoding: .pcm(layout.encoding), sampleRate: layout.sampleRate, channels: layout.channels,
            speakers: layout.speakers, frameCount: byteCount.map { $0 / max(1, frameSize) })
        try stream.validate(file: pipe.name)
    }

    /// A reader of a pipe; nil where its samples can't be decoded one by one.
    ///
    /// - Parameters:
    ///   - pipe: at its beginning.
    ///   - raw: what the bytes mean if they have no header.
    ///   - head: gets what was read of the pipe to find out.
    static func open(
        _ pipe: OpenFile, raw: HeaderlessFormat?, limits: ConversionLimits, head: inout [UInt8]
    ) throws(ConversionError) -> PipeReader? {
        if let raw {
            guard case .samples(let layout) = raw.reading(size: 0) else { return nil }
            return try PipeReader(pipe, layout, byteCount: nil, pending: [], limits: limits)
        }
        var buffer = [UInt8](repeating: 0, count: 1 << 12)
        while head.count < headLimit {
            let count = try read(pipe, into: &buffer)
            head += buffer[..<count]
            if head.count >= 12, Container.recognize(head)?.container.decoder != .wav { return nil }
            if let found = try WAVParser.streamLayout(head, name: pipe.name) {
                guard let layout = found.layout else { return nil }
                return try PipeReader(
                    pipe, layout, byteCount: found.byteCount, pending: Array(head[layout.dataRange.lowerBound...]),
                    limits: limits)
            }
            if count == 0 { return nil }
        }
        return nil
    }

    /// Headers are shorter, but for those with pictures in them.
    private static let headLimit = 1 << 16

    func read(into samples: UnsafeMutableBufferPointer<Float>) throws(ConversionError) -> Int {
        let wanted = samples.count / layout.channels * frameSize
        guard wanted > 0 else { return 0 }
        while pending.count < min(frameSize, remaining ?? .max) {
            let count = try Self.read(pipe, into: &buffer)
            if count == 0 { break }
            pending += buffer[..<count]
        }
        let available = min(pending.count, wanted, remaining ?? .max)
        let count = available / frameSize
        guard count > 0 else {
            try end()
            return 0
        }
        let decoded = UnsafeMutableBufferPointer(rebasing: samples[..<(count * layout.channels)])
        pending.withUnsafeBytes { bytes in
            layout.encoding.decode(
                .init(rebasing: bytes[..<(count * frameSize)]), bigEndian: layout.isBigEndian, into: decoded)
        }
        difference?.add(.init(decoded), channels: layout.channels)
        pending.removeFirst(count * frameSize)
        remaining = remaining.map { $0 - count * frameSize }
        return count
    }

    /// Looks at what follows the samples, or at what is missing of them.
    private func end() throws(ConversionError) {
        guard let remaining, let promised else { return }
        if pending.count < remaining {
            let missing = remaining - pending.count
            defect = "the file ends \(missing) bytes early; the header promises \(promised) bytes of audio"
            return
        }
        let count = try Self.read(pipe, into: &buffer)
        let following = Array((pending[remaining...] + buffer[..<count]).drop { $0 == 0 })
        self.remaining = nil
        pending = []
        let spool = try attempt(on: pipe.name) { [pipe, limits] () throws(SystemError) in
            var spool = try Spool(limit: limits.maximumInputBytes)
            try spool.append(following.span.bytes)
            try spool.copy(from: pipe) { _ in true }
            return spool
        }
        guard Container.recognize(following)?.container.decoder == .wav else { return }
        rest = ByteSource(pipe.name, spool)
    }

    private static func read(_ pipe: OpenFile, into buffer: inout [UInt8]) throws(ConversionError) -> Int {
        try withBytes(of: &buffer) { (bytes) throws(ConversionError) in
            try attempt(on: pipe.name) { () throws(SystemError) in try pipe.read(into: bytes) }
        }
    }
}

extension WAVParser {
    /// What the beginning of a WAV file says of its samples: how they are stored, nil if only a library decodes them, and how
    /// many bytes they are, nil if it does not say.
    ///
    /// - Returns: nil if the samples do not begin in it.
    static func streamLayout(
        _ head: [UInt8], name: String
    ) throws(ConversionError) -> (layout: PCMLayout?, byteCount: Int?)? {
        let source = try ByteSource(.bytes(head, name: name), limits: ConversionLimits())
        guard head.count >= 12, let container = Container.recognize(head)?.container else { return nil }
        var parser = try WAVParser(source, container: container)
        // A header that is not whole yet.
        guard let header = try? parser.header(), let data = header.chunks.last, data.id == "data" else { return nil }
        guard header.channels > 0, let encoding = Self.encoding(header),
            !(encoding == .s32 && header.bitsPerSample == 24)
        else { return (nil, nil) }
        let layout = PCMLayout(
            container: container, encoding: encoding,
            isBigEndian: try source.bytes(at: 0, count: 4) == Array("RIFX".utf8),
            sampleRate: header.sampleRate, channels: header.channels, speakers: header.speakers,
            dataRange: data.start..<data.start)
        return (layout, data.size == 0 || Self.isStreamMark(data.size) ? nil : data.size)
    }

    /// Whether a size is one that programs write which do not know it: 0xFFFFFFFF, ffmpeg and most; 0x7FFFFFFF less a header,
    /// rounded or not, sox and old tools; 64 bits likewise.
    static func isStreamMark(_ size: Int) -> Bool { size >= 0xFFFF_F000 || (0x7FFF_0000...0x8000_0000).contains(size) }
}
