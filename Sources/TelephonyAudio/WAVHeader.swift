/// The canonical header of a telephony WAV file: 44 bytes, `RIFF`, `fmt ` and `data` with true sizes and nothing else.
///
/// Asterisk's WAV reader refuses a format tag other than 1 (PCM), more than one channel, a block align other than 2 and
/// any rate but 8000 Hz; extra chunks are heard as clicks in some players. Layout: Microsoft/IBM, "Multimedia Programming
/// Interface and Data Specifications 1.0" (1991).
public struct WAVHeader: Sendable, Hashable {
    /// The length of the header, in bytes.
    public static let byteCount = 44

    /// The most samples that the 32-bit sizes of a WAV file can hold: about 74 hours.
    public static let maximumSampleCount = (Int(UInt32.max) - (byteCount - 8)) / 2

    /// How many 16-bit samples of each channel follow the header.
    public let sampleCount: Int
    /// 1, or 2 for what people listen to.
    package let channelCount: Int

    /// The header of a file with a number of samples.
    ///
    /// - Parameter sampleCount: samples that follow.
    /// - Precondition: `sampleCount` lies in 0...``maximumSampleCount``.
    public init(sampleCount: Int) { self.init(sampleCount: sampleCount, channelCount: 1) }

    /// The header of a file of one channel or two.
    ///
    /// - Precondition: all channels together have 0...``maximumSampleCount`` samples.
    package init(sampleCount: Int, channelCount: Int) {
        precondition(
            (0...Self.maximumSampleCount / channelCount).contains(sampleCount),
            "a WAV file can't hold \(sampleCount) samples")
        self.sampleCount = sampleCount
        self.channelCount = channelCount
    }

    /// The 44 bytes.
    public var bytes: [UInt8] {
        let frameSize = 2 * channelCount
        let dataSize = UInt32(frameSize * sampleCount)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.byteCount)
        func append(_ id: StaticString) { bytes += UnsafeBufferPointer(start: id.utf8Start, count: 4) }
        func append(_ value: some FixedWidthInteger) {
            withUnsafeBytes(of: value.littleEndian) { bytes += $0 }
        }
        append("RIFF")
        append(dataSize + UInt32(Self.byteCount - 8))
        append("WAVE")
        append("fmt ")
        append(UInt32(16))  // size of this chunk
        append(UInt16(1))  // format tag: linear PCM
        append(UInt16(channelCount))
        append(UInt32(PhoneAudio.sampleRate))
        append(UInt32(frameSize * PhoneAudio.sampleRate))  // bytes per second
        append(UInt16(frameSize))  // block align
        append(UInt16(16))  // bits per sample
        append("data")
        append(dataSize)
        return bytes
    }
}
