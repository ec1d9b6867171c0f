import CTelephonyKernels

/// The speaker that a channel feeds; the raw value is its bit in a WAVE_FORMAT_EXTENSIBLE channel mask.
enum Speaker: Int, Sendable, Hashable, CaseIterable {
    case left, right, center, lowFrequency, backLeft, backRight, frontLeftOfCenter, frontRightOfCenter
    case backCenter, sideLeft, sideRight, topCenter, topFrontLeft, topFrontCenter, topFrontRight
    case topBackLeft, topBackCenter, topBackRight

    /// The speakers of a channel mask, in the order of the channels; nil if they are not as many as the channels.
    static func mask(_ mask: UInt32, channels: Int) -> [Speaker]? {
        let speakers = allCases.filter { mask >> $0.rawValue & 1 == 1 }
        return speakers.count == channels ? speakers : nil
    }

    /// What a number of channels usually means (WAVE_FORMAT_EXTENSIBLE's default order); nil for 0 and more than 8.
    static func usual(channels: Int) -> [Speaker]? {
        switch channels {
        case 1: [.center]
        case 2: [.left, .right]
        case 3: [.left, .right, .center]
        case 4: [.left, .right, .backLeft, .backRight]
        case 5: [.left, .right, .center, .backLeft, .backRight]
        case 6: [.left, .right, .center, .lowFrequency, .backLeft, .backRight]
        case 7: [.left, .right, .center, .lowFrequency, .backCenter, .sideLeft, .sideRight]
        case 8: [.left, .right, .center, .lowFrequency, .backLeft, .backRight, .sideLeft, .sideRight]
        default: nil
        }
    }

    /// Vorbis' channel order, which Opus shares (Vorbis I, 4.3.9); nil where the usual order of WAV holds.
    static func vorbis(channels: Int) -> [Speaker]? {
        switch channels {
        case 3: [.left, .center, .right]
        case 5: [.left, .center, .right, .backLeft, .backRight]
        case 6: [.left, .center, .right, .backLeft, .backRight, .lowFrequency]
        case 7: [.left, .center, .right, .sideLeft, .sideRight, .backCenter, .lowFrequency]
        case 8: [.left, .center, .right, .sideLeft, .sideRight, .backLeft, .backRight, .lowFrequency]
        default: nil
        }
    }

    /// The gain in a mono downmix, before all are scaled to sum to 1.
    ///
    /// That of the stereo downmix in ITU-R BS.775-3, Annex 4, both sides added: 1 for left and right, 2 * 0.7071 for the
    /// centre, 0.7071 for surrounds, nothing for low-frequency effects. Speech is in the centre.
    var downmixGain: Float {
        switch self {
        case .left, .right, .frontLeftOfCenter, .frontRightOfCenter: 1
        case .center: 1.414_213_6
        case .lowFrequency: 0
        default: 0.707_106_8
        }
    }
}

/// Makes one channel of several.
struct ChannelMixer {
    private let weights: [Float]
    private var frames: [Float]
    /// Samples that were infinite or not a number, and became silence.
    private(set) var nonFiniteCount = 0

    /// Whether the result is the plain mean of two channels.
    let isMeanOfTwo: Bool

    /// - Parameters:
    ///   - stream: the channels there are.
    ///   - selection: which of them to take.
    /// - Throws: `usage` if a channel is selected that there is not.
    init(_ stream: StreamDescription, selection: ChannelSelection, file: String) throws(ConversionError) {
        switch selection {
        case .mix: weights = Self.downmix(stream)
        case .only(let channel):
            guard (1...stream.channels).contains(channel) else {
                throw ConversionError(
                    .usage, file: file,
                    "there is no channel \(channel); the file has \(stream.channels == 1 ? "only 1" : "1...\(stream.channels)")"
                )
            }
            weights = (1...stream.channels).map { $0 == channel ? 1 : 0 }
        }
        isMeanOfTwo = weights == [0.5, 0.5]
        frames = []
    }

    private static func downmix(_ stream: StreamDescription) -> [Float] {
        let equal = [Float](repeating: 1 / Float(stream.channels), count: stream.channels)
        guard stream.channels > 2, let speakers = stream.speakers ?? Speaker.usual(channels: stream.channels) else {
            return equal
        }
        let gains = speakers.map(\.downmixGain)
        let sum = gains.reduce(0, +)
        return sum > 0 ? gains.map { $0 / sum } : equal
    }

    /// Fills a buffer with mixed samples from frames that `read` delivers; returns how many.
    mutating func mix(
        into samples: UnsafeMutableBufferPointer<Float>,
        read: (UnsafeMutableBufferPointer<Float>) throws(ConversionError) -> Int
    ) throws(ConversionError) -> Int {
        let count: Int
        if weights == [1] {
            count = try read(samples)
        } else {
            if frames.isEmpty { frames = [Float](repeating: 0, count: max(1, 8192 / weights.count) * weights.count) }
            let wanted = min(samples.count * weights.count, frames.count)
            count = try withFloats(&frames) { [weights] (buffer) throws(ConversionError) in
                let count = try read(.init(rebasing: buffer[..<wanted]))
                Self.mix(buffer, weights, into: samples, count: count)
                return count
            }
        }
        silenceNonFinite(samples, count: count)
        return count
    }

    private static func mix(
        _ frames: UnsafeMutableBufferPointer<Float>, _ weights: [Float],
        into samples: UnsafeMutableBufferPointer<Float>, count: Int
    ) {
        if weights.count == 2, !weights.contains(0) {
            let (left, right) = (weights[0], weights[1])
            for index in 0..<count { samples[index] = frames[2 * index] * left + frames[2 * index + 1] * right }
            return
        }
        for index in 0..<count {
            var sum: Float = 0
            for channel in weights.indices where weights[channel] != 0 {
                sum += frames[index * weights.count + channel] * weights[channel]
            }
            samples[index] = sum
        }
    }

    /// Puts 0 where a sample is infinite, not a number, or beyond anything that a filter could bear.
    private mutating func silenceNonFinite(_ samples: UnsafeMutableBufferPointer<Float>, count: Int) {
        guard count > 0, let start = samples.baseAddress else { return }
        nonFiniteCount += tk_silence_unbearable(start, count)
    }
}

/// `withUnsafeMutableBufferPointer` with a typed error.
func withFloats<Result>(
    _ floats: inout [Float], _ body: (UnsafeMutableBufferPointer<Float>) throws(ConversionError) -> Result
) throws(ConversionError) -> Result {
    var outcome: Swift.Result<Result, ConversionError>?
    floats.withUnsafeMutableBufferPointer { buffer in
        do throws(ConversionError) { outcome = .success(try body(buffer)) } catch { outcome = .failure(error) }
    }
    return try outcome!.get()
}
