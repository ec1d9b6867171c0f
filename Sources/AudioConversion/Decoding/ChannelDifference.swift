/// How much of a recording is not common to its channels: 0 where all are the same, a half where two have nothing in common.
struct ChannelDifference {
    private var difference = 0.0
    private var total = 0.0

    /// Of more than this share people should know, since one channel alone would sound differently: what joint coding of one
    /// sound leaves between two channels is a hundredth of it at the most.
    static let noticeableShare = 0.05

    /// Whether the channels differ so much that people should know.
    var isNoticeable: Bool { total > 0 && difference > Self.noticeableShare * total }

    /// Takes frames of all channels.
    mutating func add(_ frames: UnsafeBufferPointer<Float>, channels: Int) {
        guard channels > 1 else { return }
        var (difference, total): (Float, Float) = (0, 0)
        for start in stride(from: 0, to: frames.count - channels + 1, by: channels) {
            var (sum, squares): (Float, Float) = (0, 0)
            for index in start..<start + channels {
                sum += frames[index]
                squares += frames[index] * frames[index]
            }
            total += squares
            difference += squares - sum * sum / Float(channels)
        }
        add(difference, total)
    }

    /// Takes samples of the first channel, and of the mean of all.
    mutating func add(first: UnsafeBufferPointer<Float>, mean: UnsafeBufferPointer<Float>) {
        var (difference, total): (Float, Float) = (0, 0)
        for index in 0..<min(first.count, mean.count) {
            let apart = first[index] - mean[index]
            difference += apart * apart
            total += mean[index] * mean[index] + apart * apart
        }
        add(difference, total)
    }

    /// What is not a number says nothing.
    private mutating func add(_ difference: Float, _ total: Float) {
        guard difference.isFinite, total.isFinite else { return }
        self.difference += Double(difference)
        self.total += Double(total)
    }
}

/// Reads the first channel of a source beside the mix of all, to compare them.
struct FirstChannel {
    private let reader: any SampleReader
    private var mixer: ChannelMixer
    private var samples: [Float]

    /// - Parameter source: that of the mix.
    init(
        _ source: ByteSource, raw: HeaderlessFormat?, capacity: Int, limits: ConversionLimits
    ) throws(ConversionError) {
        reader = try ReaderChoice.open(source, raw: raw, channel: .only(1), limits: limits)
        mixer = try ChannelMixer(reader.stream, selection: .only(1), file: source.name)
        samples = [Float](repeating: 0, count: capacity)
    }

    /// Compares the next samples with the mix.
    mutating func compare(
        with mix: UnsafeBufferPointer<Float>, _ difference: inout ChannelDifference
    ) throws(ConversionError) {
        var count = 0
        try withFloats(&samples) { [reader] (samples) throws(ConversionError) in
            while count < mix.count {
                let read = try reader.readMono(&mixer, into: .init(rebasing: samples[count..<mix.count]))
                if read == 0 { break }
                count += read
            }
            difference.add(first: .init(rebasing: samples[..<count]), mean: mix)
        }
    }
}
