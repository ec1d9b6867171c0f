import Files
import TestSupport
import Testing

@testable import AudioConversion
@testable import TelephonyAudio

/// WAV files as programs write them, which is not always as the format asks for.
@Suite(.waiting) struct WAVFormTests {
    @Test("24 bits in the low bytes of four, as arecord writes them, and in the high ones, as the format asks for")
    func alignment() throws {
        let samples: [Int32] = [0, 4_194_304, -4_194_304, 8_388_607, -8_388_608, 256]
        let expected = samples.map { Int16(clamping: ($0 + 128) >> 8) }
        func file(_ shift: Int32) -> [UInt8] {
            let data = samples.flatMap { sample in withUnsafeBytes(of: (sample << shift).littleEndian) { Array($0) } }
            var bytes = TestFiles.wav(bits: 32, data: data)
            bytes[34] = 24
            return bytes
        }
        #expect(try AudioConverter().convert(file(0)).audio.samples == expected)
        #expect(try AudioConverter().convert(file(8)).audio.samples == expected)
    }

    @Test("an odd chunk that is not padded hides nothing")
    func unpadded() throws {
        let chunk = Array("LIST".utf8) + [3, 0, 0, 0, 1, 2, 3]
        let data = TestFiles.pcm(TestFiles.sine(440))
        for padding in [[], [0]] as [[UInt8]] {
            #expect(
                try AudioConverter().convert(TestFiles.wav(data: data, before: chunk + padding)).audio.samples.count
                    == 8000)
        }
    }

    @Test("a data size that is the file's is not damage")
    func wholeSize() throws {
        let data = TestFiles.pcm(TestFiles.sine(440))
        for size in [44 + data.count, 36 + data.count] {
            let (audio, report) = try AudioConverter().convert(TestFiles.wav(data: data, claimed: UInt32(size)))
            #expect(audio.samples.count == 8000 && report.warnings.isEmpty)
        }
    }

    @Test("a size that a program wrote which did not know it ends nothing but where chunks follow", arguments: [0, 1])
    func unknownSize(more: Int) throws {
        let size = 0x7FFF_F000 + more
        let list = Array("LIST".utf8) + [4, 0, 0, 0, 1, 2, 3, 4]
        for (next, end) in [([], size), (list, size), ([UInt8](repeating: 200, count: 60), size + 60)] {
            var spool = try Spool()
            try spool.append(TestFiles.wav(data: [], claimed: UInt32(size)).span.bytes)
            spool.skip(size)
            try spool.append(next.span.bytes)
            var parser = try WAVParser(ByteSource("x", spool), container: .wav)
            let layout = try #require(try parser.layout())
            #expect(layout.dataRange == 44..<(44 + end) && layout.defect == nil)
            #expect(try parser.following() == nil)
        }
    }

    @Test("chunks to the end of the file show that the data really are empty")
    func empty() {
        let file = TestFiles.wav(data: [], after: Array("ID3 ".utf8) + [4, 0, 0, 0, 1, 2, 3, 4])
        let error = #expect(throws: ConversionError.self) { try AudioConverter().convert(file) }
        #expect(error?.reason == "contains no audio: it is 0 samples long")
    }

    private static let coded = [
        MadeFile(
            name: "x.wav", recipe: "ffmpeg -v error -f lavfi -i sine=440:d=2 -ar 8000 -c:a libmp3lame -b:a 32k x.wav",
            seconds: 2, tolerance: 0.2),
        MadeFile(name: "x.wav", recipe: "sox a.wav -r 8000 -e gsm-full-rate x.wav", seconds: 2, tolerance: 0.04),
        MadeFile(name: "x.wav", recipe: "sox a.wav -r 8000 -e ms-adpcm x.wav", seconds: 2, tolerance: 0.07),
        MadeFile(name: "x.wav", recipe: "sox a.wav -r 8000 -e ima-adpcm x.wav", seconds: 2, tolerance: 0.07),
    ]

    @Test("codes in WAV come out whole", arguments: coded)
    func codes(file: MadeFile) throws {
        let (audio, report) = try file.converted()
        #expect(abs(audio.duration / .seconds(1) - file.seconds) <= file.tolerance && report.warnings.isEmpty)
    }

    @Test("a GSM file that was never closed is recovered")
    func neverClosed() throws {
        let file = MadeFile(name: "x.wav", recipe: "sox a.wav -r 8000 -e gsm-full-rate x.wav", seconds: 2) {
            try $0.replacing(first: "data", with: "\0\0\0\0", plus: 4)
        }
        let error = #expect(throws: ConversionError.self) { try file.converted() }
        #expect(error?.code == .recoverable)
        #expect(abs(try file.converted(acceptsPartial: true).audio.duration / .seconds(1) - 2) < 0.05)
    }

    @Test("the last block of ADPCM counts as far as it goes")
    func lastBlock() throws {
        let file = MadeFile(name: "x.wav", recipe: "sox a.wav -r 8000 -e ms-adpcm x.wav", seconds: 2)
        var bytes = try file.bytes()
        let whole = try AudioConverter().convert(.bytes(bytes, name: "x.wav")).audio.samples
        let data = try #require(bytes.firstRange(of: Array("data".utf8))).upperBound
        let size = bytes[data..<(data + 4)].reversed().reduce(0) { $0 << 8 | Int($1) } - 100
        bytes.replaceSubrange(data..<(data + 4), with: (0..<4).map { UInt8(truncatingIfNeeded: size >> (8 * $0)) })
        let cut = try AudioConverter().convert(.bytes(Array(bytes[..<(data + 4 + size)]), name: "x.wav")).audio.samples
        #expect(cut.count == whole.count - 200 && cut[...] == whole.prefix(cut.count))
    }

    @Test(
        "the fact chunk tells how much of the last block is sound",
        arguments: ["ms-adpcm", "ima-adpcm", "gsm-full-rate"])
    func lastBlockIsNotFull(code: String) throws {
        let file = MadeFile(name: "x.wav", recipe: "sox a.wav -r 8000 -e \(code) x.wav trim 0 1.9", seconds: 1.9)
        #expect(try file.converted().audio.samples.count == 15_200)
        // What can't be true counts for nothing.
        for told in ["\0\0\0\0", "\u{1}\0\0\0", "\u{7F}\u{7F}\u{7F}\u{7F}"] {
            let untrue = MadeFile(name: "x.wav", recipe: file.recipe, seconds: 1.9) {
                try $0.replacing(first: "fact", with: told, plus: 8)
            }
            #expect((15_201...16_000).contains(try untrue.converted().audio.samples.count))
        }
    }

    /// A chunk of a RIFF file.
    private static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
        let size = (0..<4).map { UInt8(truncatingIfNeeded: content.count >> (8 * $0)) }
        return Array(name.utf8) + size + content + (content.count % 2 == 0 ? [] : [0])
    }

    @Test("more data behind the data are played, in the format that stands before them")
    func moreData() throws {
        let (first, second) = (TestFiles.sine(440), TestFiles.sine(880, count: 12_000))
        let data = Self.chunk("data", TestFiles.pcm(second))
        let list = Self.chunk("LIST", Array("INFOISFT\u{3}\0\0\0abc\0".utf8))
        let bytes = second.map { UInt8(truncatingIfNeeded: Int($0) / 256 + 128) }
        let format = Array(TestFiles.wav(bits: 8, data: [])[12..<36])
        for (after, samples) in [
            (data, second), (list + data, second), (data + data, second + second),
            (format + Self.chunk("data", bytes), bytes.map { (Int16($0) - 128) * 256 }),
        ] {
            let (audio, report) = try AudioConverter().convert(
                TestFiles.wav(data: TestFiles.pcm(first), after: after))
            #expect(audio.samples == first + samples && report.warnings.isEmpty)
        }
        // What is missing of them is told.
        let cut = TestFiles.wav(data: TestFiles.pcm(first), after: list + data.dropLast(100))
        #expect(throws: ConversionError.self) { try AudioConverter().convert(cut) }
        // What is no chunk of data is not sound.
        let other = TestFiles.wav(data: TestFiles.pcm(first), after: Self.chunk("atad", bytes) + bytes)
        #expect(try AudioConverter().convert(other).audio.samples == first)
    }

    @Test("more data of ADPCM behind the data are played")
    func moreADPCM() throws {
        let file = MadeFile(name: "x.wav", recipe: "sox a.wav -r 8000 -e ms-adpcm x.wav", seconds: 2)
        let bytes = try file.bytes()
        let whole = try AudioConverter().convert(bytes).audio.samples
        let data = try #require(bytes.firstRange(of: Array("data".utf8))).lowerBound
        // A block and a half.
        let more = Self.chunk("data", Array(bytes[(data + 8)..<(data + 8 + 384)]))
        let (audio, report) = try AudioConverter().convert(bytes + more)
        #expect(audio.samples == whole + whole[..<500] + whole[500..<(500 + 244)] && report.warnings.isEmpty)
    }

    @Test("frames that are said to be too small for their samples are as large as these")
    func smallFrames() throws {
        let samples = TestFiles.sine(440)
        var bytes = TestFiles.wav(data: TestFiles.pcm(samples))
        bytes[32] = 1
        #expect(try AudioConverter().convert(bytes).audio.samples == samples)
    }
}
