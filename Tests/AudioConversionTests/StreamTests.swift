import TestSupport
import Testing

@testable import AudioConversion
@testable import TelephonyAudio

/// Whole files come out whole: all their streams, whatever stands around them.
@Suite(.waiting) struct StreamTests {
    /// An ID3v2 tag of so many bytes.
    private static func tag(_ count: Int) -> [UInt8] {
        let size = (0..<4).map { UInt8(count >> (7 * (3 - $0)) & 127) }
        return Array("ID3\u{3}\0\0".utf8) + size + [UInt8](repeating: 0, count: count)
    }

    private static let oldTag = Array("TAG".utf8) + [UInt8](repeating: 0, count: 125)

    private static let several = [
        MadeFile(
            name: "x.mp3", recipe: "for x in a b; do lame --quiet -b 64 $x.wav $x.mp3; done; cat a.mp3 b.mp3 > x.mp3",
            seconds: 5, streamCount: 2),
        MadeFile(
            name: "x.mp3",
            recipe:
                "lame --quiet -t -b 64 a.wav a.mp3; lame --quiet -b 64 --add-id3v2 --id3v2-only --tt x b.wav b.mp3; cat a.mp3 b.mp3 > x.mp3",
            seconds: 5, tolerance: 0.15, streamCount: 2),
        MadeFile(
            name: "x.mp3",
            recipe:
                "lame --quiet -b 64 a.wav a.mp3; lame --quiet --resample 44.1 -m s b.wav b.mp3; (cat a.mp3; head -c 500 /dev/zero; cat b.mp3) > x.mp3",
            seconds: 5, streamCount: 2),
        MadeFile(
            name: "x.opus",
            recipe: "for x in a b; do opusenc --quiet $x.wav $x.opus; done; cat a.opus b.opus a.opus > x.opus",
            seconds: 7, streamCount: 3),
        MadeFile(
            name: "x.ogg", recipe: "sox a.wav a.ogg; sox b.wav -r 44100 -c 2 b.ogg; cat a.ogg b.ogg > x.ogg",
            seconds: 5, streamCount: 2),
        MadeFile(
            name: "x.oga", recipe: "for x in a b; do flac -s --ogg -o $x.oga $x.wav; done; cat a.oga b.oga > x.oga",
            seconds: 5, streamCount: 2),
        // The second has more frames than the first: its last ones look like those that a header has not counted.
        MadeFile(
            name: "x.flac", recipe: "flac -s a.wav; flac -s b.wav; cat a.flac b.flac > x.flac", seconds: 5,
            streamCount: 2),
        MadeFile(
            name: "x.flac",
            recipe: "flac -s a.wav; sox b.wav -r 44100 c.wav; flac -s c.wav; cat a.flac c.flac > x.flac", seconds: 5,
            streamCount: 2),
        MadeFile(
            name: "x.opus",
            recipe:
                "for x in a b; do opusenc --quiet $x.wav $x.opus; done; (cat a.opus; printf TAG; head -c 625 /dev/zero; cat b.opus) > x.opus",
            seconds: 5, streamCount: 2),
        MadeFile(
            name: "x.wav",
            recipe: "sox b.wav -r 16000 -c 2 c.wav; (cat a.wav; printf 'LIST\\x04\\0\\0\\0INFO'; cat c.wav) > x.wav",
            seconds: 5, streamCount: 2),
        MadeFile(
            name: "x.mp2",
            recipe:
                "ffmpeg -v error -i a.wav -ar 44100 a.mp2; ffmpeg -v error -i b.wav -ar 16000 b.mp2; cat a.mp2 b.mp2 > x.mp2",
            seconds: 5, tolerance: 0.2, streamCount: 2),
        MadeFile(
            name: "x.au", recipe: "sox a.wav a.au; sox b.wav -r 8000 b.au; cat a.au b.au > x.au", seconds: 5,
            streamCount: 2),
        MadeFile(name: "x.aiff", recipe: "sox a.wav a.aiff; cat a.aiff b.wav > x.aiff", seconds: 5, streamCount: 2),
        MadeFile(
            name: "x.w64", recipe: "sox a.wav a.w64; sox b.wav b.w64; cat a.w64 b.w64 > x.w64", seconds: 5,
            streamCount: 2),
        MadeFile(
            name: "x.mp3", recipe: "lame --quiet -b 64 a.wav a.mp3; flac -s b.wav; cat a.mp3 b.flac > x.mp3",
            seconds: 5,
            streamCount: 2),
        MadeFile(
            name: "x.wv",
            recipe:
                "ffmpeg -v error -i a.wav a.wv; ffmpeg -v error -i b.wav -ar 44100 -ac 2 b.wv; (cat a.wv; printf TAG; head -c 125 /dev/zero; cat b.wv a.wv) > x.wv",
            seconds: 7, streamCount: 3),
    ]

