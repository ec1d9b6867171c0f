import COpus

/// Reads Ogg Opus (RFC 7845) with libopus.
///
/// libsndfile reads it as well, but decodes both channels of stereo for us to mix: libopus itself mixes before its inverse
/// transform, in two thirds of the time. Sound starts after the pre-skip and ends at the last granule position, to the
/// sample.
final class OpusReader: SampleReader {
    let stream: StreamDescription
    let decoderName = "libopus"
    private(set) var defect: String?
    let rest: ByteSource?

    private static let sampleRate = 48_000
    /// The longest packet: 120 ms.
    private static let maximumPacketFrames = 5760

    private let source: ByteSource
    private let header: OpusHeader
    private var packets: OpusPackets
    private var decoder: OpusDecoder?
    /// Decoded frames that are not yet handed on: of one channel if `decoder` mixes.
    private var decoded: [Float] = []
    private var decodedStart = 0
    private var framesToSkip: Int
    private var framesLeft: Int

    /// - Throws: `damaged` if the header is, `unsupported` for channel mappings that are not for listening.
    init(_ source: ByteSource, rest: ByteSource? = nil) throws(ConversionError) {
        self.source = source
        self.rest = rest
        var packets = OpusPackets(source, isFollowed: rest != nil)
        let header = try OpusHeader(try packets.next() ?? [], file: source.name)
        _ = try packets.next()  // the tags
        self.packets = packets
        self.header = header
        framesToSkip = header.preSkip
        let first = try packets.firstGranule()
        let last = try OggPages.lastGranule(in: source, serial: packets.serial)
        // The pages of the header, which a file may break off after, have position 0.
        let frameCount = last.flatMap { last in
            let count = last.subtractingReportingOverflow(first + header.preSkip)
            return !count.overflow && count.partialValue > 0 ? count.partialValue : nil
        }
        framesLeft = frameCount ?? .max
        stream = StreamDescription(
            .oggOpus, encoding: .coded("Opus"), sampleRate: Self.sampleRate, channels: header.channels,
            speakers: Speaker.vorbis(channels: header.channels), frameCount: frameCount)
        try stream.validate(file: source.name)
    }

    func read(into samples: UnsafeMutableBufferPointer<Float>) throws(ConversionError) -> Int {
        try read(into: samples, channels: header.channels)
    }

    func readMono(
        _ mixer: inout ChannelMixer, into samples: UnsafeMutableBufferPointer<Float>
    ) throws(ConversionError) -> Int {
        guard mixer.isMeanOfTwo, header.isSingleStream else {
            return try mixer.mix(into: samples) { (frames) throws(ConversionError) in try read(into: frames) }
        }
        return try read(into: samples, channels: 1)
    }

    private func read(
        into samples: UnsafeMutableBufferPointer<Float>, channels: Int
    ) throws(ConversionError) -> Int {
        while decodedStart == decoded.count {
            guard framesLeft > 0, try decodeNext(channels: channels) else {
                // Up to the end of the stream, whose absence shows that the file was cut off.
                while try packets.next() != nil {}
                if defect == nil { defect = packets.defect ?? missing }
                return 0
            }
        }
        let frames = min(samples.count, decoded.count - decodedStart) / channels
        let gain = header.gain
        for index in 0..<(frames * channels) { samples[index] = decoded[decodedStart + index] * gain }
        decodedStart += frames * channels
        return frames
    }

    var endsUnmarked: Bool { packets.endsUnmarked }

    private var missing: String? {
        guard let frameCount = stream.frameCount, framesLeft > 0 else { return nil }
        return IntegrityCheck.endsEarly(framesRead: frameCount - framesLeft, of: frameCount)
    }

