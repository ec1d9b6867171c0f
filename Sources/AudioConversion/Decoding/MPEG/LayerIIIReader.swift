import LayerIII

/// Reads MP3 for telephony: MPEG-1, 2 and 2.5 Layer III, of which only what is heard at 8000 Hz is decoded.
///
/// libsndfile reads it as well, with libmpg123, which decodes all that there is and takes five times as long. Encoder delay
/// and padding are left out as there. What it delivers is the one channel that is selected, or the mean, with little of the
/// sound above 4.1 kHz.
final class LayerIIIReader: SampleReader {
    let stream: StreamDescription
    let decoderName = "built-in"
    private(set) var defect: String?

    private let content: LayerIIIStream
    private let window: FrameWindow
    private let decoder: LayerIIIDecoder
    /// Where the next frame begins.
    private var offset: Int
    private var framesLeft: Int
    /// The samples of a frame, and those of them that are not yet handed on.
    private var decoded: [Float]
    private var pending = 0..<0
    /// How many samples were decoded before the present frame.
    private var position = 0

    /// - Returns: nil for a stream that only libsndfile reads; see ``LayerIIIStream``.
    init?(
        _ source: ByteSource, container: Container, selection: ChannelSelection
    ) throws(ConversionError) {
        guard let file = try LayerIIIFile(source) else { return nil }
        content = file.stream
        window = FrameWindow(source)
        decoder = LayerIIIDecoder(sampleRate: content.header.sampleRate, channel: selection.channel)
        (offset, framesLeft) = (file.start, content.frameCount)
        decoded = [Float](repeating: 0, count: content.header.sampleCount)
        stream = StreamDescription(
            container, encoding: .coded("MPEG Layer III"), sampleRate: content.header.sampleRate,
            channels: content.header.channels, frameCount: content.samples.count)
    }

    /// Reads frames all of whose channels are what was selected.
    func read(into samples: UnsafeMutableBufferPointer<Float>) throws(ConversionError) -> Int {
        let channels = stream.channels
        let count = try readSelected(into: .init(rebasing: samples[..<(samples.count / channels)]))
        guard channels == 2 else { return count }
        for index in (0..<count).reversed() {
            (samples[2 * index], samples[2 * index + 1]) = (samples[index], samples[index])
        }
        return count
    }

    /// Reads what was selected, whatever the mixer: it was made for the same.
    func readMono(
        _ mixer: inout ChannelMixer, into samples: UnsafeMutableBufferPointer<Float>
    ) throws(ConversionError) -> Int {
        try readSelected(into: samples)
    }

    private func readSelected(into samples: UnsafeMutableBufferPointer<Float>) throws(ConversionError) -> Int {
        var count = 0
        while count < samples.count {
            if pending.isEmpty {
                guard framesLeft > 0 else { break }
                try decodeNext()
            }
            let wanted = min(pending.count, samples.count - count)
            let source = pending.prefix(wanted)
            decoded.withUnsafeBufferPointer { decoded in
                (samples.baseAddress! + count).update(from: decoded.baseAddress! + source.lowerBound, count: wanted)
            }
            pending = source.upperBound..<pending.upperBound
            count += wanted
        }
        return count
    }

    /// Decodes a frame, of which what lies outside the stream's samples is not handed on.
    private func decodeNext() throws(ConversionError) {
        let size = decoded.count
        // The frames were looked over: one that is another now is of a source that has changed since.
        guard let header = try window.header(at: offset), header.continues(content.header),
            let frame = try window.frame(header, at: offset), frame.count >= header.mainDataOffset
        else {
            framesLeft = 0
            defect = defect ?? "the file became shorter while it was read"
            return
        }
        let isWhole = isAtEdge
        let isIntact = decoded.withUnsafeMutableBufferPointer {
            decoder.decode(header, frame, isWhole: isWhole, into: $0.baseAddress!)
        }
        if !isIntact { defect = defect ?? "a frame is damaged at byte \(offset)" }
        offset += frame.count
        framesLeft -= 1
        let wanted = content.samples.clamped(to: position..<(position + size))
        pending = (wanted.lowerBound - position)..<(wanted.upperBound - position)
        position += size
    }

    /// Whether the next frame is heard within 10 ms of the first or the last sample that is delivered.
    ///
    /// Where sound breaks off, its high frequencies make a click that is heard at 8000 Hz, too.
    private var isAtEdge: Bool {
        let (samples, margin) = (content.samples, stream.sampleRate / 100)
        // A frame sounds for two granules longer: in the overlap of its last granule, and in the filterbank.
        let reach = position..<(position + decoded.count + 2 * Granule.lines)
        return reach.overlaps(samples.prefix(margin)) || reach.overlaps(samples.suffix(margin))
    }
}

extension ChannelSelection {
    /// The one channel that is taken, counted from 1; nil for a mix of all.
    fileprivate var channel: Int? {
        switch self {
        case .mix: nil
        case .only(let channel): channel
        }
    }
}
