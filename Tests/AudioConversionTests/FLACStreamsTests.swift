import TestSupport
import Testing

@testable import AudioConversion
@testable import TelephonyAudio

/// FLAC whose header or frames are not right gives all the sound that is there.
@Suite(.waiting) struct FLACStreamsTests {
    /// 3 s of FLAC, changed.
    private static func file(_ change: @escaping @Sendable ([UInt8]) throws -> [UInt8]) -> MadeFile {
        MadeFile(name: "x.flac", recipe: "flac -s --no-padding -o x.flac b.wav", seconds: 3, change: change)
    }

    @Test("a header that counts fewer samples than there are does not end the sound")
    func fewerCounted() throws {
        let file = Self.file { bytes in
            var bytes = bytes
            bytes.replaceSubrange(22..<26, with: [0, 0, 0x27, 0x10])
            return bytes
        }
        #expect(try file.converted().audio.samples.count == 24_000)
    }

    @Test("a damaged frame is told, and costs little more than itself", arguments: 0..<40)
    func damagedFrame(place: Int) throws {
        // What of a frame is hit decides whether the decoder loses its place, or finds the checksum wrong.
        let file = Self.file { bytes in
            var bytes = bytes
            let start = bytes.count / 4 + place * bytes.count / 100
            for index in start..<(start + 30) { bytes[index] ^= 0x55 }
            return bytes
        }
        let error = #expect(throws: ConversionError.self) { try file.converted() }
        #expect(error?.code == .recoverable)
        let (audio, report) = try file.converted(acceptsPartial: true)
        #expect(audio.duration > .seconds(2.4) && !report.warnings.isEmpty, "\(audio.duration), \(report.warnings)")
    }

    @Test("damage that looks like a frame of another format is damage")
    func resembling() throws {
        let file = Self.file { bytes in
            var bytes = bytes
            // A header of 44.1 kHz, two channels, 16 bits, frame 5, with the right checksum.
            let start = bytes.count / 16 * 8
            bytes.replaceSubrange(start..<(start + 6), with: [0xFF, 0xF8, 0xC9, 0x18, 0x05, 0xD9])
            return bytes
        }
        let error = #expect(throws: ConversionError.self) { try file.converted() }
        #expect(error?.code == .recoverable)
        #expect(try file.converted(acceptsPartial: true).report.decoder == "libsndfile")
    }

    @Test("damage in the last frame is told")
    func damagedEnd() throws {
        let file = Self.file { bytes in
            var bytes = bytes
            for index in (bytes.count - 200)..<(bytes.count - 180) { bytes[index] ^= 0x55 }
            return bytes
        }
        let error = #expect(throws: ConversionError.self) { try file.converted() }
        #expect(error?.code == .recoverable)
    }

    @Test(
        "what follows the last frame is no damage",
        arguments: ["text that somebody has put there", "\0\0\0\0\0\0\0\0"])
    func followed(by text: String) throws {
        let file = Self.file { $0 + Array(text.utf8) }
        #expect(try file.converted().audio.samples.count == 24_000)
    }

    @Test("a file that was cut off has nothing to go on with")
    func cutOff() throws {
        let file = Self.file { Array($0.dropLast($0.count / 2)) }
        #expect(throws: ConversionError.self) { try file.converted() }
        #expect(try file.converted(acceptsPartial: true).report.streamCount == 1)
    }

    @Test("damage is told in words of our own, with its place")
    func words() throws {
        let file = Self.file { $0.prefix(8000) + [UInt8](repeating: 0x55, count: 3000) + $0.dropFirst(20_000) }
        let error = #expect(throws: ConversionError.self) { try file.converted() }
        #expect(error?.reason.contains("libsndfile") == false)
        #expect(error?.reason.hasPrefix("FLAC data is damaged near byte ") == true, "\(error?.reason ?? "")")
        let header = Self.file { $0.prefix(4) + [UInt8](repeating: 0x55, count: 38) + $0.dropFirst(42) }
        let refusal = #expect(throws: ConversionError.self) { try header.converted() }
        #expect(refusal?.reason.hasPrefix("looks like FLAC, but ") == true && refusal?.code == .damaged)
    }
}
