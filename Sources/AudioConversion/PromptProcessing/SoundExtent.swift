import RealModule
import TelephonyAudio

/// Where the sound in a recording begins and ends.
///
/// Sound is what is less than 40 dB below the loudest 10 ms, and over -65 dBov; 50 ms before and after are kept, so that
/// soft consonants stay. How loud the loudest are is known at the end only: of all frames of 10 ms those are kept that are
/// louder than all before or all behind them, some dozens in hours of speech. Of their energies 12 bits count, which is
/// exact to 0.002 dB and bounds how many there can be, whatever the recording.
struct SoundExtent {
    private static let frame = PhoneAudio.sampleRate / 100
    private static let margin = PhoneAudio.sampleRate / 20
    private static let range = Double.pow(10, -40.0 / 10)
    /// The energy of a frame of -65 dBov.
    private static let floor: Float = {
        let level = Level(dBov: -65).rootMeanSquare
        return Float(level * level * Double(frame))
    }()

    private static let noiseFrames = 20
    private static let noiseRange = Double.pow(10, -20.0 / 10)

    /// The energy of the frame that has begun, and how many samples have come.
    private var energy: Float = 0
    private var count = 0
    private var loudest: Float = 0
    /// Frames over the floor: those that are louder than all before them, and those that are louder than all behind them.
    private var rises: [(frame: Int, energy: Float)] = []
    private var falls: [(frame: Int, energy: Float)] = []
    /// The energies of the first frames, and of the last ones in turn.
    private var first: [Float] = []
    private var last = [Float](repeating: 0, count: noiseFrames)

    /// Takes samples at 8000 Hz, full scale 1.0.
    mutating func add(_ samples: [Float]) {
        for sample in samples {
            energy += sample * sample
            count += 1
            if count % Self.frame == 0 {
                addFrame(energy)
                energy = 0
            }
        }
    }

    private mutating func addFrame(_ energy: Float) {
        let index = count / Self.frame - 1
        loudest = max(loudest, energy)
        if first.count < Self.noiseFrames { first.append(energy) }
        last[index % Self.noiseFrames] = energy
        let rounded = Float(bitPattern: energy.bitPattern & ~0x7FF)
        guard rounded > Self.floor else { return }
        if rounded > rises.last?.energy ?? 0 { rises.append((index, rounded)) }
        while let quieter = falls.last, quieter.energy <= rounded { falls.removeLast() }
        falls.append((index, rounded))
    }

    /// The samples to keep; nil if there is no sound at all.
    var range: Range<Int>? {
        sound.map { max(0, $0.lowerBound - Self.margin)..<min(count, $0.upperBound + Self.margin) }
    }

    /// How far the loudest of the noise at an end of the recording lies under the loudest 10 ms of all, in decibels, where it
    /// is too loud to be cut; nil where an end is quiet or begins with the sound itself.
    ///
    /// Noise is what stays 20 dB below the loudest 10 ms for 200 ms.
    var distanceToNoise: Double? {
        guard let sound, count / Self.frame >= 2 * Self.noiseFrames else { return nil }
        var ends: [[Float]] = []
        if sound.lowerBound == 0 { ends.append(first) }
        if sound.upperBound >= count - Self.frame { ends.append(last) }
        let noises = ends.map { Double($0.max()!) }.filter { $0 < Double(loudest) * Self.noiseRange }
        return noises.max().map { 10 * .log10(Double(loudest) / $0) }
    }

    /// The samples from the beginning of the sound to its end, to 10 ms; nil if there is no sound at all.
    var sound: Range<Int>? {
        let threshold = max(Self.floor, Float(Double(max(loudest, energy)) * Self.range))
        // The last frame may not be whole.
        let tail = energy > threshold ? count / Self.frame : nil
        let begin = rises.first { $0.energy > threshold }?.frame ?? tail
        guard let begin, let end = tail ?? falls.last(where: { $0.energy > threshold })?.frame else { return nil }
        return begin * Self.frame..<min(count, (end + 1) * Self.frame)
    }
}
