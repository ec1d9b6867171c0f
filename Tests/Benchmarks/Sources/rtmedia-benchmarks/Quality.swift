import FoundationEssentials
import Glibc

/// What a tool does to tones on the way from 44.1 kHz to 8 kHz.
struct Quality: Codable {
    let tool: Tool
    /// Between the strongest and the weakest tone from 100 to 3400 Hz, in decibels.
    let ripple: Double
    /// Of ``tone`` at -1 dBFS, in decibels.
    let signalToNoise: Double
    /// Of tones of ``aliasingTones`` Hz at -1 dBFS, in dBFS.
    let aliases: [Double]

    /// In hertz: 997, not 1000, so that the errors of rounding do not repeat with each period.
    static let tone = 997
    static let aliasingTones = [4100, 4600, 10_000]
}

func measureQuality(_ material: Material) throws(BenchmarkError) -> [Quality] {
    var qualities: [Quality] = []
    for tool in Tool.allCases {
        Progress.show("quality: \(tool)")
        func converted(_ tones: [(frequency: Int, amplitude: Double)]) throws(BenchmarkError) -> Tones {
            let (input, output) = (material.path("tones.wav"), material.path("tones-out.wav"))
            try writeTones(tones, to: input)
            try Child(material.tools.conversion(tool, input, output), folder: material.folder).wait()
            return try Tones(wavAt: output)
        }
        let loud = pow(10, -1.0 / 20)
        let comb = Array(stride(from: 100, through: 3400, by: 100))
        let levels = try decibels(converted(comb.map { ($0, 0.02) }), comb)
        var aliases: [Double] = []
        for frequency in Quality.aliasingTones {
            let folded = min(frequency % 8000, 8000 - frequency % 8000)
            // With a quiet tone that is heard: alone, an alias below half a step of 16 bits would round to silence.
            aliases += try decibels(converted([(frequency, loud), (Quality.tone, 0.1)]), [folded])
        }
        qualities.append(
            Quality(
                tool: tool,
                ripple: levels.max()! - levels.min()!,
                signalToNoise: try converted([(Quality.tone, loud)]).signalToNoise(Quality.tone),
                aliases: aliases
            )
        )
    }
    return qualities
}

private func decibels(_ tones: Tones, _ frequencies: [Int]) -> [Double] {
    frequencies.map { 20 * log10(tones.amplitude($0)) }
}

/// Eight seconds of converted tones, without what lies at the ends of the file.
private struct Tones {
    private let samples: [Double]

    /// - Parameter path: of a WAV with 8000 Hz, 16 bit, mono, and ten seconds.
    init(wavAt path: String) throws(BenchmarkError) {
        let bytes = FileManager.default.contents(atPath: path).map { [UInt8]($0) } ?? []
        // ffmpeg writes a LIST chunk before the data.
        guard let header = bytes.firstRange(of: "data".utf8), bytes.count >= header.upperBound + 4 + 2 * 72_000 else {
            throw BenchmarkError(failed: "\(path) is too short")
        }
        let start = header.upperBound + 4
        samples = (8000..<72_000).map { index in
            let low = UInt16(bytes[start + 2 * index]), high = UInt16(bytes[start + 2 * index + 1])
            return Double(Int16(bitPattern: high << 8 | low)) / 32768
        }
    }

    /// Of a tone of a whole number of hertz: eight seconds hold whole periods, so tones do not disturb each other.
    func amplitude(_ frequency: Int) -> Double {
        let (cosine, sine) = parts(frequency)
        return (cosine * cosine + sine * sine).squareRoot()
    }

    /// In decibels: the tone's power beside that of all the rest.
    func signalToNoise(_ frequency: Int) -> Double {
        let tone = pow(amplitude(frequency), 2) / 2
        let all = samples.reduce(0) { $0 + $1 * $1 } / Double(samples.count)
        return 10 * log10(tone / (all - tone))
    }

    private func parts(_ frequency: Int) -> (cosine: Double, sine: Double) {
        var (cosine, sine) = (0.0, 0.0)
        for (index, sample) in samples.enumerated() {
            // Reduced to one period first: exact.
            let angle = 2 * Double.pi * Double(index * frequency % 8000) / 8000
            cosine += sample * cos(angle)
            sine += sample * sin(angle)
        }
        return (2 * cosine / Double(samples.count), 2 * sine / Double(samples.count))
    }
}

/// Writes ten seconds of tones as WAV, 44.1 kHz, mono, 32-bit floats, so that what is measured is the conversion.
private func writeTones(
    _ tones: [(frequency: Int, amplitude: Double)],
    to path: String
) throws(BenchmarkError) {
    let count = 441_000
    var bytes = Data("RIFF".utf8)
    func append(_ value: some FixedWidthInteger) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }
    append(UInt32(36 + 4 * count))
    bytes.append(contentsOf: "WAVEfmt ".utf8)
    append(UInt32(16))
    append(UInt16(3))  // IEEE float
    append(UInt16(1))
    append(UInt32(44_100))
    append(UInt32(4 * 44_100))
    append(UInt16(4))
    append(UInt16(32))
    bytes.append(contentsOf: "data".utf8)
    append(UInt32(4 * count))
    for index in 0..<count {
        // The phases, quadratic in the frequency's number, keep the sum from peaking.
        let sample = tones.enumerated().reduce(0) { sum, item in
            let (number, tone) = item
            let turns = Double(index * tone.frequency % 44_100) / 44_100 + Double(number * number) / 68
            return sum + tone.amplitude * sin(2 * Double.pi * turns)
        }
        append(Float(sample).bitPattern)
    }
    do { try bytes.write(to: URL(filePath: path)) } catch {
        throw BenchmarkError(failed: "can't write \(path): \(error)")
    }
}
