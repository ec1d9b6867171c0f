import Glibc

@testable import AudioConversion

/// Tones through a resampler, and what is left of them.
enum Tone {
    /// A cosine of so many samples.
    static func samples(_ frequency: Double, rate: Double, count: Int, amplitude: Double = 1) -> [Float] {
        (0..<count).map { Float(amplitude * cos(2 * .pi * frequency * Double($0) / rate)) }
    }

    /// What a signal at 8000 Hz holds of a cosine: its amplitude, its delay in samples, and the root mean square of all
    /// the rest, times the square root of 2, so that it compares to amplitudes.
    struct Fit {
        let amplitude: Double
        let delay: Double
        let residue: Double
    }

    /// Fits a tone by least squares.
    static func fit(_ signal: ArraySlice<Float>, _ frequency: Double) -> Fit {
        let angle = 2 * Double.pi * frequency / 8000
        var (cc, ss, cs, cx, sx, xx) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
        for index in signal.indices {
            let (x, c, s) = (Double(signal[index]), cos(angle * Double(index)), sin(angle * Double(index)))
            (cc, ss, cs) = (cc + c * c, ss + s * s, cs + c * s)
            (cx, sx, xx) = (cx + c * x, sx + s * x, xx + x * x)
        }
        let determinant = cc * ss - cs * cs
        // At 0 Hz there is no sine to fit.
        let (a, b) =
            determinant < 1e-6 ? (cx / cc, 0) : ((cx * ss - sx * cs) / determinant, (sx * cc - cx * cs) / determinant)
        let rest = xx - a * cx - b * sx
        return Fit(
            amplitude: (a * a + b * b).squareRoot(), delay: angle > 0 ? atan2(b, a) / angle : 0,
            residue: (2 * max(0, rest) / Double(signal.count)).squareRoot())
    }

    /// Runs a signal through a resampler, in one piece.
    static func resample(_ input: [Float], _ resampler: any Resampler) throws -> [Float] {
        var output: [Float] = []
        try input.withUnsafeBufferPointer { try resampler.process($0, into: &output) }
        try resampler.finish(into: &output)
        return output
    }

    static func decibels(_ amplitude: Double) -> Double { 20 * log10(amplitude) }
}
