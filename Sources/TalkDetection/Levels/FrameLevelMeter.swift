import CTelephonyKernels

/// Cuts a stream of samples into frames and measures the mean magnitude of each.
///
/// ```swift
/// var meter = FrameLevelMeter(frameLength: 160)
/// meter.add(audio.samples.span) { levels in for index in levels.indices { print(levels[index]) } }
/// ```
///
/// The levels do not depend on how the stream is cut into calls. Allocates nothing.
public struct FrameLevelMeter: Sendable {
    /// Samples in a frame, 1...8000.
    public let frameLength: Int
    private var sum: UInt32 = 0
    private var count = 0

    /// How many levels are handed on at a time, at most.
    static let blockLength = 256

    /// A meter.
    ///
    /// - Parameter frameLength: samples in a frame; 160 for 20 ms.
    /// - Precondition: `frameLength` lies in 1...8000.
    public init(frameLength: Int = 160) {
        precondition((1...8000).contains(frameLength), "a frame has 1...8000 samples, not \(frameLength)")
        self.frameLength = frameLength
    }

    /// Takes samples, and hands on the levels of the frames that they complete.
    ///
    /// - Parameters:
    ///   - samples: the next of the stream, of any number.
    ///   - body: is given mean magnitudes, 0...32768, up to 256 at a time.
    /// - Complexity: O(*n*), at about the speed of memory.
    public mutating func add<Failure: Error>(
        _ samples: Span<Int16>,
        _ body: (Span<UInt16>) throws(Failure) -> Void
    ) throws(Failure) {
        var rest = samples
        if count > 0 {
            let missing = min(frameLength - count, rest.count)
            take(rest.extracting(first: missing))
            rest = rest.extracting(droppingFirst: missing)
            guard count == frameLength else { return }
            let level = InlineArray<1, UInt16>(repeating: takeLevel())
            try body(level.span)
        }
        var levels = InlineArray<256, UInt16>(repeating: 0)
        while rest.count >= frameLength {
            let frames = min(Self.blockLength, rest.count / frameLength)
            rest.withUnsafeBufferPointer { samples in
                var span = levels.mutableSpan
                span.withUnsafeMutableBufferPointer {
                    tk_levels(samples.baseAddress!, frameLength, frames, $0.baseAddress!)
                }
            }
            try body(levels.span.extracting(first: frames))
            rest = rest.extracting(droppingFirst: frames * frameLength)
        }
        take(rest)
    }

    /// The level of the samples after the last whole frame, and how many they are; nil if there are none.
    public mutating func finish() -> (level: UInt16, sampleCount: Int)? {
        guard count > 0 else { return nil }
        let sampleCount = count
        return (takeLevel(), sampleCount)
    }

    private mutating func take(_ samples: Span<Int16>) {
        guard !samples.isEmpty else { return }
        sum += samples.withUnsafeBufferPointer { tk_sum_magnitudes($0.baseAddress!, $0.count) }
        count += samples.count
    }

    private mutating func takeLevel() -> UInt16 {
        defer { (sum, count) = (0, 0) }
        return UInt16(sum / UInt32(count))
    }
}
