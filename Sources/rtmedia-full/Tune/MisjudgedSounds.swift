import AudioConversion
import TelephonyAudio
import ThresholdTuning

/// The sound of recordings that are judged wrongly, for a report to have.
struct MisjudgedSounds {
    private let options: ConversionOptions

    /// The most samples of a recording: 60 s, as long as an analysis can last.
    private static let sampleLimit = 60 * PhoneAudio.sampleRate
    /// The most bytes of all, in base64: mail servers take 20 to 25 MB.
    private static let byteLimit = 12 << 20

    /// - Parameter options: how recordings are read.
    init(_ options: ConversionOptions) { self.options = options }

    /// WAV files in base64, by what the recordings are called; of many the first.
    func sounds(of result: TuningResult) -> [String: String] {
        var sounds: [String: String] = [:]
        var room = Self.byteLimit
        for judgement in result.judgements where !judgement.isRight {
            // Levels may have come without the recording.
            guard let path = judgement.recording.levels.path, let audio = audio(path) else { continue }
            let text = audio.base64WAV
            room -= text.utf8.count
            guard room >= 0 else { break }
            sounds[judgement.recording.levels.location] = text
        }
        return sounds
    }

    private func audio(_ path: String) -> PhoneAudio? {
        var samples: [Int16] = []
        do throws(ConversionError) {
            try AudioConverter(options: options).convert(.file(path)) { part in
                for index in 0..<min(part.count, Self.sampleLimit - samples.count) { samples.append(part[index]) }
            }
        } catch {
            // It was read a moment ago; the report has its levels.
            return nil
        }
        return PhoneAudio(samples: samples)
    }
}
