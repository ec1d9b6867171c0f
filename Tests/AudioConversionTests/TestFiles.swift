import Glibc

@testable import AudioConversion
@testable import TelephonyAudio

/// The repository's own sound files, and WAV files made as a test wants them.
enum TestFiles {
    /// The folder of the samples.
    static let samples: String = {
        let parts = #filePath.split(separator: "/").dropLast(3)
        return "/" + parts.joined(separator: "/") + "/samples/audio"
    }()

    static func sample(_ name: String) -> AudioSource { .file("\(samples)/\(name)") }

    static func bytes(_ name: String) throws -> [UInt8] {
        let source = try ByteSource(sample(name), limits: ConversionLimits())
        return try source.bytes(at: 0, count: source.size)
    }

    /// A WAV file with the fields of its header as given, true or not.
    static func wav(
        tag: UInt16 = 1, channels: UInt16 = 1, rate: UInt32 = 8000, bits: UInt16 = 16, data: [UInt8],
        claimed: UInt32? = nil,
        before: [UInt8] = [], after: [UInt8] = []
    ) -> [UInt8] {
        func le<T: FixedWidthInteger>(_ value: T) -> [UInt8] { withUnsafeBytes(of: value.littleEndian) { Array($0) } }
        let align = channels * (bits / 8)
        let format = le(tag) + le(channels) + le(rate) + le(rate &* UInt32(align)) + le(align) + le(bits)
        let body =
            Array("WAVEfmt ".utf8) + le(UInt32(16)) + format + before + Array("data".utf8)
            + le(claimed ?? UInt32(data.count)) + data + after
        return Array("RIFF".utf8) + le(UInt32(body.count)) + body
    }

    /// 16-bit samples as bytes.
    static func pcm(_ samples: [Int16]) -> [UInt8] {
        samples.flatMap { sample in withUnsafeBytes(of: sample.littleEndian) { Array($0) } }
    }

    /// A sine at 8000 Hz.
    static func sine(_ frequency: Double, amplitude: Double = 8000, count: Int = 8000) -> [Int16] {
        (0..<count).map { Int16((amplitude * sin(2 * .pi * frequency * Double($0) / 8000)).rounded()) }
    }
}

extension AudioConverter {
    /// Converts bytes in memory.
    func convert(_ bytes: [UInt8], name: String = "test") throws -> (audio: PhoneAudio, report: ConversionReport) {
        try convert(.bytes(bytes, name: name))
    }
}
