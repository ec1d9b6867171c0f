import Dispatch
import Glibc
import Synchronization
import TestSupport
import Testing

@testable import AudioConversion
@testable import TelephonyAudio

/// What comes through a pipe becomes what the same file becomes by its name.
@Suite(.waiting) struct PipeTests {
    /// What a source becomes: samples and warnings, or a sentence about what is wrong.
    private struct Outcome: Equatable {
        var samples: [Int16] = []
        var warnings: [ConversionReport.Warning] = []
        var streamCount = 0
        var error: String?

        init(_ convert: (inout [Int16]) throws(ConversionError) -> ConversionReport) {
            do throws(ConversionError) {
                let report = try convert(&samples)
                (warnings, streamCount) = (report.warnings, report.streamCount)
            } catch { self.error = "\(error.code): \(error.reason)" }
        }
    }

    /// What bytes become that come through a pipe, in pieces of so many.
    private static func piped(
        _ bytes: [UInt8], pieces: [Int] = [.max], _ options: ConversionOptions = partial
    ) throws -> Outcome {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        let (reading, writing) = (ends[0], ends[1])
        let done = DispatchSemaphore(value: 0)
        DispatchQueue.global().async {
            var rest = bytes[...]
            for size in pieces {
                var piece = rest.prefix(size)
                rest = rest.dropFirst(size)
                while !piece.isEmpty {
                    let count = piece.withUnsafeBytes { write(writing, $0.baseAddress, $0.count) }
                    precondition(count > 0, "a pipe takes no more")
                    piece = piece.dropFirst(count)
                }
            }
            close(writing)
            done.signal()
        }
        let outcome = Outcome { (samples) throws(ConversionError) in
            try AudioConverter(options: options).convertLive(reading, name: "x") { span in
                span.withUnsafeBufferPointer { samples += $0 }
            }
        }
        // What the conversion has left.
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while read(reading, &buffer, buffer.count) > 0 {}
        close(reading)
        done.wait()
        return outcome
    }

    private static func named(_ bytes: [UInt8], _ options: ConversionOptions = partial) -> Outcome {
        Outcome { (samples) throws(ConversionError) in
            try AudioConverter(options: options).convert(.bytes(bytes, name: "x")) { span in
                span.withUnsafeBufferPointer { samples += $0 }
            }
        }
    }

    private static let partial: ConversionOptions = {
        var options = ConversionOptions()
        options.acceptsPartial = true
        options.comparesChannels = true
        return options
    }()

    private struct Case: CustomTestStringConvertible {
        let testDescription: String
        let bytes: [UInt8]

        init(_ words: String, _ bytes: [UInt8]) { (testDescription, self.bytes) = (words, bytes) }
    }

    private static func chunk(_ name: String, _ content: [UInt8], claimed: Int? = nil) -> [UInt8] {
        let size = (0..<4).map { UInt8(truncatingIfNeeded: (claimed ?? content.count) >> (8 * $0)) }
        return Array(name.utf8) + size + content + (content.count % 2 == 0 ? [] : [0])
    }

    private static let low = TestFiles.pcm(TestFiles.sine(440))
    private static let high = TestFiles.pcm(TestFiles.sine(880, count: 12_000))
    private static let odd = (0..<8001).map { UInt8(128 + $0 % 50) }
    private static let list = chunk("LIST", Array("INFOISFT\u{3}\0\0\0abc\0".utf8))
    private static let other = TestFiles.wav(channels: 2, rate: 16_000, data: high)
    private static let oddChunk: [UInt8] = Array("LIST".utf8) + [3, 0, 0, 0, 1, 2, 3]
    private static let apart = TestFiles.wav(channels: 2, data: TestFiles.pcm(TestFiles.sine(440).flatMap { [$0, 0] }))

    private static func wav(
        _ data: [UInt8] = low, claimed: Int? = nil, before: [UInt8] = [], after: [UInt8] = []
    ) -> [UInt8] {
        TestFiles.wav(data: data, claimed: claimed.map { UInt32($0) }, before: before, after: after)
    }

