import Foundation
import Glibc
import TestSupport
import Testing

/// Conversions of what is long and of what is large.
@Suite(.waiting, .timeLimit(.minutes(10))) struct ConvertSizeTests {
    let place = Workplace()

    // MARK: Memory

    /// The most memory that a conversion of a stream has resident, in bytes.
    private func peak(seconds: Int, _ words: String) throws -> Int {
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "peak.py").path
        let run = try place.shell(
            """
            set -o pipefail; head -c \(seconds * 8000) /dev/zero |
            /usr/bin/python3 \(script) \(Workplace.products)/rtmedia \(words) > /dev/null
            """)
        // What is inspected is not what the platform wants.
        try #require(run.status == (words.hasPrefix("inspect") ? 65 : 0), "\(words): \(run.errors)")
        #expect(place.temporaryFiles.isEmpty)
        return try #require(run.errors.split(separator: " ").last.flatMap { Int($0.dropLast()) })
    }

    @Test(
        "ten times as much audio takes no more memory",
        arguments: [
            (words: "convert - -q --force -o out.wav", seconds: 3600),
            ("convert - -q --force --as base64 -o out.b64", 360),
            ("convert - -q --force --level -26 --fade 10 --pad 10 -o out.wav", 360),
            // Where the sound begins and ends is known at the end only.
            ("inspect -", 3600),
        ])
    func memory(words: String, seconds: Int) throws {
        // What is not optimized would take minutes.
        let seconds = Workplace.isOptimized ? seconds : 10
        let words = words + " --raw u8:8000:1"
        let short = try peak(seconds: seconds, words)
        let long = try peak(seconds: 10 * seconds, words)
        // No more than two runs of the same differ by.
        #expect(abs(long - short) < 4 << 20, "\(short) bytes for \(seconds) s, \(long) for ten times as much")
    }

    // MARK: Over 4 GiB

    /// Makes an RF64 file of a second of a tone that lies behind a chunk of 4 GiB, which takes no room on the disk.
    private func makeLarge(_ name: String) throws -> [Int16] {
        func bytes(_ value: Int, _ size: Int) -> [UInt8] {
            (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        }
        let tone = TestSound.tones([440], amplitude: 8000, count: 8000)
        let wav = TestSound(tone).wav
        let filler = 0xFFFF_FFF0
        let size = 48 + filler + wav.count - 12
        let head =
            Array("RF64".utf8) + bytes(-1, 4) + Array("WAVEds64".utf8) + bytes(28, 4) + bytes(size, 8)
            + bytes(16_000, 8)
            + bytes(8000, 8) + bytes(0, 4) + Array("JUNK".utf8) + bytes(filler, 4)
        try place.write(head, to: name)
        let file = try FileHandle(forWritingTo: URL(filePath: "\(place.path)/\(name)"))
        try file.seek(toOffset: UInt64(head.count + filler))
        try file.write(contentsOf: wav.dropFirst(12))
        try file.close()
        return tone
    }

    @Test("sound that lies over 4 GiB from the beginning of a file is found")
    func large() throws {
        let tone = try makeLarge("large.wav")
        try #require(try place.shell("stat -c %s large.wav").text == "4294983368\n")
        let run = try place.rtmedia("convert", "large.wav", "-o", "out.wav", "-q")
        #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
        #expect(try TestSound(wav: place.bytes("out.wav")).samples == tone)
    }

    @Test("over 4 GiB are taken from a pipe", .enabled(if: Workplace.isOptimized, "a minute if it is not optimized"))
    func largePipe() throws {
        // All of it is sound: 1100 channels would be too many, and as many as there may be are mixed.
        let words = "head -c 4300M /dev/zero | rtmedia convert - --raw s16:768000:1024 -o zero.wav -q --channel 1024"
        #expect(try place.shell(words).status == 0)
        let frames = 4300 << 20 / 2048
        #expect(try TestSound(wav: place.bytes("zero.wav")).samples.count == (frames + 48) / 96)
        #expect(place.temporaryFiles.isEmpty)
    }

    @Test("what a WAV file can't hold is refused at once, with 65")
    func tooLong() throws {
        // 268,000 s and one sample; the file takes no room on the disk.
        try #require(try place.shell("truncate -s 2144000001 in.bin").status == 0)
        let run = try place.rtmedia("convert", "in.bin", "--raw", "ulaw", "--max-duration", "268000")
        #expect(run.status == 65)
        #expect(
            run.errors
                == "rtmedia: in.bin: is longer than the 268000 seconds that are accepted; --max-duration accepts more\n"
        )
        let usual = try place.rtmedia("convert", "in.bin", "--raw", "ulaw")
        #expect(usual.status == 65 && usual.errors.contains("is longer than the 86400 seconds"))
        #expect(place.files == ["in.bin"])
    }

    @Test(
        "the longest result is one whole WAV file of over 4 GB",
        .enabled(if: Workplace.isOptimized, "minutes if it is not optimized"))
    func longest() throws {
        // A tone at the end, so that more than the header is looked at.
        try place.write([UInt8](repeating: 0xFF, count: 4000) + [UInt8](repeating: 0x80, count: 4000), to: "end.bin")
        let made = try place.shell(
            """
            set -e; truncate -s 2143992000 in.bin; cat end.bin >> in.bin
            rtmedia convert in.bin --raw ulaw --max-duration 268000 -o out.wav -q
            stat -c %s out.wav; head -c 44 out.wav > head; tail -c 16000 out.wav > tail; soxi -s out.wav; rm out.wav
            """)
        #expect(made.status == 0 && made.text == "4288000044\n2144000000\n", "\(made.text) \(made.errors)")
        let head = try place.bytes("head")
        #expect(
            head[4..<8].elementsEqual([0x24, 0xB0, 0x95, 0xFF]) && head[40..<44].elementsEqual([0, 0xB0, 0x95, 0xFF]))
        let tail = try place.bytes("tail")
        #expect(tail.prefix(8000).allSatisfy { $0 == 0 })
        // The loudest code of mu-law, 32,124.
        #expect(stride(from: 8000, to: 16_000, by: 2).allSatisfy { tail[$0] == 0x7C && tail[$0 + 1] == 0x7D })
    }
}
