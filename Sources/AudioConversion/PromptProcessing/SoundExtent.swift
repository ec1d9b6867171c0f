import RealModule
import TelephonyAudio

/// Where the sound in a recording begins and ends.
///
/// Sound is what is less than 40 dB under the loudest 10 ms, and over -65 dBov; 50 ms before and after are kept, so that
/// soft consonants stay.
struct SoundExtent {
    private static let frame = PhoneAudio.sampleRate / 100
    private static let margin = PhoneAudio.sampleRate / 20
    private static let floor = Level(dBov: -65)
    private static let range = Double.pow(10, -40.0 / 10)

    private static let noiseFrames = 20
    private static let noiseRange = Double.pow(10, -20.0 / 10)

    private var energies: [Float] = []
    private var energy: Float = 0
    private var count = 0

    /// Takes samples at 8000 Hz, full scale 1.0.
    mutating func add(_ samples: [Float]) {
        for sample in samples {
            energy += sample * sample
            count += 1
            if count % Self.frame == 0 {
                energies.append(energy)
                energy = 0
            }
        }
    }

    /// The samples to keep; nil if there is no sound at all.
    var range: Range<Int>? {
        sound.map { max(0, $0.lowerBound - Self.margin)..<min(count, $0.upperBound + Self.margin) }
    }

    /// How far the loudest of the noise at an end of the recording lies under the loudest 10 ms of all, in decibels, where it
    /// is too loud to be cut; nil where an end is quiet or begins with the sound itself.
    ///
    /// Noise is what stays 20 dB under the loudest 10 ms for 200 ms.
    var distanceToNoise: Double? {
        guard let sound, let loudest = energies.max(), energies.count >= 2 * Self.noiseFrames else { return nil }
        var ends: [ArraySlice<Float>] = []
        if sound.lowerBound == 0 { ends.append(energies.prefix(Self.noiseFrames)) }
        if sound.upperBound >= count - Self.frame { ends.append(energies.suffix(Self.noiseFrames)) }
        let noises = ends.map { Double($0.max()!) }.filter { $0 < Double(loudest) * Self.noiseRange }
        return noises.max().map { 10 * .log10(Double(loudest) / $0) }
    }

    /// The samples from the beginning of the sound to its end, to 10 ms; nil if there is no sound at all.
    var sound: Range<Int>? {
        let energies = self.energies + [energy]
        let lowest = Self.floor.rootMeanSquare * Self.floor.rootMeanSquare * Double(Self.frame)
        let threshold = Float(max(lowest, Double(energies.max()!) * Self.range))
        guard let first = energies.firstIndex(where: { $0 > threshold }),
            let last = energies.lastIndex(where: { $0 > threshold })
        else { return nil }
        return first * Self.frame..<min(count, (last + 1) * Self.frame)
    }
}
