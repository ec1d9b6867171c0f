import CSampleRate
import TelephonyAudio

/// libsamplerate's sinc converters (Erik de Castro Lopo), held to our length and alignment.
final class SampleRateResampler: Resampler {
    let name: String

    private let state: OpaquePointer
    private let sampleRate: Int
    private let ratio: Double
    private var inputCount = 0
    private var outputCount = 0

    /// - Parameters:
    ///   - sampleRate: of the input, in hertz; libsamplerate takes 32 Hz...2 MHz.
    ///   - quality: which of the three sinc converters.
    /// - Throws: libsamplerate's own error, for a ratio over 256.
    init(sampleRate: Int, quality: ResamplerChoice.Quality) throws(ResamplingError) {
        self.sampleRate = sampleRate
        name = "libsamplerate:\(quality.rawValue)"
        ratio = Double(PhoneAudio.sampleRate) / Double(sampleRate)
        let converter =
            switch quality {
            case .best: SRC_SINC_BEST_QUALITY
            case .medium: SRC_SINC_MEDIUM_QUALITY
            case .fastest: SRC_SINC_FASTEST
            }
        guard src_is_valid_ratio(ratio) != 0 else {
            throw ResamplingError(
                reason: "libsamplerate can't convert \(sampleRate) Hz to 8000 Hz: the ratio must lie in 1/256...256")
        }
        var error: Int32 = 0
        guard let state = src_new(Int32(converter), 1, &error) else {
            throw ResamplingError(reason: Self.text(error))
        }
        self.state = state
    }

    deinit { src_delete(state) }

    func process(_ input: UnsafeBufferPointer<Float>, into output: inout [Float]) throws(ResamplingError) {
        inputCount += input.count
        try run(input, into: &output, isLast: false)
    }

    func finish(into output: inout [Float]) throws(ResamplingError) {
        try run(UnsafeBufferPointer(start: nil, count: 0), into: &output, isLast: true)
        let excess = outputCount - resampledCount(inputCount, from: sampleRate)
        if excess > 0 { output.removeLast(excess) }
        if excess < 0 { output.append(contentsOf: repeatElement(0, count: -excess)) }
        outputCount -= excess
    }

    private func run(
        _ input: UnsafeBufferPointer<Float>, into output: inout [Float], isLast: Bool
    ) throws(ResamplingError) {
        var silence: Float = 0
        var used = 0
        var piece = [Float](repeating: 0, count: 4096)
        while true {
            var data = SRC_DATA()
            let code = piece.withUnsafeMutableBufferPointer { piece in
                withUnsafePointer(to: &silence) { silence in
                    data.data_in = input.baseAddress.map { $0 + used } ?? silence
                    data.input_frames = input.count - used
                    data.data_out = piece.baseAddress
                    data.output_frames = piece.count
                    data.src_ratio = ratio
                    data.end_of_input = isLast ? 1 : 0
                    return src_process(state, &data)
                }
            }
            guard code == 0 else { throw ResamplingError(reason: Self.text(code)) }
            used += data.input_frames_used
            output.append(contentsOf: piece[..<data.output_frames_gen])
            outputCount += data.output_frames_gen
            if data.output_frames_gen < piece.count && used == input.count { return }
        }
    }

    private static func text(_ code: Int32) -> String {
        "libsamplerate says \"\(src_strerror(code).map { String(cString: $0) } ?? "error \(code)")\""
    }
}