    /// Decodes a packet, without what is to be skipped or lies behind the end; false if there is none.
    private func decodeNext(channels: Int) throws(ConversionError) -> Bool {
        guard let packet = try packets.next() else { return false }
        if decoder == nil { decoder = try OpusDecoder(header, channels: channels, file: source.name) }
        if decoded.count != Self.maximumPacketFrames * channels {
            decoded = [Float](repeating: 0, count: Self.maximumPacketFrames * channels)
        } else {
            decoded.append(contentsOf: repeatElement(0, count: Self.maximumPacketFrames * channels - decoded.count))
        }
        var frames = decoder!.decode(packet, into: &decoded, maximumFrames: Self.maximumPacketFrames)
        if frames < 0 {
            defect = defect ?? "a packet of the page at byte \(packets.place) is damaged"
            frames = 0
        }
        let skipped = min(frames, framesToSkip)
        framesToSkip -= skipped
        let kept = min(frames - skipped, framesLeft)
        framesLeft -= kept
        decoded.removeLast(decoded.count - (skipped + kept) * channels)
        decodedStart = skipped * channels
        return true
    }
}

/// The packet that an Opus stream begins with (RFC 7845, section 5.1).
struct OpusHeader {
    let channels: Int
    /// Frames at 48 kHz to drop at the beginning.
    let preSkip: Int
    /// The output gain, as a factor.
    let gain: Float
    let streams: Int
    let coupledStreams: Int
    /// Which decoded channel each output channel takes.
    let mapping: [UInt8]
    /// Whether it is one mono or stereo stream, without a mapping table.
    let isSingleStream: Bool

    init(_ packet: [UInt8], file: String) throws(ConversionError) {
        guard packet.count >= 19, packet[8] & 0xF0 == 0, packet[9] > 0 else {
            throw ConversionError(.damaged, file: file, "looks like Ogg Opus, but its header is damaged")
        }
        channels = Int(packet[9])
        preSkip = Int(packet[10]) | Int(packet[11]) << 8
        gain = decibelFactor(Double(Int16(bitPattern: UInt16(packet[16]) | UInt16(packet[17]) << 8)) / 256)
        isSingleStream = packet[18] == 0
        if isSingleStream {
            guard channels <= 2 else {
                throw ConversionError(.damaged, file: file, "looks like Ogg Opus, but its header is damaged")
            }
            (streams, coupledStreams, mapping) = (1, channels - 1, Array(0..<UInt8(channels)))
        } else {
            guard packet[18] == 1 || packet[18] == 255, packet.count >= 21 + channels else {
                throw ConversionError(
                    .unsupported, file: file,
                    "is Ogg Opus with channel mapping \(packet[18]), which is not for loudspeakers")
            }
            (streams, coupledStreams, mapping) = (Int(packet[19]), Int(packet[20]), Array(packet[21..<(21 + channels)]))
        }
    }
}

/// The packets of the Opus stream in a file, put together from its pages.
struct OpusPackets {
    private(set) var serial: UInt32 = 0
    private(set) var defect: String?
    private var pages: OggPages
    private let source: ByteSource
    private let isFollowed: Bool
    private var queue: [[UInt8]] = []
    private var partial: [UInt8] = []
    private var sequence: UInt32?
    private var isComplete = false
    /// The page whose packets are in the queue.
    private var lastPage: (granule: Int64, isLast: Bool)?

    /// No encoder comes near; what is longer is an attack.
    private static let maximumPacketSize = 1 << 20

    /// - Parameter isFollowed: whether another stream follows the source.
    init(_ source: ByteSource, isFollowed: Bool) {
        pages = OggPages(source)
        self.source = source
        self.isFollowed = isFollowed
    }

    /// Where the page that the last packet came from begins in the whole file, in bytes.
    private(set) var place = 0

    /// The next packet; nil at the end.
    mutating func next() throws(ConversionError) -> [UInt8]? {
        while queue.isEmpty {
            guard !isComplete, let page = try pages.next() else {
                if !isComplete, defect == nil { defect = missingEnd }
                return nil
            }
            if sequence == nil { serial = page.serial }
            if page.serial == serial { take(page) }
        }
        return queue.removeFirst()
    }

