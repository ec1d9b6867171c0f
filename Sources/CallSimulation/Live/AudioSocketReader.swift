import AudioConversion
import NIOCore

/// What comes on a connection of AudioSocket, frame by frame, with audio at 8 kHz, and what is strange about it.
struct AudioSocketReader {
    private var buffer = ByteBuffer()
    private var hasBegun = false
    /// For audio at another rate, which is continuous.
    private var resampler: StreamResampler?
    private var toldKinds: Set<UInt8> = []
    /// Since when audio comes, and how much has.
    private var audioStart: ContinuousClock.Instant?
    private var audioTime = Duration.zero
    private var hasToldRate = false

    /// After how much time the audio's rate is looked at.
    private static let measuredTime = Duration.seconds(3)

    /// Takes what has come.
    mutating func take(_ bytes: ByteBuffer) {
        buffer.discardReadBytes()
        buffer.writeImmutableBuffer(bytes)
    }

    /// The next frame; nil if none is whole yet.
    ///
    /// - Parameters:
    ///   - now: the time.
    ///   - note: is told what is strange and is no error, each once.
    /// - Throws: what is no AudioSocket.
    mutating func next(
        now: ContinuousClock.Instant = .now, note: (String) -> Void
    ) throws(AudioSocketFrame.Malformed) -> AudioSocketFrame? {
        guard let frame = try AudioSocketFrame(readingFrom: &buffer, isFirst: !hasBegun) else { return nil }
        hasBegun = true
        switch frame {
        case .audio(let samples, let rate):
            measure(.seconds(1) * samples.count / rate, now, note)
            guard rate != 8000 else { return frame }
            if resampler == nil { resampler = StreamResampler(sampleRate: rate) }
            return .audio(resampler?.samples(after: samples) ?? samples, sampleRate: 8000)
        case .other(let kind):
            if toldKinds.insert(kind).inserted {
                note("frames of the kind \(AudioSocketFrame.text(of: kind)) are not known, and are ignored")
            }
            return frame
        default: return frame
        }
    }

    /// Tells once if audio comes at half its rate, or less: each of its bytes is taken for half a sample then.
    private mutating func measure(_ time: Duration, _ now: ContinuousClock.Instant, _ note: (String) -> Void) {
        let start = audioStart ?? now
        audioStart = start
        audioTime += time
        let passed = now - start
        guard !hasToldRate, passed >= Self.measuredTime else { return }
        hasToldRate = true
        if audioTime / passed < 0.6 {
            note(
                "of each second \(Int(audioTime / passed * 1000)) ms of audio came: it is probably not linear; "
                    + "in Asterisk's dialplan write Dial(AudioSocket/.../c(slin)), or use the application AudioSocket()"
            )
        }
    }
}