    @Test("streams that follow one another come out one after the other", arguments: several)
    func severalStreams(file: MadeFile) throws {
        let (audio, report) = try file.converted()
        #expect(abs(Double(audio.samples.count) / 8000 - file.seconds) <= file.tolerance)
        #expect(report.streamCount == file.streamCount && report.warnings.isEmpty)
        // The last one is heard to its end.
        #expect(audio.samples.suffix(8000).contains { $0.magnitude > 8000 })
    }

    private static let tagged = [
        MadeFile(name: "x.wav", recipe: "cp a.wav x.wav", seconds: 2) { tag(300_000) + $0 },
        MadeFile(name: "x.flac", recipe: "flac -s -o x.flac a.wav", seconds: 2) { tag(5000) + $0 + oldTag },
        MadeFile(name: "x.aac", recipe: "ffmpeg -v error -i a.wav x.aac", seconds: 2, tolerance: 0.12) {
            tag(2000) + $0
        },
        MadeFile(name: "x.opus", recipe: "opusenc --quiet a.wav x.opus", seconds: 2) { tag(20) + tag(30) + $0 },
        MadeFile(name: "x.ogg", recipe: "sox a.wav x.ogg", seconds: 2) { $0 + oldTag },
        MadeFile(name: "x.ac3", recipe: "ffmpeg -v error -i a.wav -ar 48000 x.ac3", seconds: 2, tolerance: 0.04) {
            tag(100) + $0
        },
        MadeFile(name: "x.tta", recipe: "ffmpeg -v error -i a.wav x.tta", seconds: 2) { tag(100) + $0 + oldTag },
        MadeFile(name: "x.mp3", recipe: "lame --quiet -b 64 a.wav x.mp3", seconds: 2) {
            tag(100) + [0, 0, 0] + $0 + oldTag
        },
        // Its first bytes are zeros, too.
        MadeFile(name: "x.m4a", recipe: "ffmpeg -v error -i a.wav -c:a aac x.m4a", seconds: 2, tolerance: 0.01) {
            tag(100) + $0
        },
    ]

    @Test("tags before and behind the sound change nothing", arguments: tagged)
    func tags(file: MadeFile) throws {
        let (audio, report) = try file.converted()
        #expect(abs(Double(audio.samples.count) / 8000 - file.seconds) <= file.tolerance && report.warnings.isEmpty)
    }

