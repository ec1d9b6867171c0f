import Glibc
import TelephonyAudio
import TestSupport
import Testing

@testable import AudioConversion
@testable import LayerIII

/// Our decoder of MP3 against libmpg123, which libsndfile uses.
@Suite(.waiting) struct LayerIIITests {
    static let sampleRates = [44_100, 48_000, 32_000, 22_050, 24_000, 16_000, 11_025, 12_000, 8000]

    static let recipes: [MP3Recipe] = sampleRates.flatMap { rate in
        let (least, usual, most) = rate >= 32_000 ? (32, 128, 320) : rate >= 16_000 ? (8, 64, 160) : (8, 32, 64)
        let any = [
            "-b \(least)", "-b \(usual) -p", "-b \(most)", "-V 3", "--abr \(usual) -p", "-t -b \(usual)",
            "--nores -b \(usual)",
        ]
        let stereo = ["-m s -b \(usual)", "-m f -b \(usual)", "-m d -b \(usual)"]
        return any.map { MP3Recipe(sampleRate: rate, channels: 1, options: $0) }
            + (any + stereo).map { MP3Recipe(sampleRate: rate, channels: 2, options: $0) }
    }

    /// What a reader's sound becomes at 8000 Hz.
    private func converted(_ reader: any SampleReader, _ selection: ChannelSelection = .mix) throws -> [Float] {
        var mixer = try ChannelMixer(reader.stream, selection: selection, file: "test")
        let resampler = try ResamplerChoice.polyphase.make(sampleRate: reader.stream.sampleRate, file: "test")
        var (input, output) = ([Float](repeating: 0, count: 5000), [Float]())
        while case let count = try input.withUnsafeMutableBufferPointer({ try reader.readMono(&mixer, into: $0) }),
            count > 0
        {
            guard let resampler else {
                output += input[..<count]
                continue
            }
            try input[..<count].withUnsafeBufferPointer { try resampler.process($0, into: &output) }
        }
        try resampler?.finish(into: &output)
        return output
    }

