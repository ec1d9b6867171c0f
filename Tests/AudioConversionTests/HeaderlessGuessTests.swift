import Glibc
import TestSupport
import Testing

@testable import AudioConversion
@testable import TelephonyAudio

/// Headerless bytes whose name does not say what they are, are taken for what they look like, or asked about.
@Suite(.waiting) struct HeaderlessGuessTests {
    /// Something like a voice: a tone that changes, and a little noise.
    private static let voice: [Int16] = {
        var random = SplitMix64(seed: 7)
        return (0..<16_000).map { index in
            let time = Double(index) / 8000
            let tone = 6000 * sin(2 * .pi * (200 + 150 * time) * time) + 3000 * sin(2 * .pi * 700 * time)
            return Int16(tone + Double.random(in: -300...300, using: &random))
        }
    }()

    private func guess(_ bytes: [UInt8]) throws -> HeaderlessFormat? {
        try HeaderlessGuess(ByteSource(.bytes(bytes, name: "x.pcm"), limits: ConversionLimits()))?.format
    }

    @Test("16 bits in both byte orders, mono and stereo, and both laws are told apart")
    func formats() throws {
        let little = TestFiles.pcm(Self.voice)
        #expect(try guess(little) == HeaderlessFormat(.s16, sampleRate: 8000))
        let big = TestFiles.pcm(Self.voice.map(\.byteSwapped))
        #expect(try guess(big) == HeaderlessFormat(.s16be, sampleRate: 8000))
        let stereo = TestFiles.pcm(Self.voice.flatMap { [$0, $0 / 3] })
        #expect(try guess(stereo) == HeaderlessFormat(.s16, sampleRate: 8000, channels: 2))
        for law in G711.allCases {
            let encoding: HeaderlessFormat.Encoding = law == .alaw ? .alaw : .ulaw
            #expect(try guess(Self.voice.map(law.encode)) == HeaderlessFormat(encoding, sampleRate: 8000))
        }
        #expect(try guess([UInt8](repeating: 0, count: 5000))?.encoding == .s16)
    }

    @Test("silence with a little noise, which begins as Matlab's files do, is none of them")
    func silenceFirst() throws {
        let bytes = TestFiles.pcm([0, 0, 1, 0, 1, 0, 0, 0] + Self.voice)
        let report = try AudioConverter().convert(.bytes(bytes, name: "x.pcm")).report
        #expect(report.container == "headerless" && report.sampleCount == Self.voice.count + 8)
    }

    @Test("samples of three and four bytes are told from those of two, mono and stereo", arguments: [1, 2])
    func wide(channels: Int) throws {
        var random = SplitMix64(seed: 5)
        // What is below 16 bits is noise, as in a recording.
        let samples = Self.voice.flatMap { sample in
            (0..<channels).map { channel in
                (Int32(sample) / Int32(channel + 1)) << 16 | Int32.random(in: 0..<65_536, using: &random)
            }
        }
        func bytes(_ body: (Int32) -> [UInt8]) -> [UInt8] { samples.flatMap(body) }
        func little(_ bits: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: bits >> (8 * $0)) } }
        let long = bytes { little(UInt32(bitPattern: $0)) }
        let float = bytes { little((Float($0) / 2_147_483_648).bitPattern) }
        let three = bytes { Array(little(UInt32(bitPattern: $0)).dropFirst()) }
        #expect(try guess(long) == HeaderlessFormat(.s32, sampleRate: 8000, channels: channels))
        #expect(try guess(float) == HeaderlessFormat(.f32, sampleRate: 8000, channels: channels))
        #expect(try guess(three) == HeaderlessFormat(.s24, sampleRate: 8000, channels: channels))
    }

    @Test("noise is asked about, never converted")
    func noise() throws {
        var random = SplitMix64(seed: 3)
        let bytes = (0..<40_000).map { _ in UInt8.random(in: 0...255, using: &random) }
        #expect(try guess(bytes) == nil)
        let error = #expect(throws: ConversionError.self) { try AudioConverter().convert(.bytes(bytes, name: "x.raw")) }
        #expect(error?.code == .unknownFormat)
    }

    @Test("what was assumed is a warning", arguments: ["x.pcm", "x.raw"])
    func warning(name: String) throws {
        let (audio, report) = try AudioConverter().convert(.bytes(TestFiles.pcm(Self.voice), name: name))
        #expect(audio.samples == Self.voice)
        #expect(report.warnings == [.assumed(HeaderlessFormat(.s16, sampleRate: 8000)!)])
    }
}