    /// A WAV file with other bytes at a place.
    private static func wav(_ bits: UInt16, _ data: [UInt8], _ place: Int, _ byte: UInt8) -> [UInt8] {
        var file = TestFiles.wav(bits: bits, data: data)
        file[place] = byte
        return file
    }

    private static let following: [Case] = [
        Case("a WAV file", wav()),
        Case("a chunk behind the data", wav(after: list)),
        Case("two files", wav() + other),
        Case("a chunk and another file", wav(after: list) + other),
        Case("three files, the second of which was cut off", wav() + wav(after: list).dropLast(1000) + wav()),
        Case("another file that was cut off", wav() + other.dropLast(100)),
        Case("zeros and another file", wav() + [0, 0, 0, 0] + other),
        Case("what is no file", wav() + Array(1...100)),
        Case("a file that is no sound", wav() + Array("RIFF\u{4}\0\0\0WAVEfmt ".utf8)),
        Case("two chunks of data", wav(after: chunk("data", high))),
        Case("two chunks of data and one between them", wav(after: list + chunk("data", high))),
        Case(
            "data in another format",
            wav(after: Array(TestFiles.wav(bits: 8, data: [])[12..<36]) + chunk("data", odd))),
        Case("two files, the channels of the first of which differ", apart + wav()),
        Case("two files, the channels of the second of which differ", wav() + apart),
    ]

    private static let sizes: [Case] = [
        Case("the file's size as that of the data", wav(claimed: 44 + low.count)),
        Case("the size of the file but 8 bytes", wav(claimed: 36 + low.count)),
        Case("a size that is too large", wav(claimed: 46 + low.count)),
        Case("a size of ffmpeg in a pipe", wav(claimed: 0xFFFF_FFFF)),
        Case("a size of sox in a pipe", wav(claimed: 0x7FFF_F000)),
        Case("a file that was cut off", wav().dropLast(1001)),
        Case("a file that ends after its header", wav([])),
        Case("a file that ends in its header", Array(wav()[..<30])),
        Case("a size of 0 with sound behind it", wav(claimed: 0)),
        Case("a size of 0 with a chunk behind it", wav([], after: list)),
        Case("a size of 0 with a chunk and other data behind it", wav([], after: list + chunk("data", high))),
        Case("a size of 0 with sound that begins like a chunk", wav(Array("UUUUUUUU".utf8) + low, claimed: 0)),
        Case("an odd size", TestFiles.wav(bits: 8, data: odd, after: [0] + chunk("data", odd))),
        Case("an odd size and no padding", TestFiles.wav(bits: 8, data: odd, after: chunk("data", odd))),
        Case("an odd chunk before the data, and no padding", wav(before: oddChunk)),
        Case("an odd chunk that is padded with a letter", wav(before: oddChunk + [65])),
        Case("half a frame", wav(low.dropLast(1))),
        Case("a long chunk before the data", wav(before: chunk("JUNK", [UInt8](repeating: 1, count: 100_000)))),
        Case("nothing", []),
    ]

