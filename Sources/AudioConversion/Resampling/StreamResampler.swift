import TelephonyAudio

/// Audio that comes piece by piece at some rate, as a microphone's does, made samples of telephony as it comes.
///
/// It is a few milliseconds behind: what a filter needs of the future.
package final class StreamResampler {
    /// The rates that it takes, in hertz.
    package static let sampleRates = 8000...384_000

    /// Nil at 8000 Hz, where there is nothing to do.
    private let resampler: PolyphaseResampler?

    /// - Parameter sampleRate: of what comes, one of ``sampleRates``.
    package init(sampleRate: Int) {
        precondition(Self.sampleRates.contains(sampleRate), "no rate of a device: \(sampleRate)")
        resampler = sampleRate == PhoneAudio.sampleRate ? nil : PolyphaseResampler(sampleRate: sampleRate)
    }

    /// The samples at 8000 Hz that a piece completes.
    package func samples(after piece: [Int16]) -> [Int16] {
        guard let resampler else { return piece }
        var output: [Float] = []
        piece.map { Float($0) / 32768 }.withUnsafeBufferPointer { resampler.process($0, into: &output) }
        return output.map { Int16(max(-32768, min(32767, ($0 * 32768).rounded()))) }
    }
}