    @Test("a tag alone is told, and one that is cut off")
    func onlyTags() {
        #expect(throws: ConversionError(.damaged, file: "x", "holds a tag and no audio after it")) {
            try AudioConverter().convert(.bytes(Self.tag(10), name: "x"))
        }
        let error = #expect(throws: ConversionError.self) {
            try AudioConverter().convert(.bytes(Array(Self.tag(1000).prefix(300)), name: "x"))
        }
        #expect(error?.reason.contains("710 bytes early") == true)
    }

    private static let captures = [
        MadeFile(name: "x.mp3", recipe: "lame --quiet -t a.wav x.mp3", seconds: 2, tolerance: 0.15) {
            Array($0.dropFirst(100))
        },
        MadeFile(name: "x.mp3", recipe: "lame --quiet -t a.wav x.mp3", seconds: 2, tolerance: 0.15) {
            [UInt8](repeating: 0, count: 9000) + $0
        },
        MadeFile(name: "x.aac", recipe: "ffmpeg -v error -i a.wav x.aac", seconds: 2, tolerance: 0.15) {
            Array($0.dropFirst(11))
        },
        MadeFile(
            name: "x.loas", recipe: "ffmpeg -v error -i a.wav -c:a aac -f latm x.loas", seconds: 2, tolerance: 0.15
        ) {
            Array($0.dropFirst(11))
        },
        MadeFile(name: "x.ac3", recipe: "ffmpeg -v error -i a.wav -ar 48000 x.ac3", seconds: 2, tolerance: 0.15) {
            Array($0.dropFirst(11))
        },
        MadeFile(name: "x.wav", recipe: "cp a.wav x.wav", seconds: 2) { [UInt8](repeating: 0, count: 16) + $0 },
        MadeFile(
            name: "x.ts", recipe: "ffmpeg -v error -i a.wav -ar 48000 -c:a mp2 x.ts", seconds: 2, tolerance: 0.2
        ) {
            Array($0.dropFirst(100))
        },
    ]

    @Test("a stream that begins within a frame, or with zeros, begins with its first whole frame", arguments: captures)
    func capture(file: MadeFile) throws {
        #expect(abs(try file.converted().audio.duration / .seconds(1) - file.seconds) <= file.tolerance)
    }

    @Test("Opus that was joined late has the length of what is there")
    func joinedLate() throws {
        let file = MadeFile(name: "x.opus", recipe: "opusenc --quiet a.wav x.opus", seconds: 2) { bytes in
            try Self.shiftingGranules(of: bytes, by: 3600 * 48_000)
        }
        #expect(try file.converted().audio.samples.count == 16_000)
    }

    @Test("a header whose page has a wrong checksum is told as that", arguments: encoders.keys)
    func damagedHeader(ending: String) throws {
        let encoder = Self.encoders[ending]!
        let file = MadeFile(
            name: "x.\(ending)", recipe: "ffmpeg -v error -i a.wav -ar 16000 -c:a \(encoder) x.\(ending)", seconds: 2
        ) { bytes in
            var bytes = bytes
            bytes[22] ^= 1
            return bytes
        }
        let error = #expect(throws: ConversionError.self) { try file.converted() }
        #expect(error?.code == .damaged && error?.reason.contains("the page at byte 0 has a wrong checksum") == true)
    }

    @Test("what lies behind the last page of Ogg, and is too short for sound, is no damage")
    func behindLastPage() throws {
        let file = MadeFile(name: "x.spx", recipe: "ffmpeg -v error -i a.wav -ar 16000 -c:a libspeex x.spx", seconds: 2)
        {
            $0 + (1...138)
        }
        #expect(try file.converted().report.warnings.isEmpty)
    }

    private static let encoders = ["opus": "libopus", "ogg": "libvorbis", "oga": "flac", "spx": "libspeex"]

    /// A file of Ogg whose last page is changed.
    private static func changingLastPage(
        _ ending: String, _ change: @escaping @Sendable (inout [UInt8]) -> Void
    ) -> MadeFile {
        let recipe = "ffmpeg -v error -i a.wav -ar 16000 -c:a \(encoders[ending]!) x.\(ending)"
        return MadeFile(name: "x.\(ending)", recipe: recipe, seconds: 2) { bytes in
            changingPages(of: bytes) { page in if page[5] & 4 != 0 { change(&page) } }
        }
    }

    @Test(
        "Ogg whose end is not marked, as of a recorded stream, is whole, and is told with a warning",
        arguments: encoders.keys)
    func unmarkedEnd(ending: String) throws {
        let bytes = try Self.changingLastPage(ending) { _ in }.bytes()
        let open = Self.changingPages(of: bytes) { $0[5] &= ~4 }
        let whole = try AudioConverter().convert(bytes)
        let (audio, report) = try AudioConverter().convert(open)
        #expect(audio == whole.audio && whole.report.warnings.isEmpty && report.warnings == [.endUnmarked])
    }

    @Test("Ogg that was cut off within a page or a packet is damage", arguments: encoders.keys)
    func cutPage(ending: String) throws {
        let cut = MadeFile(name: "x", recipe: Self.changingLastPage(ending) { _ in }.recipe + "; mv x.* x", seconds: 2)
        {
            $0.dropLast(10)
        }
        // A page with the first 255 bytes of a packet, none of which ends on it.
        let unfinished = Self.changingLastPage(ending) { page in
            page[5] &= ~4
            page.replaceSubrange(6..<14, with: [UInt8](repeating: 255, count: 8))
            page = page[..<26] + [1, 255] + [UInt8](repeating: 0, count: 255)
        }
        for file in [cut, unfinished] {
            let error = #expect(throws: ConversionError.self) { try file.converted() }
            #expect(error?.code == .recoverable, "\(ending): \(error?.reason ?? "")")
        }
    }

    @Test("The output gain in the header of Opus is applied", arguments: [-6.0, 0, 3.5])
    func outputGain(decibels: Double) throws {
        let bytes = try TestFiles.bytes("chime.opus")
        let changed = Self.changingPages(of: bytes) { page in
            // RFC 7845, section 5.1: 16 bits, in 256ths of a decibel.
            guard let head = page.firstRange(of: Array("OpusHead".utf8)) else { return }
            let gain = UInt16(bitPattern: Int16(decibels * 256))
            page.replaceSubrange(
                (head.lowerBound + 16)..<(head.lowerBound + 18), with: [UInt8(gain & 255), UInt8(gain >> 8)])
        }
        func level(_ bytes: [UInt8]) throws -> Double {
            let samples = try AudioConverter().convert(bytes).audio.samples
            return Tone.decibels(samples.reduce(0.0) { $0 + Double($1) * Double($1) }) / 2
        }
        #expect(abs(try level(changed) - level(bytes) - decibels) < 0.02)
    }

    /// The pages of an Ogg stream with later granule positions.
    private static func shiftingGranules(of bytes: [UInt8], by count: UInt64) throws -> [UInt8] {
        changingPages(of: bytes) { page in
            let granule = page[6..<14].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            guard granule > 0 else { return }
            page.replaceSubrange(
                6..<14, with: (0..<8).map { UInt8(truncatingIfNeeded: (granule + count) >> (8 * $0)) })
        }
    }

    /// An Ogg stream whose pages are changed, and have their right checksums again.
    private static func changingPages(of bytes: [UInt8], _ change: (inout [UInt8]) -> Void) -> [UInt8] {
        var (result, offset) = ([UInt8](), 0)
        while offset < bytes.count {
            let lacing = bytes[(offset + 27)..<(offset + 27 + Int(bytes[offset + 26]))]
            let end = lacing.endIndex + lacing.reduce(0) { $0 + Int($1) }
            var page = Array(bytes[offset..<end])
            change(&page)
            page.replaceSubrange(22..<26, with: [0, 0, 0, 0])
            var crc = OggCRC()
            crc.add(page[...])
            page.replaceSubrange(22..<26, with: (0..<4).map { UInt8(truncatingIfNeeded: crc.value >> (8 * $0)) })
            result += page
            offset = end
        }
        return result
    }

    @Test("a damaged frame in MP3 without an index is told, and costs no more than itself")
    func damagedFrame() throws {
        let noise =
            "sox -n -r 44100 -b 16 -c 1 n.wav synth 1 whitenoise gain -3; sox -n -r 44100 -b 16 -c 1 t.wav synth 9 sin 300 gain -20"
        let file = MadeFile(
            name: "x.mp3", recipe: "\(noise); sox n.wav t.wav c.wav; lame --quiet -t -V 0 c.wav x.mp3", seconds: 10
        ) {
            var bytes = $0
            let source = try ByteSource(.bytes(bytes, name: "x.mp3"), limits: ConversionLimits())
            let frame = try #require(try MPEGSync.find(source, from: bytes.count / 2, frames: 3))
            // A granule that claims 4095 bits.
            bytes[frame + 4] = 0
            bytes[frame + 5] &= 0x7F
            bytes[frame + 6] |= 0x3F
            bytes[frame + 7] |= 0xFC
            return bytes
        }
        #expect(throws: ConversionError.self) { try file.converted() }
        let (audio, report) = try file.converted(acceptsPartial: true)
        #expect(report.isPartial && abs(audio.duration / .seconds(1) - 10) < 0.1)
    }
}
