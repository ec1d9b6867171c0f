public import TelephonyAudio

extension Inspection {
    /// Something to know about the file.
    public enum Finding: Sendable, Hashable, CustomStringConvertible {
        /// The container, by its name, is not WAV.
        case notWAV(container: String)
        /// The file is WAV, but of another kind than plain RIFF: the container's name.
        case notRIFF(container: String)
        /// The samples are not 16-bit PCM but stored as this encoding's name says.
        case encoding(String)
        /// The rate, in hertz, is not 8000.
        case sampleRate(Int)
        /// There are so many channels, not 1.
        case channels(Int)
        /// The format is right, but its chunk is not the plain one of 16 bytes.
        case formatChunk
        /// The sizes in the header are not those of the file.
        case sizes
        /// There are chunks besides the format and the audio: their names.
        case extraChunks([String])
        /// So many bytes follow the audio.
        case trailingBytes(Int)
        /// What a conversion of the file warns of, such as damage.
        case warning(ConversionReport.Warning)
        /// So many runs of three or more samples are at full scale.
        case clipped(runs: Int)
        /// The mean of all samples is not 0 but this, -32768...32767.
        case offCentre(Int)
        /// The active speech level is far from the usual one.
        case level(Level)
        /// There is much silence before or after the sound.
        case silence(leading: Duration, trailing: Duration)

        /// How bad something is.
        public enum Severity: String, Sendable, Hashable, Encodable {
            /// The platform refuses the file, or plays it wrongly.
            case problem
            /// The platform plays it, but callers would be better served.
            case advice
        }

        /// How bad it is.
        public var severity: Severity {
            switch self {
            case .warning(.largePayload), .clipped, .offCentre, .level, .silence: .advice
            case .notWAV, .notRIFF, .encoding, .sampleRate, .channels, .formatChunk, .sizes, .extraChunks,
                .trailingBytes,
                .warning:
                .problem
            }
        }

        /// A clause that says what was found and what is wanted.
        public var description: String {
            switch self {
            case .notWAV(let container): "it is \(container), not a WAV file"
            case .notRIFF(let container): "it is \(container), not plain RIFF"
            case .encoding(let name): "its samples are \(name), not 16-bit PCM"
            case .sampleRate(let rate): "its rate is \(rate) Hz, not 8000 Hz"
            case .channels(let count): "it has \(count) channels, not 1"
            case .formatChunk: "its format is not stated the plain way (16 bytes, PCM)"
            case .sizes: "the sizes in its header are not true"
            case .extraChunks(let names):
                "it has chunks besides the audio (\(names.joined(separator: ", "))), which some players play as clicks"
            case .trailingBytes(let count): "\(count) bytes follow the audio, which some players play as clicks"
            case .warning(let warning): "\(warning)"
            case .clipped(let runs): "it is clipped in \(runs) places; record it again at a lower level"
            case .offCentre(let offset):
                "its samples are off centre by \(offset), which is heard as clicks at both ends"
            case .level(let level): "its active speech level is \(level); -26 dBov is usual"
            case .silence(let leading, let trailing):
                "it has \(leading.secondsText) s of silence before and \(trailing.secondsText) s after the sound"
            }
        }
    }
}
