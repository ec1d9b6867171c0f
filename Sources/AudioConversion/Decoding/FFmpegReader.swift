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

    private let source: ByteSource
    private let integrity: IntegrityCheck
    private let child: ChildProcess
    private let patience: Duration
    private var pending: [UInt8] = []
    /// Frames up to the end that the container tells.
    private var framesLeft: Int
    private var exit: Exit?

    private enum Exit {
        case code(Int32?)
    }

    /// - Parameter container: one that has a demuxer.
    /// - Throws: `unavailable` if ffmpeg is not installed, `damaged` if it finds no audio, `limit` if it takes too long.
    init(
        _ source: ByteSource, container: Container, limits: ConversionLimits
    ) throws(ConversionError) {
        guard let demuxer = container.demuxer else { preconditionFailure("ffmpeg does not read \(container)") }
        guard let ffmpeg = ChildProcess.find("ffmpeg") else {
            throw ConversionError(
                .unavailable, file: source.name,
                "is \(container.name), which needs ffmpeg; install it with: apt-get install ffmpeg")
        }
        let seconds = limits.maximumSampleCount / PhoneAudio.sampleRate + 1
        let arguments =
            ["-hide_banner", "-nostdin", "-loglevel", "error", "-protocol_whitelist", "file", "-threads", "1"]
            + ["-max_alloc", "268435456", "-timelimit", "3600"]
            + ["-f", demuxer, "-i", "file:/dev/fd/3", "-map", "0:a:0", "-t", "\(seconds)"]
            + ["-c:a", "pcm_f32be", "-f", "au", "-bitexact", "pipe:1"]
        guard let child = ChildProcess(ffmpeg, arguments: arguments, input: try source.descriptor()) else {
            throw ConversionError(.unavailable, file: source.name, "\(ffmpeg) can't be started: \(systemErrorText)")
        }
        self.child = child
        self.source = source
        integrity = IntegrityCheck(container)
        patience = limits.ffmpegPatience
        var stream = try Self.readHeader(
            child, file: source.name, container: container, patience: limits.ffmpegPatience)
        try stream.validate(file: source.name)
        if demuxer == "mov" {
            stream.frameCount = MP4Timing.frameCount(in: source, sampleRate: stream.sampleRate)
        }
        self.stream = stream
        framesLeft = stream.frameCount ?? .max
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
                    _ = child.wait()
                    let said = Self.firstLine(child.errorText).map { ": ffmpeg says \"\($0)\"" } ?? ""
                    throw ConversionError(
                        .damaged, file: file, "looks like \(container.name), but no audio can be decoded\(said)")
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
            case .readFailed:
                throw ConversionError(.inputOutput, file: file, "reading from ffmpeg failed: \(systemErrorText)")
            }
        }
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
            if read == 0 { exit = .code(child.wait()) }
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
        return frames
    }

    var defect: String? {
        guard case .code(let code) = exit else { return nil }
        if let line = Self.firstLine(child.errorText) { return "ffmpeg says \"\(line)\"" }
        guard let code else { return "ffmpeg was ended by a signal" }
        guard code == 0 else { return "ffmpeg failed with exit code \(code)" }
        // Encoders may end a frame of their codec, 2048 samples at the most, before the end they declare.
        guard let frameCount = stream.frameCount, framesLeft > 2048 else { return integrity.defect(in: source) }
        return "the file ends early: \(frameCount - framesLeft) of \(frameCount) frames could be read"
    }

    /// The first line of a message, without the address that ffmpeg puts before it.
    private static func firstLine(_ text: [UInt8]) -> String? {
        guard let line = text.split(separator: UInt8(ascii: "\n")).first else { return nil }
        let words = String(decoding: line, as: UTF8.self)
        guard words.hasPrefix("["), let end = words.firstIndex(of: "]") else { return words }
        return String(words[words.index(after: end)...].drop { $0 == " " })
    }
}
