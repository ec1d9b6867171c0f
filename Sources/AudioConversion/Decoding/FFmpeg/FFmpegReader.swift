import Files
import TelephonyAudio

/// Reads through an `ffmpeg` child process what libsndfile can't: M4A, WebM, AMR, WMA, MP4 and the like.
///
/// What it delivers begins and ends, to the sample, where the container declares it.
final class FFmpegReader: SampleReader {
    let stream: StreamDescription
    let decoderName = "ffmpeg"
    let rest: ByteSource?

    private let source: ByteSource
    private let integrity: IntegrityCheck
    private var output: FFmpegOutput
    private var pending: [UInt8] = []
    /// Frames up to the end that the container tells.
    private var framesLeft: Int
    private var framesRead = 0
    /// How many frames the container holds, as far as it tells, without those that a decoder may leave out.
    private var leastFrameCount = 0
    /// How ffmpeg ended; nil before it has.
    private var end: FFmpegOutput.End?

    /// - Parameters:
    ///   - container: one that has a demuxer.
    ///   - rest: what follows the source.
    /// - Throws: `unavailable` if ffmpeg is not installed, `damaged` if it finds no audio, `limit` if it takes too long.
    init(
        _ source: ByteSource, container: Container, limits: ConversionLimits, rest: ByteSource? = nil
    ) throws(ConversionError) {
        self.rest = rest
        guard let demuxer = container.demuxer else { preconditionFailure("ffmpeg does not read \(container)") }
        guard let ffmpeg = ChildProcess.find("ffmpeg") else {
            throw ConversionError(
                .unavailable, file: source.name,
                "is \(container.name), which needs ffmpeg; install it with: apt-get install ffmpeg")
        }
        var output: FFmpegOutput
        if let decoded = source.decodedAhead(as: container) {
            output = decoded
        } else {
            output = try FFmpegOutput(ffmpeg, source, demuxer: demuxer, limits: limits)
        }
        var stream = try Self.readHeader(&output, file: source.name, container: container)
        self.output = output
        self.source = source
        integrity = IntegrityCheck(container)
        try stream.validate(file: source.name)
        if demuxer == "mov" {
            let sound = MP4Sound(source)
            stream.frameCount = sound?.end(sampleRate: stream.sampleRate)
            leastFrameCount = sound?.leastFrameCount(sampleRate: stream.sampleRate) ?? 0
        }
        self.stream = stream
        framesLeft = stream.frameCount ?? .max
    }

    /// A reader of what only later versions of ffmpeg decode; nil if this one delivers nothing, or there is none.
    static func decoding(
        _ source: ByteSource, container: Container, limits: ConversionLimits, rest: ByteSource? = nil
    ) throws(ConversionError) -> FFmpegReader? {
        guard ChildProcess.find("ffmpeg") != nil else { return nil }
        let trial: FFmpegReader
        do throws(ConversionError) {
            trial = try FFmpegReader(source, container: container, limits: limits)
            var samples = [Float](repeating: 0, count: trial.stream.channels)
            guard try withFloats(&samples, { (samples) throws(ConversionError) in try trial.read(into: samples) }) > 0
            else { return nil }
        } catch {
            guard error.code.group == .damaged || error.code.group == .unsupported else { throw error }
            return nil
        }
        return try FFmpegReader(source, container: container, limits: limits, rest: rest)
    }

    /// Reads the header of Sun AU: magic, offset of the data, its size, encoding, rate and channels, 32 bits each.
    private static func readHeader(
        _ output: inout FFmpegOutput, file: String, container: Container
    ) throws(ConversionError) -> StreamDescription {
        func words(_ count: Int) throws(ConversionError) -> [Int] {
            var bytes = [UInt8](repeating: 0, count: 4 * count)
            var filled = 0
            while filled < bytes.count {
                let read = try withBytes(of: &bytes) { (buffer) throws(ConversionError) in
                    try output.read(into: .init(rebasing: buffer[filled...]))
                }
                guard read > 0 else {
                    let reason = (try output.end().complaint ?? .damaged).reason(container)
                    throw ConversionError(reason.code, file: file, reason.text)
                }
                filled += read
            }
            return (0..<count).map { word in bytes[(4 * word)..<(4 * word + 4)].reduce(0) { $0 << 8 | Int($1) } }
        }
        let header = try words(6)
        _ = try words(max(0, (header[1] - 24) / 4))
        return StreamDescription(
            container, encoding: .coded("decoded by ffmpeg"), sampleRate: header[4], channels: header[5])
    }

    func read(into samples: UnsafeMutableBufferPointer<Float>) throws(ConversionError) -> Int {
        let frameSize = 4 * stream.channels
        guard framesLeft > 0 else { return 0 }
        var bytes = pending
        bytes.append(contentsOf: repeatElement(0, count: samples.count / stream.channels * frameSize - pending.count))
        var filled = pending.count
        while filled < frameSize, end == nil {
            let read = try withBytes(of: &bytes) { (buffer) throws(ConversionError) in
                try output.read(into: .init(rebasing: buffer[filled...]))
            }
            if read == 0 { end = try output.end() }
            filled += read
        }
        let whole = filled - filled % frameSize
        bytes.withUnsafeBytes {
            PCMEncoding.f32.decode(
                .init(rebasing: $0[..<whole]), bigEndian: true, into: .init(rebasing: samples[..<(whole / 4)]))
        }
        pending = Array(bytes[whole..<filled])
        let frames = min(whole / frameSize, framesLeft)
        framesLeft -= frames
        framesRead += frames
        return frames
    }

    var defect: String? {
        guard let end else { return nil }
        if let complaint = end.complaint { return complaint.defect }
        if end.exit == .unknown {
            return "it is unknown whether ffmpeg has read everything: this process ignores SIGCHLD"
        }
        guard case .code(let code) = end.exit else { return "ffmpeg was stopped by a signal" }
        guard code == 0 else { return "ffmpeg failed with exit code \(code)" }
        guard framesRead < leastFrameCount else { return finding.defect }
        return IntegrityCheck.endsEarly(framesRead: framesRead, of: leastFrameCount)
    }

    var endsUnmarked: Bool { end != nil && rest == nil && finding == .endsUnmarked }

    /// What is found in the source beyond what ffmpeg tells.
    private lazy var finding = integrity.finding(in: source)
}
