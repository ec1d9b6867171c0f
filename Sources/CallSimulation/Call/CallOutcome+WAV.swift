import TelephonyAudio

extension CallOutcome {
    /// The call as a WAV file of two channels, 8000 Hz, 16 bit: the caller left, the platform right.
    public var wav: [UInt8] { PhoneAudio.stereoWAV(left: caller, right: platform) }
}

extension CallOutcome.Leg {
    /// The leg as a WAV file of two channels, 8000 Hz, 16 bit: what was said left, what was heard right.
    public var wav: [UInt8] { PhoneAudio.stereoWAV(left: said, right: heard) }
}
