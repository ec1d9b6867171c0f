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

    @Test("tones of any frequency are tones of 16 bits, in both byte orders")
    func tones() throws {
        for frequency in stride(from: 300.0, through: 3500, by: 100) {
            let tone = TestFiles.sine(frequency, amplitude: 9000, count: 16_000)
            #expect(try guess(TestFiles.pcm(tone)) == HeaderlessFormat(.s16, sampleRate: 8000), "\(frequency) Hz")
            let big = try guess(TestFiles.pcm(tone.map(\.byteSwapped)))
            #expect(big == HeaderlessFormat(.s16be, sampleRate: 8000), "\(frequency) Hz")
        }
    }

    @Test("noise of a few steps is 16 bits, and one byte over and over is the silence of its code")
    func quiet() throws {
        var random = SplitMix64(seed: 9)
        for amplitude in [3, 7, 60] {
            let noise = (0..<8000).map { _ in Int16.random(in: Int16(-amplitude)...Int16(amplitude), using: &random) }
            #expect(try guess(TestFiles.pcm(noise)) == HeaderlessFormat(.s16, sampleRate: 8000), "\(amplitude)")
            #expect(try guess(TestFiles.pcm(noise.map(\.byteSwapped)))?.encoding == .s16be, "\(amplitude)")
        }
        var floats: [UInt8] = []
        for index in 0..<8000 {
            let sample: Float = index % 50 == 0 ? Float(index % 3 - 1) / 32_768 : 0
            withUnsafeBytes(of: sample.bitPattern.littleEndian) { floats += $0 }
        }
        #expect(try guess(floats) == HeaderlessFormat(.f32, sampleRate: 8000))
        let silences: [(UInt8, HeaderlessFormat.Encoding?)] = [
            (0, .s16), (0xD5, .alaw), (0x55, .alaw), (0xFF, .ulaw), (0x7F, .ulaw), (0x80, .u8), (0x33, nil),
        ]
        for (byte, encoding) in silences {
            #expect(try guess([UInt8](repeating: byte, count: 8000))?.encoding == encoding, "\(byte)")
        }
        #expect(
            try guess(TestFiles.pcm([Int16](repeating: 1, count: 4000))) == HeaderlessFormat(.s16, sampleRate: 8000))
    }

    /// What becomes of bytes under a name.
    private func converted(_ bytes: [UInt8], _ name: String) throws -> (
        samples: [Int16], warnings: [ConversionReport.Warning]
    ) {
        let (audio, report) = try AudioConverter().convert(.bytes(bytes, name: name))
        return (audio.samples, report.warnings)
    }

    @Test("a name counts where the bytes may be what it says, and loud noise is never converted")
    func named() throws {
        let little = TestFiles.pcm(Self.voice)
        let big = TestFiles.pcm(Self.voice.map(\.byteSwapped))
        #expect(try converted(little, "x.sln") == (Self.voice, []))
        let assumed = try #require(HeaderlessFormat(.s16be, sampleRate: 16_000))
        #expect(try converted(big, "x.sln16").warnings == [.assumed(assumed)])
        #expect(try converted(little, "x.ulaw").samples == Self.voice)
        for law in G711.allCases {
            let coded = Self.voice.map(law.encode)
            #expect(try converted(coded, law == .alaw ? "x.alaw" : "x.ulaw").warnings == [])
            #expect(try converted(coded, "x.sln").samples.count == Self.voice.count)
        }
        // A fax's tone, and noise as of a line, are what their names say.
        for samples in [
            TestFiles.sine(2100, amplitude: 9000, count: 8000), (0..<8000).map { Int16($0 &* 7919 % 400) - 200 },
        ] {
            #expect(try converted(TestFiles.pcm(samples), "x.sln").samples == samples)
            #expect(try converted(samples.map(G711.ulaw.encode), "x.ulaw").samples.count == samples.count)
        }
        var random = SplitMix64(seed: 4)
        let noise = (0..<40_000).map { _ in UInt8.random(in: 0...255, using: &random) }
        for name in ["x.vox", "x.sln16", "x.slin", "x.ulaw", "x.alaw"] {
            let error = #expect(throws: ConversionError.self, "\(name)") { try converted(noise, name) }
            #expect(error?.code == .unknownFormat)
        }
    }

    @Test(
        "Dialogic's ADPCM is read whole at every rate, with a word on the rate; what only bears its name is something else"
    )
    func dialogic() throws {
        let folder = TestFolder()
        try folder.write(PhoneAudio(samples: Self.voice).wav, to: "a.wav")
        let run = try RunningProgram.run("sox", ["a.wav", "a.vox"], in: folder.path)
        try #require(run.status == 0, "\(run.errors)")
        let bytes = try folder.bytes("a.vox")
        let plain = try converted(bytes, "a.vox")
        #expect(plain.samples.count == Self.voice.count)
        #expect(plain.warnings == [.assumed(try #require(HeaderlessFormat(.vox, sampleRate: 8000)))])
        for rate in [1000, 1001, 6000, 11_025] {
            var options = ConversionOptions()
            options.raw = HeaderlessFormat(.vox, sampleRate: rate)
            let (audio, _) = try AudioConverter(options: options).convert(.bytes(bytes, name: "a"))
            #expect(abs(audio.samples.count * rate - Self.voice.count * 8000) <= 2 * 8000, "\(rate) Hz")
        }
        #expect(HeaderlessFormat(.vox, sampleRate: 400) == nil)
        let linear = try converted(TestFiles.pcm(Self.voice), "a.vox")
        #expect(linear.samples == Self.voice)
        #expect(linear.warnings == [.assumed(try #require(HeaderlessFormat(.s16, sampleRate: 8000)))])
    }

    @Test("what was assumed is a warning", arguments: ["x.pcm", "x.raw"])
    func warning(name: String) throws {
        let (audio, report) = try AudioConverter().convert(.bytes(TestFiles.pcm(Self.voice), name: name))
        #expect(audio.samples == Self.voice)
        #expect(report.warnings == [.assumed(HeaderlessFormat(.s16, sampleRate: 8000)!)])
    }
}
