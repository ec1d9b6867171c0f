import TestSupport
import Testing

@testable import AudioConversion
@testable import TelephonyAudio

/// AMR and AMR wideband: pauses keep their time.
@Suite(.waiting) struct AMRTests {
    /// A frame of a type, 0...15, of the size that such frames have.
    private static func frame(_ type: UInt8, _ size: Int) -> [UInt8] {
        [type << 3 | 4] + (0..<size).map { UInt8(truncatingIfNeeded: $0 * 37 + 11) }
    }

    private static let speech = frame(7, 31)
    private static let widebandSpeech = frame(2, 32)

    private static func file(_ frames: [UInt8]..., isWideband: Bool = false) -> [UInt8] {
        AMRFrames.magic(isWideband: isWideband) + Array(frames.joined())
    }

    private static func repeated(_ frame: [UInt8], _ count: Int) -> [UInt8] {
        Array(repeatElement(frame, count: count).joined())
    }

    @Test("frames of noise, without data and lost ones are silence of their length", arguments: [8, 14, 15] as [UInt8])
    func pauses(type: UInt8) throws {
        let pause = Self.frame(type, type == 8 ? 5 : 0)
        let bytes = Self.file(Self.repeated(Self.speech, 10), Self.repeated(pause, 20), Self.repeated(Self.speech, 5))
        let (audio, report) = try AudioConverter().convert(bytes)
        #expect(audio.samples.count == 35 * 160 && report.warnings.allSatisfy { !"\($0)".contains("recovered") })
        #expect(audio.samples[(10 * 160)..<(30 * 160)].allSatisfy { $0 == 0 })
        #expect(audio.samples[..<1600].contains { $0 != 0 } && audio.samples[4800...].contains { $0 != 0 })
    }

    @Test("wideband likewise", arguments: [9, 14, 15] as [UInt8])
    func wideband(type: UInt8) throws {
        let pause = Self.frame(type, type == 9 ? 5 : 0)
        let speech = Self.repeated(Self.widebandSpeech, 10)
        let bytes = Self.file(speech, Self.repeated(pause, 20), speech, isWideband: true)
        #expect(try AudioConverter().convert(bytes).audio.samples.count == 40 * 160)
    }

    @Test("a last frame that is not whole is damage, and the frames before it can be recovered")
    func cutOff() throws {
        let bytes = Array(Self.file(Self.repeated(Self.speech, 10)).dropLast(7))
        let error = #expect(throws: ConversionError.self) { try AudioConverter().convert(bytes) }
        #expect(error?.code == .recoverable && error?.reason.contains("in the middle of a frame") == true)
        var options = ConversionOptions()
        options.acceptsPartial = true
        #expect(try AudioConverter(options: options).convert(bytes).audio.samples.count == 9 * 160)
    }

    @Test("a frame of a type without a meaning is damage, and its place is told")
    func meaningless() throws {
        let bytes = Self.file(Self.repeated(Self.speech, 10), [0x64], Self.speech)
        let error = #expect(throws: ConversionError.self) { try AudioConverter().convert(bytes) }
        #expect(error?.reason.contains("a frame is damaged at byte 326") == true)
    }

    @Test("what ffmpeg does not get as it is, is not decoded ahead of its turn")
    func ahead() throws {
        func container(_ bytes: [UInt8]) throws -> Container? {
            try ReaderChoice.containerForFFmpeg(ByteSource(.bytes(bytes, name: "x"), limits: ConversionLimits()))
        }
        let speech = Self.repeated(Self.speech, 10)
        #expect(try container(Self.file(speech)) == .amr)
        #expect(try container(Self.file(speech, Self.frame(8, 5))) == nil)
        #expect(try container(Self.file(speech).dropLast(7)) == nil)
        #expect(try container(Self.file(Self.repeated(Self.widebandSpeech, 9), isWideband: true)) == .amrWideband)
        let file = MadeFile(name: "x.m4a", recipe: "ffmpeg -v error -i a.wav -c:a aac x.m4a", seconds: 2)
        let bytes = try file.bytes()
        #expect(try container(bytes) == .m4a)
        for codec in ["enca", "samr", "sawb"] {
            #expect(try container(bytes.replacing(first: "mp4a", with: codec)) == nil, "\(codec)")
        }
    }

    @Test("several channels are refused by name; a file of pauses alone has no speech")
    func others() throws {
        let channels = #expect(throws: ConversionError.self) {
            try AudioConverter().convert(Array("#!AMR_MC1.0\n".utf8) + [0, 0, 0, 2])
        }
        #expect(channels?.code == .unsupported && channels?.reason.contains("several channels") == true)
        let silence = #expect(throws: ConversionError.self) {
            try AudioConverter().convert(Self.file(Self.repeated([0x7C], 9)))
        }
        #expect(silence?.reason.contains("without speech") == true)
    }
}
