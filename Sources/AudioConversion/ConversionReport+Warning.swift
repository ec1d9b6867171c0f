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
        /// As the `audio_data` of `play_wav_data` the result has so many bytes that it may not reach the platform within the 5
        /// seconds it waits for an answer.
        case largePayload(byteCount: Int)

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
            case .largePayload(let count):
                "as play_wav_data it is \(count / 1_000_000).\(count / 100_000 % 10) MB, which may not arrive within the "
                    + "platform's 5 seconds; put it into the Media Library, or play it in parts"
            }
        }
    }

    /// What to know about a payload that takes half of the platform's 5 seconds at 4 Mbit/s (about 58 seconds of audio); nil
    /// for a smaller one.
    public var payloadWarning: Warning? {
        payloadByteCount > 1_250_000 ? .largePayload(byteCount: payloadByteCount) : nil
    }
}