    /// What is wrong with the end of a stream without a last page.
    private var missingEnd: String? {
        if pages.offset < source.size {
            return "the stream breaks off at byte \(source.position(pages.offset)) of \(source.position(source.size))"
        }
        return partial.isEmpty ? nil : OggPages.endsInPacket
    }

    /// Whether no page is marked as the last, though all pages are whole: where another stream follows, that does not matter.
    var endsUnmarked: Bool { !isComplete && !isFollowed && defect == nil }

    /// The granule position at which the sound begins, which is not 0 in a stream that was joined late (RFC 7845, 4.5).
    ///
    /// The packets that have been read so far are those of the header.
    func firstGranule() throws(ConversionError) -> Int {
        var ahead = self
        guard let packet = try ahead.next(), let page = ahead.lastPage, !page.isLast,
            (1..<1 << 60).contains(page.granule)
        else { return 0 }
        // A packet that begins on an earlier page ends on this one all the same.
        let count = ([packet] + ahead.queue).reduce(0) {
            $0 + Int(max(0, opus_packet_get_nb_samples($1, Int32($1.count), 48_000)))
        }
        return max(0, Int(clamping: page.granule) - count)
    }

    private mutating func take(_ page: OggPages.Page) {
        defer { lastPage = (page.granule, page.isLast) }
        place = page.place
        if !page.isIntact {
            defect = defect ?? "the page at byte \(page.place) has a wrong checksum"
        } else if let sequence, sequence &+ 1 != page.sequence, !OggPages.beginsLate(page, after: lastPage?.granule) {
            defect = defect ?? "pages are missing before byte \(page.place)"
        }
        sequence = page.sequence
        isComplete = page.isLast
        guard page.isIntact else { return partial.removeAll() }
        if !page.isContinued { partial.removeAll() }
        var start = 0
        for length in page.lacing {
            let end = start + Int(length)
            if partial.count < Self.maximumPacketSize { partial += page.body[start..<end] }
            start = end
            guard length < 255 else { continue }
            queue.append(partial)
            partial.removeAll(keepingCapacity: true)
        }
    }
}

/// Owns a libopus decoder.
private final class OpusDecoder {
    private enum Handle {
        case single(OpaquePointer)
        case multiple(OpaquePointer)
    }

    private let handle: Handle

    /// - Parameter channels: those of the header, or 1 for a stereo stream that is to be mixed.
    init(_ header: OpusHeader, channels: Int, file: String) throws(ConversionError) {
        var code: Int32 = 0
        let created =
            header.isSingleStream
            ? opus_decoder_create(48_000, Int32(channels), &code).map(Handle.single)
            : opus_multistream_decoder_create(
                48_000, Int32(channels), Int32(header.streams), Int32(header.coupledStreams), header.mapping, &code
            ).map(Handle.multiple)
        guard let created, code == OPUS_OK else {
            throw ConversionError(
                .damaged, file: file, "can't be decoded: libopus says \"\(String(cString: opus_strerror(code)))\"")
        }
        handle = created
    }

    deinit {
        switch handle {
        case .single(let decoder): opus_decoder_destroy(decoder)
        case .multiple(let decoder): opus_multistream_decoder_destroy(decoder)
        }
    }

    /// Decodes a packet; the number of frames, negative if it is damaged.
    func decode(_ packet: [UInt8], into samples: inout [Float], maximumFrames: Int) -> Int {
        let (size, frames) = (Int32(packet.count), Int32(maximumFrames))
        let decoded =
            switch handle {
            case .single(let decoder): opus_decode_float(decoder, packet, size, &samples, frames, 0)
            case .multiple(let decoder): opus_multistream_decode_float(decoder, packet, size, &samples, frames, 0)
            }
        return Int(decoded)
    }
}
