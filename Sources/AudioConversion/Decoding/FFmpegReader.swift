import Files
import TelephonyAudio

/// Reads through an `ffmpeg` child process what libsndfile can't: M4A, WebM, AMR, WMA, MP4 and the like.
///
/// The child gets the file as an open descriptor, the one demuxer that the signature calls for (so that no playlist can
/// name other files), no standard input, one thread, and limits on memory, time and length. It delivers Sun AU, the
/// simplest stream that carries rate and channels, in 32-bit floats, after the sample-exact start and end that the
/// container declares.
final class FFmpegReader: SampleReader {
    let stream: StreamDescription
    let decoderName = "ffmpeg"
    let rest: ByteSource?

    private let source: ByteSource
    private let integrity: IntegrityCheck
    private let child: ChildProcess
    private let patience: Duration
    private var pending: [UInt8] = []
    /// Frames up to the end that the container tells.
    private var framesLeft: Int
    private var framesRead = 0
    /// How many frames the container holds, as far as it tells, without those that a decoder may leave out.
    private var leastFrameCount = 0
    /// How ffmpeg ended; nil before it has.
    private var exit: ChildProcess.Exit?

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
        let seconds = limits.maximumSampleCount / PhoneAudio.sampleRate + 1
        let (file, part) = try source.file()
        let arguments =
            ["-hide_banner", "-nostdin", "-loglevel", "error", "-protocol_whitelist", "file,subfile", "-threads", "1"]
            + ["-max_alloc", "268435456", "-timelimit", "3600"]
            + ["-f", demuxer, "-i", "subfile,,start,\(part.lowerBound),end,\(part.upperBound),,:file:/dev/fd/3"]
            + ["-map", "0:a:0", "-t", "\(seconds)", "-c:a", "pcm_f32be", "-f", "au", "-bitexact", "pipe:1"]
        child = try attempt(on: source.name) { () throws(SystemError) in
            try ChildProcess(ffmpeg, arguments: arguments, input: file)
        }
        self.source = source
        integrity = IntegrityCheck(container)
        patience = limits.ffmpegTimeout
        var stream = try Self.readHeader(
            child, file: source.name, container: container, patience: limits.ffmpegTimeout)
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
        _ child: ChildProcess, file: String, container: Container, patience: Duration
    ) throws(ConversionError) -> StreamDescription {
        func words(_ count: Int) throws(ConversionError) -> [Int] {
            var bytes = [UInt8](repeating: 0, count: 4 * count)
            var filled = 0
            while filled < bytes.count {
                let read = try withBytes(of: &bytes) { (buffer) throws(ConversionError) in
                    try Self.read(child, into: .init(rebasing: buffer[filled...]), file: file, patience: patience)
                }
                guard read > 0 else {
                    _ = try Self.end(of: child, file: file, patience: patience)
                    let complaint = FFmpegComplaint(child.errorText) ?? .damaged
                    let reason = complaint.reason(container)
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

    private static func read(
        _ child: ChildProcess, into buffer: UnsafeMutableRawBufferPointer, file: String, patience: Duration
    ) throws(ConversionError) -> Int {
        do throws(ChildProcess.Failure) { return try child.read(into: buffer, patience: patience) } catch {
            switch error {
            case .timedOut:
                throw ConversionError(.limit, file: file, "ffmpeg delivered nothing for \(patience) and was ended")
            case .failed(let error):
                throw ConversionError(.inputOutput, file: file, "reading from ffmpeg failed: \(error.reason)")
            }
        }
    }

    /// Waits for the end of an ffmpeg that has closed its output.
    private static func end(
        of child: ChildProcess, file: String, patience: Duration
    ) throws(ConversionError) -> ChildProcess.Exit {
        if let exit = child.wait(until: .now + patience) { return exit }
        throw ConversionError(
            .limit, file: file, "ffmpeg did not end within \(patience) of its last word and was ended")
    }

    func read(into samples: UnsafeMutableBufferPointer<Float>) throws(ConversionError) -> Int {
        let frameSize = 4 * stream.channels
        guard framesLeft > 0 else { return 0 }
        var bytes = pending
        bytes.append(contentsOf: repeatElement(0, count: samples.count / stream.channels * frameSize - pending.count))
        var filled = pending.count
        while filled < frameSize, exit == nil {
            let read = try withBytes(of: &bytes) { (buffer) throws(ConversionError) in
                try Self.read(child, into: .init(rebasing: buffer[filled...]), file: source.name, patience: patience)
            }
            if read == 0 { exit = try Self.end(of: child, file: source.name, patience: patience) }
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
        guard let exit else { return nil }
        if let complaint = FFmpegComplaint(child.errorText) { return complaint.defect }
        if exit == .unknown { return "it can't be told whether ffmpeg has read all: this process ignores SIGCHLD" }
        guard case .code(let code) = exit else { return "ffmpeg was ended by a signal" }
        guard code == 0 else { return "ffmpeg failed with exit code \(code)" }
        guard framesRead < leastFrameCount else { return finding.defect }
        return IntegrityCheck.endsEarly(framesRead: framesRead, of: leastFrameCount)
    }

    var endsUnmarked: Bool { exit != nil && rest == nil && finding == .endsUnmarked }

    /// What is found in the source beyond what ffmpeg tells.
    private lazy var finding = integrity.finding(in: source)
}
