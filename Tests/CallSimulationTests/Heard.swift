import Foundation
import TelephonyAudio

extension PhoneAudio {
    /// How much of a tone is in a stretch: its amplitude, full scale 32768 (Goertzel's algorithm, of whole samples).
    func amplitude(of frequency: Double, from start: Duration, for length: Duration) -> Double {
        let first = Int(start / .microseconds(125))
        let part = samples[min(first, samples.count)..<min(samples.count, first + Int(length / .microseconds(125)))]
        var (real, imaginary) = (0.0, 0.0)
        for (index, sample) in part.enumerated() {
            let angle = 2 * .pi * frequency * Double(index) / 8000
            real += Double(sample) * cos(angle)
            imaginary += Double(sample) * sin(angle)
        }
        return part.isEmpty ? 0 : 2 * (real * real + imaginary * imaginary).squareRoot() / Double(part.count)
    }
}
