import AudioConversion
package import TelephonyAudio

/// How audio is told to people.
package enum SoundText {
    /// What a file is, as in `MP3, MPEG Layer III, 44100 Hz, stereo`.
    package static func format(container: String, encoding: String, sampleRate: Int, channels: Int) -> String {
        let layout = channels == 1 ? "mono" : channels == 2 ? "stereo" : "\(channels) channels"
        return "\(container), \(encoding), \(sampleRate) Hz, \(layout)"
    }

    /// Seconds to a hundredth.
    package static func seconds(_ duration: Duration) -> Double {
        Double(Int((duration / .milliseconds(10)).rounded())) / 100
    }

    /// A level and the gain that changes it, as in `-20.1 dBov, gain -5.9 dB`.
    package static func level(_ level: Level, gain: Double) -> String {
        let tenths = (gain * 10).rounded() / 10
        return "\(level), gain \(tenths > 0 ? "+" : "")\(tenths) dB"
    }
}
