public import TelephonyAudio

extension ConversionReport {
    /// Something the user should know that did not keep the audio from being converted.
    public enum Warning: Sendable, Hashable, CustomStringConvertible {
        /// The source is damaged: what is wrong with it, and how much of it was recovered.
        case damaged(defect: String, recovered: Duration)
        /// Nothing marks the end of the source, as where a stream was recorded, though all that is there is whole.
        case endUnmarked
        /// So many channels differ, and were mixed: asked for by ``ConversionOptions/comparesChannels``.
        case channelsDiffer(Int)
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
            case .endUnmarked: "no page marks its end: it may have been cut off"
            case .channelsDiffer(let count):
                "its \(count) channels differ and were mixed: whoever is heard in one of them counts as much as the caller"
            case .assumed(let format):
                "it has no header and was read as what it looks like: \(format.encoding.words), \(format.sampleRate) Hz"
                    + (format.channels > 1 ? ", \(format.channels) channels" : "")
            case .clamped(1): "1 sample lay beyond full scale and was clamped"
            case .clamped(let count): "\(count) samples lay beyond full scale and were clamped"
            case .silenced(1): "1 sample was infinite or not a number and was silenced"
            case .silenced(let count): "\(count) samples were infinite or not numbers and were silenced"
            case .noSpeechLevel: "nothing in it is loud enough to measure a speech level; the level was not changed"
            case .gainHeldBack(let level):
                "the gain was limited so that peaks stay 1 dB below full scale: \(level) was reached"
            case .onlySilence: "it is all silence; nothing was trimmed"
            case .noiseNotTrimmed(let distance):
                "it begins or ends with noise that was not trimmed, because it is only \(Int(distance)) dB below the loudest "
                    + "part; trimming cuts what is 40 dB below it"
            }
        }
    }
}
