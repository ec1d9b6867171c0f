import TelephonyAudio

/// Changes the sample rate of one channel to 8000 Hz, in pieces of any length; the result does not depend on how the
/// input is cut.
///
/// n input samples become round(n * 8000 / rate) output samples, aligned so that output m is the input at the time
/// m / 8000 s; before the first and after the last sample there is silence.
protocol Resampler: AnyObject {
    /// The name for reports.
    var name: String { get }

    /// Takes input, full scale 1.0, and appends the output that it completes.
    func process(_ input: UnsafeBufferPointer<Float>, into output: inout [Float]) throws(ResamplingError)

    /// Ends the input and appends the rest of the output.
    func finish(into output: inout [Float]) throws(ResamplingError)
}

/// Why a library refused to change a rate: its own words.
struct ResamplingError: Error {
    let reason: String
}

/// How many samples at 8000 Hz so many samples at a rate make: round(n * 8000 / rate), halves up.
func resampledCount(_ count: Int, from sampleRate: Int) -> Int {
    let (high, low) = UInt(count).multipliedFullWidth(by: UInt(2 * PhoneAudio.sampleRate))
    let (sum, carry) = low.addingReportingOverflow(UInt(sampleRate))
    let (quotient, _) = UInt(2 * sampleRate).dividingFullWidth((high + (carry ? 1 : 0), sum))
    return Int(quotient)
}
