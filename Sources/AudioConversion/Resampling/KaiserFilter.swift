import RealModule

/// A linear-phase low-pass filter in continuous time: a sinc under a Kaiser window.
///
/// J. F. Kaiser, "Nonrecursive digital filter design using the I0-sinh window function", 1974: `attenuation` A gives
/// beta = 0.1102 (A - 8.7), and with the transition width the length (A - 7.95) / (14.36 * width).
struct KaiserFilter: Sendable {
    /// Half the length of the impulse response, in input samples: outside ±`halfLength` it is 0.
    let halfLength: Double
    private let cutoff: Double
    private let windowPolynomial: [Double]

    /// - Parameters:
    ///   - passband: where the transition begins, in cycles per input sample.
    ///   - stopband: where it ends; both are `attenuation` from ideal.
    ///   - attenuation: in decibels, over 50.
    init(passband: Double, stopband: Double, attenuation: Double) {
        cutoff = (passband + stopband) / 2
        halfLength = (attenuation - 7.95) / (14.36 * (stopband - passband)) / 2
        // I0(beta sqrt(u)) is the series sum of (beta^2 u / 4)^k / k!^2: a polynomial in u = 1 - (t / halfLength)^2.
        let beta = 0.1102 * (attenuation - 8.7)
        var term = 1.0
        var terms = [term]
        var k = 1.0
        repeat {
            term *= beta * beta / 4 / (k * k)
            terms.append(term)
            k += 1
        } while term > terms[0] * 1e-7 || k < beta
        let sum = terms.reduce(0, +)
        windowPolynomial = terms.map { $0 / sum }.reversed()
    }

    /// Coefficients for the output at `fraction` of an input sample behind the middle of `taps` input samples.
    ///
    /// - Parameters:
    ///   - fraction: 0..<1, the time from input sample `taps / 2 - 1` on.
    ///   - taps: how many input samples there are; an even number of at least twice ``halfLength``.
    ///   - row: receives the coefficients; with an ideal low-pass filter they would sum to 1.
    func fill(_ row: UnsafeMutableBufferPointer<Double>, fraction: Double, taps: Int) {
        // t falls by 1 from one coefficient to the next: the sine turns by a constant angle.
        let first = fraction + Double(taps / 2 - 1)
        let angle = 2 * Double.pi * cutoff
        let (turnSine, turnCosine) = (Double.sin(angle), Double.cos(angle))
        var (sine, cosine) = (Double.sin(angle * first), Double.cos(angle * first))
        for index in 0..<taps {
            let t = first - Double(index)
            let u = 1 - (t / halfLength) * (t / halfLength)
            var window = 0.0
            for coefficient in windowPolynomial { window = window * u + coefficient }
            let sinc = abs(t) < 1e-9 ? 2 * cutoff : sine / (Double.pi * t)
            row[index] = u < 0 ? 0 : sinc * window
            (sine, cosine) = (sine * turnCosine - cosine * turnSine, cosine * turnCosine + sine * turnSine)
        }
    }
}