    private static let forms: [Case] = [
        Case("WavPack of version 3", wav(Array("wvpk".utf8) + low)),
        Case("no channels", TestFiles.wav(channels: 0, data: low)),
        Case("no rate", TestFiles.wav(rate: 0, data: low)),
        Case(
            "24 bits in the low bytes of four",
            wav(32, (0..<8000).flatMap { [UInt8(truncatingIfNeeded: $0), 1, 0, 0] }, 34, 24)),
        Case("big-endian", wav(16, low, 3, UInt8(ascii: "X"))),
        Case("channels that differ", apart),
        Case(
            "channels of surround",
            TestFiles.wav(channels: 6, data: TestFiles.pcm((0..<60_000).map { $0 % 6 == 3 ? 9000 : 1000 }))),
        Case(
            "samples that are no numbers",
            TestFiles.wav(
                tag: 3, channels: 2, bits: 32,
                data: ([Float](repeating: .nan, count: 40) + [Float](repeating: 0.25, count: 8000)).flatMap { value in
                    withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) }
                })),
        Case("a tag before it", Array("ID3\u{3}\0\0\0\0\0\u{A}".utf8) + [UInt8](repeating: 0, count: 10) + wav()),
        Case("zeros before it", [UInt8](repeating: 0, count: 16) + wav()),
        Case("text", Array(String(repeating: "no sound\n", count: 100).utf8)),
    ]

    @Test(
        "samples, warnings and defects of a WAV file are those that it has by its name",
        arguments: following + sizes + forms)
    private func wav(file: Case) throws {
        let byName = Self.named(file.bytes)
        // At once, and as a header that comes before the samples, in pieces that end within the fields.
        for pieces in [[.max], [7, 5, 30, 2, 1, 1, 1, 100, .max], [44, .max]] {
            #expect(try Self.piped(file.bytes, pieces: pieces) == byName, "\(pieces)")
        }
        var strict = Self.partial
        strict.acceptsPartial = false
        let piped = try Self.piped(file.bytes, strict)
        #expect(piped.error == Self.named(file.bytes, strict).error)
    }

    @Test(
        "samples are handed on before the pipe ends", arguments: [16_000, 0xFFFF_FFFF, 0x7FFF_F000, 0], [false, true])
    func live(claimed: Int, isHeaderless: Bool) throws {
        var options = Self.partial
        if isHeaderless { options.raw = HeaderlessFormat("s16") }
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        let (reading, writing) = (ends[0], ends[1])
        let bytes = Self.wav(TestFiles.pcm([Int16](repeating: 0, count: 8000)), claimed: claimed)
        // A tenth of a second behind the header.
        #expect(write(writing, bytes, 44 + 1600) == 44 + 1600)
        let heard = DispatchSemaphore(value: 0)
        let outcome = Mutex<DispatchTimeoutResult?>(nil)
        let done = DispatchSemaphore(value: 0)
        DispatchQueue.global().async {
            outcome.withLock { $0 = heard.wait(timeout: .now() + 20) }
            _ = Array(bytes[1644...]).withUnsafeBytes { write(writing, $0.baseAddress, $0.count) }
            close(writing)
            done.signal()
        }
        var count = 0
        try AudioConverter(options: options).convertLive(reading, name: "x") { samples in
            count += samples.count
            heard.signal()
        }
        done.wait()
        close(reading)
        #expect(outcome.withLock { $0 } == .success && count == 8000 + (isHeaderless ? 22 : 0))
    }

    @Test("headerless audio is what it is by its name", arguments: [0, 1, 4000, 4001])
    func headerless(count: Int) throws {
        var options = Self.partial
        options.raw = HeaderlessFormat("s16:8000:2")
        let bytes = Array(TestFiles.pcm(TestFiles.sine(440)).prefix(count))
        #expect(try Self.piped(bytes, options) == Self.named(bytes, options))
    }

    @Test("sound that begins with what is none is taken to its end", arguments: ["mp3", "aac", "ac3"])
    func lateBeginning(ending: String) throws {
        let recipe =
            "sox -n -r 48000 -c 2 -b 16 c.wav synth 40 sin 440 gain -6; ffmpeg -v error -i c.wav -b:a 256k x.\(ending)"
        let file = MadeFile(name: "x.\(ending)", recipe: recipe, seconds: 40) { Array($0.dropFirst(100)) }
        let bytes = try file.bytes()
        let byName = Self.named(bytes)
        #expect(bytes.count > 1 << 20 && byName.samples.count > 39 * 8000)
        #expect(try Self.piped(bytes) == byName)
    }

    @Test("what is no sound is not taken to its end")
    func noise() throws {
        var options = Self.partial
        options.limits.maximumInputBytes = 1 << 20
        var state: UInt32 = 1
        // Without the high bit, that begins the frames of what can be found by chance.
        let bytes = (0..<(1 << 21)).map { _ in
            state = state &* 1_664_525 &+ 1_013_904_223
            return UInt8(state >> 25)
        }
        #expect(try Self.piped(bytes, options).error?.hasPrefix("unknownFormat") == true)
    }
}
