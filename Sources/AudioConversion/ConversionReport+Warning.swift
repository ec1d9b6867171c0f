public import TelephonyAudio

extension ConversionReport {
    /// Something the user should know that did not keep the audio from being converted.
    public enum Warning: Sendable, Hashable, CustomStringConvertible {
        /// The source is damaged: what is wrong with it, and how much of it was recovered.
        case damaged(defect: String, recovered: Duration)
        /// Nothing marks the end of the source, as where a stream was recorded, though all that is there is whole.
        case endUnmarked
        /// Nobody said what headerless bytes are, and this is what they look like.
        case assumed(HeaderlessFormat)
        /// So many samples lay beyond full scale and were clamped.
        case clamped(sampleCount: Int)
        /// So many samples were infinite or not numbers, and became silence.
        case silenced(sampleCount: Int)
        /// Nothing is loud enough to have an active speech level: the level was left as it is.
        case noSpeechLevel
        /// The gain was held back so that true peaks stay 1 dB under full scale; the level that was reached.
        case gainHeldBack(reached: Level)
        /// There is nothing but silence: nothing was trimmed.
        case onlySilence
        /// The recording begins or ends with noise that was not trimmed: so little it lies under the loudest 10 ms, in decibels.
        case noiseNotTrimmed(decibelsUnderPeak: Double)

        /// One sentence: what was found and done, without what to do about it.
        public var description: String {
            switch self {
            case .damaged(let defect, let recovered): "\(defect); \(recovered.secondsText) s were recovered"
            case .endUnmarked: "nothing marks its end: it may have been cut off between two pages"
            case .assumed(let format):
                "it has no header, and was taken for what it looks like: \(format.encoding.words), \(format.sampleRate) Hz"
                    + (format.channels > 1 ? ", \(format.channels) channels" : "")
            case .clamped(let count): "\(count) samples lay beyond full scale and were clamped"
            case .silenced(let count): "\(count) samples were infinite or not numbers and were silenced"
            case .noSpeechLevel: "nothing in it is loud enough to have a speech level; its level was left as it is"
            case .gainHeldBack(let level):
                "the gain was held back so that peaks stay 1 dB under full scale: \(level) was reached"
            case .onlySilence: "there is nothing but silence in it; nothing was trimmed"
            case .noiseNotTrimmed(let distance):
                "it begins or ends with noise that was not trimmed, since it is only \(Int(distance)) dB under the loudest "
                    + "part; trimming cuts what is 40 dB under it"
            }
        }
    }
}
