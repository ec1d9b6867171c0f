import TelephonyAudio

extension CallOutcome {
    /// The call as a WAV file of two channels, 8000 Hz, 16 bit: the caller left, the platform right.
    public var wav: [UInt8] { twoChannels(caller, platform) }
}

extension CallOutcome.Leg {
    /// The leg as a WAV file of two channels, 8000 Hz, 16 bit: what was said left, what was heard right.
    public var wav: [UInt8] { twoChannels(said, heard) }
}

/// A WAV file of two channels, as long as the shorter one.
private func twoChannels(_ left: PhoneAudio, _ right: PhoneAudio) -> [UInt8] {
    let byteCount = min(left.samples.count, right.samples.count) * 4
    var bytes: [UInt8] = []
    bytes.reserveCapacity(44 + byteCount)
    func add(_ value: Int, _ width: Int) {
        for byte in 0..<width { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * byte))) }
    }
    bytes += Array("RIFF".utf8)
    add(36 + byteCount, 4)
    bytes += Array("WAVEfmt ".utf8)
    for (value, width) in [(16, 4), (1, 2), (2, 2), (8000, 4), (32_000, 4), (4, 2), (16, 2)] { add(value, width) }
    bytes += Array("data".utf8)
    add(byteCount, 4)
    for (left, right) in zip(left.samples, right.samples) {
        add(Int(left), 2)
        add(Int(right), 2)
    }
    return bytes
}
