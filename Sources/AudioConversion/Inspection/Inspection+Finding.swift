public import TelephonyAudio

extension Inspection {
    /// Something to know about the file.
    public enum Finding: Sendable, Hashable, CustomStringConvertible {
        /// What a conversion of the file warns of, such as damage.
        case warning(ConversionReport.Warning)
        /// So many runs of three or more samples are at full scale.
        case clipped(runs: Int)
        /// The mean of all samples is not 0 but this, -32768...32767.
        case offCentre(Int)
        /// The active speech level is far from the usual one.
        case level(Level)
        /// The active speech level is none of those that are wanted; nil if nothing is loud enough to have one.
        case levelOutside(Level?, wanted: ClosedRange<Level>)
        /// There is much silence before or after the sound.
        case silence(leading: Duration, trailing: Duration)

        /// How bad something is.
        public enum Severity: String, Sendable, Hashable, Encodable {
            /// Something is missing, or heard wrongly.
            case problem
            /// It is whole, but listeners would be better served.
            case advice
        }

        /// How bad it is.
        public var severity: Severity {
            switch self {
            case .warning(.endUnmarked), .clipped, .offCentre, .level, .silence: .advice
            case .warning, .levelOutside: .problem
            }
        }

        /// A clause that says what was found and what is wanted.
        public var description: String {
            switch self {
            case .warning(let warning): "\(warning)"
            case .clipped(let runs): "it is clipped in \(runs) places; record it again at a lower level"
            case .offCentre(let offset):
                "its samples have a DC offset of \(offset), heard as clicks at both ends"
            case .level(let level): "its active speech level is \(level); -26 dBov is usual"
            case .levelOutside(let level, let wanted):
                "\(level.map { "its active speech level is \($0)" } ?? "nothing in it is loud enough to have a level"); \(wanted.lowerBound) to \(wanted.upperBound) is wanted"
            case .silence(let leading, let trailing):
                "it has \(leading.secondsText) s of silence before and \(trailing.secondsText) s after the sound"
            }
        }
    }
}
