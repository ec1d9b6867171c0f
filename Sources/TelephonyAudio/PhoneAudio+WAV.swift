extension PhoneAudio {
    /// The whole WAV file that the platform accepts: the canonical 44-byte header, then the samples.
    ///
    /// - Precondition: the audio is shorter than ``WAVHeader/maximumSampleCount`` (about 74 hours).
    public var wav: [UInt8] {
        var bytes = WAVHeader(sampleCount: samples.count).bytes
        bytes.reserveCapacity(bytes.count + 2 * samples.count)
        for sample in samples { bytes.append(littleEndian: sample) }
        return bytes
    }

    /// ``wav`` in base64, as `play_wav_data` takes it: the standard alphabet, padded, without line breaks.
    public var base64WAV: String {
        Base64.encode(wav.span.bytes)
    }

    /// A WAV file of two channels, 8000 Hz, 16 bit, as long as the shorter one: for people, since the platform plays mono alone.
    ///
    /// - Precondition: the shorter one has no more than half of ``WAVHeader/maximumSampleCount``.
    package static func stereoWAV(left: PhoneAudio, right: PhoneAudio) -> [UInt8] {
        let count = min(left.samples.count, right.samples.count)
        var bytes = WAVHeader(sampleCount: count, channelCount: 2).bytes
        bytes.reserveCapacity(bytes.count + 4 * count)
        for (left, right) in zip(left.samples, right.samples) {
            bytes.append(littleEndian: left)
            bytes.append(littleEndian: right)
        }
        return bytes
    }
}

extension [UInt8] {
    fileprivate mutating func append(littleEndian sample: Int16) {
        Swift.withUnsafeBytes(of: sample.littleEndian) { append(contentsOf: $0) }
    }
}
