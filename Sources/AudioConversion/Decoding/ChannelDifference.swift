/// How much of a recording is not common to its channels: 0 where the first is what all make together, a half where two have nothing
/// in common.
struct ChannelDifference {
    private var difference = 0.0
    private var total = 0.0

    /// Of more than this share people should know, since one channel alone would sound differently: what joint coding of one
    /// sound leaves between two channels is a hundredth of it at the most.
    static let noticeableShare = 0.05

    /// Whether the channels differ so much that people should know.
    var isNoticeable: Bool { total > 0 && difference > Self.noticeableShare * total }

    /// Takes samples of the first channel, and of the mix of all.
    mutating func add(first: UnsafeBufferPointer<Float>, mix: UnsafeBufferPointer<Float>) {
        var (difference, total): (Float, Float) = (0, 0)
        for index in 0..<min(first.count, mix.count) {
            let apart = first[index] - mix[index]
            difference += apart * apart
            total += mix[index] * mix[index] + apart * apart
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
            difference.add(first: .init(rebasing: samples[..<count]), mix: mix)
        }
    }
}