    /// Expects that both decoders make the same of a file, as far as 16 bits can tell.
    private func expectSame(
        _ bytes: [UInt8], _ selection: ChannelSelection = .mix, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let source = try ByteSource(.bytes(bytes, name: "a.mp3"), limits: ConversionLimits())
        let reader = try #require(
            try LayerIIIReader(source, container: .mp3, selection: selection), sourceLocation: sourceLocation)
        let found = try converted(reader, selection)
        let expected = try converted(SndfileReader(source, container: .mp3), selection)
        #expect(reader.defect == nil, sourceLocation: sourceLocation)
        #expect(found.count == expected.count, sourceLocation: sourceLocation)
        let errors = zip(found, expected).map { Double($0 - $1) }
        let noise = errors.reduce(0) { $0 + $1 * $1 } / Double(errors.count)
        #expect(10 * log10(noise) < -105, sourceLocation: sourceLocation)
        #expect(errors.allSatisfy { abs($0) < 1 / 32_768 }, sourceLocation: sourceLocation)
    }

    @Test("every rate, mode and bit rate sounds as from libmpg123, to the sample", arguments: recipes)
    func exact(recipe: MP3Recipe) throws {
        try expectSame(recipe.bytes())
    }

    @Test(
        "processors without AVX2 decode the same",
        arguments: [
            MP3Recipe(sampleRate: 44_100, channels: 2, options: "-b 128"),
            MP3Recipe(sampleRate: 22_050, channels: 1, options: "-b 64"),
            MP3Recipe(sampleRate: 8000, channels: 2, options: "-V 3"),
        ])
    func baseline(recipe: MP3Recipe) throws {
        let bytes = try recipe.bytes()
        try KernelPath.baseline.run { try expectSame(bytes) }
    }

    @Test("one channel of stereo sounds as from libmpg123", arguments: ["-m s", "-m f", "-m j"], [1, 2])
    func oneChannel(mode: String, channel: Int) throws {
        try expectSame(
            MP3Recipe(sampleRate: 44_100, channels: 2, options: "\(mode) -b 160").bytes(), .only(channel))
    }

    @Test("a channel that is not there is refused")
    func noChannel() throws {
        var options = ConversionOptions()
        options.channel = .only(3)
        #expect {
            _ = try AudioConverter(options: options).convert(Self.stereo.bytes())
        } throws: { ($0 as? ConversionError)?.code == .usage }
    }

    private static let stereo = MP3Recipe(sampleRate: 44_100, channels: 2, options: "-m s -b 128")
    private static let untagged = MP3Recipe(sampleRate: 44_100, channels: 2, options: "-t -b 128")

    @Test("tags before and behind change nothing")
    func tags() throws {
        let bytes = try Self.stereo.bytes()
        let expected = try AudioConverter().convert(bytes).audio
        let (audio, report) = try AudioConverter().convert(
            Array("ID3\u{4}\0\0\0\0\0\u{14}".utf8) + [UInt8](repeating: 0, count: 20) + bytes + Array("TAG".utf8)
                + [UInt8](repeating: 0x20, count: 125))
        #expect(audio == expected && audio.samples.count == 8000 && report.decoder == "built-in")
    }

    @Test("the beginning of a stream cut out of another, whose data are not all there, is silent and no damage")
    func middle() throws {
        var stream = try MP3Frames(Self.untagged.bytes())
        stream.frames.removeFirst(10)
        let (audio, report) = try AudioConverter().convert(stream.bytes)
        #expect(
            report.decoder == "built-in" && report.warnings.isEmpty && report.frameCount == 1152 * stream.frames.count)
        let source = try ByteSource(.bytes(stream.bytes, name: "a.mp3"), limits: ConversionLimits())
        let expected = try converted(SndfileReader(source, container: nil))
        // libsndfile estimates the length, and leaves out the end.
        for (found, expected) in zip(audio.samples, expected.dropLast(50)) {
            #expect(abs(Float(found) - expected * 32_768) < 1.5)
        }
    }

    @Test("a stream of changing bit rate without an index is converted to its end")
    func unindexed() throws {
        var stream = try MP3Frames(MP3Recipe(sampleRate: 44_100, channels: 2, options: "-V 3").bytes())
        stream.frames.removeFirst()
        let audio = try AudioConverter().convert(stream.bytes).audio
        #expect(audio.samples.count == resampledCount(1152 * stream.frames.count, from: 44_100))
    }

    /// What only a full decoder takes, in a frame.
    struct Oddity: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let change: @Sendable (inout [UInt8]) -> Void
    }

    static let oddities = [
        Oddity(testDescription: "intensity stereo") { $0[3] |= 0x50 },
        // Behind the header: 9 bits of where data begin, 3 private, 8 of shared scale factors, 33 of the first channel; then
        // a bit for a switched window, 2 for its type, 1 for mixed blocks.
        Oddity(testDescription: "mixed blocks") {
            $0[10] |= 0x06
            $0[11] |= 0x80
        },
        Oddity(testDescription: "mid and side in different blocks") {
            $0[3] |= 0x60
            $0[10] = $0[10] & 0xF8 | 0x06
            $0[11] &= 0x7F
        },
        Oddity(testDescription: "more than all lines") { $0[4 + 4] = 0xFF },
    ]

    @Test("what only a full decoder takes is left to it", arguments: oddities)
    func left(oddity: Oddity) throws {
        var stream = try MP3Frames(Self.stereo.bytes())
        #expect(try file(stream) != nil)
        // In more than one frame of fifty it is no damage.
        oddity.change(&stream.frames[9])
        #expect(stream.frames.count < 50)
        #expect(try file(stream) == nil)
    }

    /// Damage to a stream, and how many of its frames are lost by it.
    struct Damage: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let lost: Int
        let change: @Sendable (inout MP3Frames) -> Void
    }

    static let damages = [
        Damage(testDescription: "a free bit rate", lost: 1) { $0.frames[9][2] &= 0x0F },
        Damage(testDescription: "another layer", lost: 1) { $0.frames[9][1] ^= 0x06 },
        Damage(testDescription: "another rate", lost: 1) { $0.frames[9][2] ^= 0x04 },
        Damage(testDescription: "mono among stereo", lost: 1) { $0.frames[9][3] |= 0xC0 },
        Damage(testDescription: "half a frame", lost: 1) { $0.frames[$0.frames.count - 1].removeLast(100) },
        Damage(testDescription: "something between frames", lost: 0) { $0.frames[9].append(1) },
    ]

    @Test("what is damaged is told, and what comes behind it is heard", arguments: damages)
    func damaged(damage: Damage) throws {
        var stream = try MP3Frames(Self.stereo.bytes())
        let whole = try AudioConverter().convert(stream.bytes).audio.samples
        damage.change(&stream)
        try expectDamage(stream, length: whole.count, missing: damage.lost)
    }

    @Test("one frame alone may as well be chance")
    func alone() throws {
        var stream = try MP3Frames(Self.stereo.bytes())
        stream.frames = [stream.frames[9]]
        #expect(try file(stream) == nil)
    }

    private func file(_ stream: MP3Frames) throws -> LayerIIIFile? {
        try LayerIIIFile(ByteSource(.bytes(stream.bytes, name: "a.mp3"), limits: ConversionLimits()))
    }

    /// Expects that a stream is told to be damaged, and that all but some frames of it are there, give or take the padding that
    /// the index tells of.
    private func expectDamage(_ stream: MP3Frames, length: Int, missing: Int) throws {
        let bytes = stream.bytes
        #expect {
            _ = try AudioConverter().convert(bytes)
        } throws: { ($0 as? ConversionError)?.code == .recoverable }
        var options = ConversionOptions()
        options.acceptsPartial = true
        let count = try AudioConverter(options: options).convert(bytes).audio.samples.count
        let frame = 8000 * 1152 / Self.stereo.sampleRate
        #expect(abs(count - (length - missing * frame)) <= 3 * frame)
    }

    @Test("codes that run past their end are damage, and leave the length as it is")
    func damage() throws {
        var stream = try MP3Frames(Self.stereo.bytes())
        let whole = try AudioConverter().convert(stream.bytes).audio.samples
        // The 12 bits of the length of the first channel's data.
        stream.frames[15][6] &= 0xF0
        stream.frames[15][7] = 8
        let bytes = stream.bytes
        #expect {
            _ = try AudioConverter().convert(bytes)
        } throws: { ($0 as? ConversionError)?.code == .recoverable }
        var options = ConversionOptions()
        options.acceptsPartial = true
        let (audio, report) = try AudioConverter(options: options).convert(bytes)
        #expect(report.decoder == "built-in")
        #expect(report.warnings.first?.description.hasPrefix("a frame is damaged at byte") == true)
        #expect(audio.samples.count == whole.count)
        #expect(audio.samples[..<2600] == whole[..<2600] && audio.samples[3500...] == whole[3500...])
    }

    @Test("the Huffman codes are complete and name every value once")
    func codes() {
        for text in HuffmanCodes.pairs.values + HuffmanCodes.quadruples {
            let words = Array(text.utf8)
            let names = stride(from: 0, to: words.count, by: 3).map { words[$0..<($0 + 2)] }
            let lengths = stride(from: 2, to: words.count, by: 3).map {
                Int(String(UnicodeScalar(words[$0])), radix: 32)!
            }
            #expect(lengths.reduce(0) { $0 + 1 << (20 - $1) } == 1 << 20)
            #expect(Set(names).count == names.count && [4, 9, 16, 36, 64, 256].contains(names.count))
        }
    }
}

extension AudioConverter {
    /// Converts bytes in memory.
    fileprivate func convert(_ bytes: [UInt8]) throws -> (audio: PhoneAudio, report: ConversionReport) {
        try convert(.bytes(bytes, name: "a.mp3"))
    }
}
