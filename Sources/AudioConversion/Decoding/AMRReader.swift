import Files

/// Reads AMR and AMR wideband through ffmpeg.
///
/// In pauses, phones store a description of the noise, or nothing, in place of speech. ffmpeg decodes neither, and leaves out
/// their time; here it gets the frames of speech alone, and silence stands for the others.
final class AMRReader: SampleReader {
    let stream: StreamDescription
    let decoderName = "ffmpeg"
    private(set) var defect: String?

    private let speech: FFmpegReader
    private let frameSize: Int
    private var frames: AMRFrames
    /// Samples of speech, and then of silence, that come before the next frame.
    private var speechLeft = 0
    private var silenceLeft = 0
    private var isAtEnd = false

    /// - Throws: `damaged` if there is no frame of speech, and as ffmpeg's reader.
    init(_ source: ByteSource, container: Container, limits: ConversionLimits) throws(ConversionError) {
        let isWideband = container == .amrWideband
        frameSize = isWideband ? 320 : 160
        frames = AMRFrames(source, isWideband: isWideband)
        let (file, count) = try Self.speech(of: source, isWideband: isWideband, limits: limits)
        speech = try FFmpegReader(file, container: container, limits: limits)
        var stream = speech.stream
        stream.frameCount = count * frameSize
        self.stream = stream
    }

    /// Whether a source has frames of speech alone, so that ffmpeg reads it as it is.
    static func isAllSpeech(_ source: ByteSource, isWideband: Bool) -> Bool {
        let (count, speechCount, defect) = count(source, isWideband: isWideband)
        return speechCount == count && count > 0 && defect == nil
    }

    /// How many frames there are of any kind, and of speech, and what is wrong with them.
    private static func count(
        _ source: ByteSource, isWideband: Bool
    ) -> (frames: Int, speech: Int, defect: String?) {
        var frames = AMRFrames(source, isWideband: isWideband)
        var (count, speechCount) = (0, 0)
        while let frame = frames.next() {
            count += 1
            speechCount += frame.isSpeech ? 1 : 0
        }
        return (count, speechCount, frames.defect)
    }

    /// The frames of speech as a file of their own, and how many frames there are of any kind.
    private static func speech(
        of source: ByteSource, isWideband: Bool, limits: ConversionLimits
    ) throws(ConversionError) -> (file: ByteSource, frameCount: Int) {
        let (count, speechCount, defect) = Self.count(source, isWideband: isWideband)
        guard speechCount > 0 else {
            throw ConversionError(
                .damaged, file: source.name,
                "is AMR without speech: \(count) frames of silence\(defect.map { "; \($0)" } ?? "")")
        }
        if speechCount == count, defect == nil { return (source, count) }
        var spool = try attempt(on: source.name) { () throws(SystemError) in try Spool(limit: limits.maximumInputBytes)
        }
        var pending = AMRFrames.magic(isWideband: isWideband)
        func flush() throws(ConversionError) {
            try attempt(on: source.name) { () throws(SystemError) in try spool.append(pending.span.bytes) }
            pending.removeAll(keepingCapacity: true)
        }
        var frames = AMRFrames(source, isWideband: isWideband)
        while let frame = frames.next() {
            if frame.isSpeech { pending += frame.bytes }
            if pending.count >= 1 << 16 { try flush() }
        }
        try flush()
        return (ByteSource(source.name, spool), count)
    }

    func read(into samples: UnsafeMutableBufferPointer<Float>) throws(ConversionError) -> Int {
        var filled = 0
        while filled < samples.count, !isAtEnd {
            if speechLeft > 0 {
                let wanted = min(speechLeft, samples.count - filled)
                let count = try speech.read(into: .init(rebasing: samples[filled..<(filled + wanted)]))
                guard count > 0 else {
                    end("the file ends early: \(speechLeft) samples of speech could not be decoded")
                    break
                }
                (speechLeft, filled) = (speechLeft - count, filled + count)
            } else if silenceLeft > 0 {
                let count = min(silenceLeft, samples.count - filled)
                samples[filled..<(filled + count)].update(repeating: 0)
                (silenceLeft, filled) = (silenceLeft - count, filled + count)
            } else if let frame = frames.next() {
                if frame.isSpeech { speechLeft = frameSize } else { silenceLeft = frameSize }
            } else {
                // Nothing may be left, but only a reader that has come to its end tells of damage.
                var rest: [Float] = [0]
                _ = try withFloats(&rest) { (rest) throws(ConversionError) in try speech.read(into: rest) }
                end(nil)
            }
        }
        return filled
    }

    private func end(_ missing: String?) {
        isAtEnd = true
        defect = frames.defect ?? speech.defect ?? missing
    }
}
