import Foundation
import TelephonyAudio

/// Something that is as loud, and as often silent, as somebody who talks: syllables of a voice at 120 Hz, and pauses.
enum Talk {
    static func audio(seconds: Int) -> PhoneAudio {
        PhoneAudio(
            samples: (0..<seconds * 8000).map { sample in
                let time = Double(sample) / 8000
                // Three seconds of talk, one of silence; four syllables in each second of talk.
                guard time.truncatingRemainder(dividingBy: 4) < 3 else { return 0 }
                let syllable = max(0, sin(2 * .pi * 4 * time))
                let voice = (1...12).reduce(0.0) { sum, harmonic in
                    sum + sin(2 * .pi * 120 * Double(harmonic) * time) / Double(harmonic)
                }
                return Int16(4000 * syllable * voice)
            })
    }
}
