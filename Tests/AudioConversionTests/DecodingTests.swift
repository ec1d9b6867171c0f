import TestSupport
import Testing

@testable import AudioConversion
@testable import TelephonyAudio

/// The same chime in every format comes out as the same sound.
@Suite(.waiting) struct FormatTests {
    /// How a format's result may differ from that of the WAV file.
    struct Expectation: Sendable, CustomTestStringConvertible {
        let file: String
        let container: String
        let decoder: String
        /// The largest difference of a sample for lossless formats, the signal-to-noise ratio in dB for others.
        var difference = 0
        var ratio: Double?
        /// Samples at 8000 Hz by which it is late, where the container does not say how to undo that.
        var delay = 0
        /// Samples that it is longer, since its codec knows only whole frames.
        var excess = 0...0

        var testDescription: String { file }
    }

    static let expectations = [
        Expectation(file: "chime.aiff", container: "AIFF", decoder: "libsndfile"),
        Expectation(file: "chime.au", container: "Sun AU", decoder: "libsndfile"),
        Expectation(file: "chime.caf", container: "Core Audio Format", decoder: "libsndfile"),
        Expectation(file: "chime.w64", container: "Wave64", decoder: "libsndfile"),
        Expectation(file: "chime.flac", container: "FLAC", decoder: "libsndfile"),
        Expectation(file: "chime.voc", container: "Creative VOC", decoder: "libsndfile"),
        Expectation(file: "chime.b64", container: "WAV", decoder: "built-in"),
        Expectation(file: "chime.sln", container: "headerless", decoder: "built-in", ratio: 60),
        Expectation(file: "chime.ulaw", container: "headerless", decoder: "built-in", ratio: 30),
        Expectation(file: "chime.alaw", container: "headerless", decoder: "built-in", ratio: 30),
        Expectation(file: "chime-adpcm.wav", container: "WAV", decoder: "libsndfile", ratio: 20, excess: 0...500),
        Expectation(file: "chime.mp3", container: "MP3", decoder: "built-in", ratio: 20),
        Expectation(file: "chime.ogg", container: "Ogg Vorbis", decoder: "libsndfile", ratio: 15),
        Expectation(file: "chime.opus", container: "Ogg Opus", decoder: "libopus", ratio: 15),
        Expectation(file: "chime.m4a", container: "M4A", decoder: "ffmpeg", ratio: 20),
        Expectation(file: "chime.mka", container: "WebM/Matroska", decoder: "ffmpeg", ratio: 15, excess: 0...400),
        Expectation(file: "chime.webm", container: "WebM/Matroska", decoder: "ffmpeg", ratio: 12),
        Expectation(file: "chime.gsm", container: "headerless GSM", decoder: "ffmpeg", ratio: 5, excess: 0...160),
        Expectation(file: "chime.g722", container: "headerless G.722", decoder: "ffmpeg", ratio: 15, delay: 11),
        Expectation(
            file: "chime.aac", container: "AAC (ADTS)", decoder: "ffmpeg", ratio: 10, delay: 372, excess: 300...800),
        Expectation(file: "chime.ac3", container: "AC-3", decoder: "ffmpeg", ratio: 20, delay: 64, excess: 0...400),
    ]

    @Test("a chime is the same in every format", arguments: expectations)
    func chime(_ expected: Expectation) throws {
        let reference = try AudioConverter().convert(TestFiles.sample("chime.wav")).audio.samples
        let (audio, report) = try AudioConverter().convert(TestFiles.sample(expected.file))
        #expect(report.container == expected.container)
        #expect(report.decoder == expected.decoder)
        #expect(expected.excess.contains(audio.samples.count - reference.count))
        guard let ratio = expected.ratio else {
            #expect(audio.samples == reference)
            return
        }
        let found = audio.samples.dropFirst(expected.delay)
        #expect(found.count >= reference.count - 100)
        #expect(Self.ratio(found, reference[...]) > ratio)
    }

    @Test("WMA, whose decoder drops its first frame, is converted")
    func wma() throws {
        let (audio, report) = try AudioConverter().convert(TestFiles.sample("chime.wma"))
        #expect(report.container == "WMA/ASF" && (4000...5200).contains(audio.samples.count))
        // It is the rest of the chime, wherever that begins.
        let reference = try AudioConverter().convert(TestFiles.sample("chime.wav")).audio.samples
        let ratios = (0..<2000).map { Self.ratio(audio.samples[...], reference.dropFirst($0)) }
        #expect(ratios.max()! > 10)
    }

    /// The signal-to-noise ratio of what was found, in decibels.
    private static func ratio(_ found: ArraySlice<Int16>, _ reference: ArraySlice<Int16>) -> Double {
        let pairs = zip(found, reference)
        let noise = pairs.reduce(0.0) { $0 + (Double($1.0) - Double($1.1)) * (Double($1.0) - Double($1.1)) }
        let signal = pairs.reduce(0.0) { $0 + Double($1.1) * Double($1.1) }
        return Tone.decibels(signal / noise) / 2
    }

    @Test("content decides, not the name")
    func misnamed() throws {
        let flac = try TestFiles.bytes("chime.flac")
        #expect(try AudioConverter().convert(flac, name: "chime.mp3").report.container == "FLAC")
        #expect(try AudioConverter().convert(flac, name: "chime.ulaw").report.container == "FLAC")
        let wav = try TestFiles.bytes("chime.wav")
        #expect(try AudioConverter().convert(wav, name: "chime.g722").report.container == "WAV")
    }

    @Test(
        "base64 of every format is read as what it holds",
        arguments: ["chime.flac", "chime.opus", "chime.mp3", "chime.m4a"])
    func base64(file: String) throws {
        let bytes = try TestFiles.bytes(file)
        let expected = try AudioConverter().convert(bytes).audio
        let text = Base64.encode(bytes.span.bytes)
        for form in [text, text + "\n", "\"\(text)\"\n", "data:audio/x;base64,\(text)"] {
            #expect(try AudioConverter().convert(Array(form.utf8)).audio == expected)
        }
    }
}

/// WAV files in every encoding, byte order and state.
@Suite(.waiting) struct WAVTests {
    static let ramp: [Int16] = (0..<256).map { Int16($0 * 257 - 32_768) }

    @Test("16-bit mono at 8000 Hz passes bit for bit")
    func exact() throws {
        let all = (Int16.min ... .max).map { $0 }
        #expect(try AudioConverter().convert(TestFiles.wav(data: TestFiles.pcm(all))).audio.samples == all)
    }

    @Test("A-law and mu-law pass bit for bit", arguments: G711.allCases)
    func companded(law: G711) throws {
        let codes = (UInt8.min ... .max).map { $0 }
        let file = TestFiles.wav(tag: law == .alaw ? 6 : 7, bits: 8, data: codes)
        let expected = codes.map { code -> Int16 in
            // ITU-T G.711, tables 1 and 2: a sign, a segment and a step.
            let bits = Int(law == .alaw ? code ^ 0x55 : ~code)
            let (segment, step) = (bits >> 4 & 7, bits & 15)
            switch law {
            case .alaw:
                let magnitude = segment == 0 ? 16 * step + 8 : (16 * step + 264) << (segment - 1)
                return Int16(bits >= 128 ? magnitude : -magnitude)
            case .ulaw:
                let magnitude = ((8 * step + 132) << segment) - 132
                return Int16(bits >= 128 ? -magnitude : magnitude)
            }
        }
        #expect(try AudioConverter().convert(file).audio.samples == expected)
    }

    @Test("every linear encoding gives the same samples, in both byte orders", arguments: PCMEncoding.allCases)
    func encodings(encoding: PCMEncoding) throws {
        guard encoding != .alaw, encoding != .ulaw else { return }
        let samples: [Int16] = encoding.bytesPerSample == 1 ? Self.ramp.map { $0 & ~255 } : Self.ramp
        for bigEndian in [false, true] {
            let data = samples.flatMap { sample -> [UInt8] in
                let little: [UInt8]
                switch encoding {
                case .u8: little = [UInt8(truncatingIfNeeded: Int(sample) >> 8 + 128)]
                case .s8: little = [UInt8(truncatingIfNeeded: Int(sample) >> 8)]
                case .s16: little = bytes(sample)
                case .s24: little = [0] + bytes(sample)
                case .s32: little = [0, 0] + bytes(sample)
                case .s24in32: little = [0] + bytes(sample) + [sample < 0 ? 255 : 0]
                case .f32: little = bytes((Float(sample) / 32_768).bitPattern)
                default: little = bytes((Double(sample) / 32_768).bitPattern)
                }
                return bigEndian ? little.reversed() : little
            }
            let source = try ByteSource(.bytes(data, name: "pcm"), limits: ConversionLimits())
            let layout = PCMLayout(
                encoding: encoding, isBigEndian: bigEndian, sampleRate: 8000, channels: 1, dataRange: 0..<data.count)
            let reader = try PCMReader(source, layout: layout, decoderName: "")
            var floats = [Float](repeating: 0, count: 300)
            let count = try floats.withUnsafeMutableBufferPointer { try reader.read(into: $0) }
            #expect(floats[..<count].map { Int16($0 * 32_768) } == samples)
        }
    }

    private func bytes<T: FixedWidthInteger>(_ value: T) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }

    @Test("stereo is the mean, halves rounded to even, and one channel can be taken")
    func stereo() throws {
        let file = TestFiles.wav(channels: 2, data: TestFiles.pcm([100, 200, -5, -6, .max, .max, .min, .min]))
        #expect(try AudioConverter().convert(file).audio.samples == [150, -6, .max, .min])
        var options = ConversionOptions()
        options.channel = .only(2)
        #expect(try AudioConverter(options: options).convert(file).audio.samples == [200, -6, .max, .min])
    }

    @Test(
        "AMR, narrow and wide, is decoded through ffmpeg", arguments: [("#!AMR\n", 0x3C, 31), ("#!AMR-WB\n", 0x44, 60)])
    func amr(magic: String, head: UInt8, size: Int) throws {
        // Debian has no encoder: fifty frames of 20 ms, all of whose bits are zero, of the highest mode.
        let frame = [head] + [UInt8](repeating: 0, count: size)
        let bytes = Array(magic.utf8) + Array(repeatElement(frame, count: 50).joined())
        let (audio, report) = try AudioConverter().convert(.bytes(bytes, name: "call.amr"))
        #expect(audio.samples.count == 8000 && report.decoder == "ffmpeg" && report.container.hasPrefix("AMR"))
    }

    @Test("of 5.1 the centre is loudest and the low-frequency channel is left out")
    func surround() throws {
        func gain(_ channel: Int) throws -> Int {
            let frame = (0..<6).map { $0 == channel ? Int16(10_000) : 0 }
            return Int(
                try AudioConverter().convert(TestFiles.wav(channels: 6, data: TestFiles.pcm(frame))).audio.samples[0])
        }
        // Left, right, centre, low frequencies, and two surrounds: 1, 1, 1.414, 0, 0.707, 0.707, scaled to sum to 1.
        #expect(try (0..<6).map(gain) == [2071, 2071, 2929, 0, 1464, 1464])
    }

    @Test("a true-sized file of another tool's chunks is read without complaint")
    func chunks() throws {
        let list = Array("LIST".utf8) + [5, 0, 0, 0] + Array("INFOx".utf8) + [0]
        let file = TestFiles.wav(data: TestFiles.pcm([1, 2, 3]), before: list, after: list)
        let (audio, report) = try AudioConverter().convert(file)
        #expect(audio.samples == [1, 2, 3] && report.warnings.isEmpty)
    }

    @Test(
        "a stream's mark for the size means to the end, without complaint",
        arguments: [0xFFFF_FFFF, 0x7FFF_FFFF, 0x7FFF_F000])
    func streamed(claimed: UInt32) throws {
        let (audio, report) = try AudioConverter().convert(
            TestFiles.wav(data: TestFiles.pcm([1, 2, 3]), claimed: claimed))
        #expect(audio.samples == [1, 2, 3] && report.warnings.isEmpty)
    }

    @Test(
        "a size of 0 with audio behind it, and one beyond the end, are damage that can be accepted",
        arguments: [0, 100])
    func wrongSize(claimed: UInt32) throws {
        let file = TestFiles.wav(data: TestFiles.pcm([1, 2, 3]), claimed: claimed)
        #expect(throws: ConversionError.self) { try AudioConverter().convert(file) }
        var options = ConversionOptions()
        options.acceptsPartial = true
        let (audio, report) = try AudioConverter(options: options).convert(file)
        #expect(audio.samples == [1, 2, 3] && report.warnings.count == 1)
    }

    @Test("infinities and NaN become silence, and are told")
    func nonFinite() throws {
        let data = [Float.infinity, .nan, 0.5, -.infinity].flatMap { bytes($0.bitPattern) }
        let (audio, report) = try AudioConverter().convert(TestFiles.wav(tag: 3, bits: 32, data: data))
        #expect(audio.samples == [0, 0, 16_384, 0])
        #expect(report.warnings == [.silenced(sampleCount: 3)])
    }

    @Test("what lies beyond full scale is clamped and counted, and never wraps")
    func clamping() throws {
        let data = [Float(1.5), -1.5, 1, -1, 0.999_99].flatMap { bytes($0.bitPattern) }
        let (audio, report) = try AudioConverter().convert(TestFiles.wav(tag: 3, bits: 32, data: data))
        #expect(audio.samples == [.max, .min, .max, .min, .max])
        #expect(report.clampedCount == 4)
    }

    @Test("a full-scale square wave overshoots and is clamped")
    func overshoot() throws {
        let square = (0..<44_100).flatMap { bytes($0 / 50 % 2 == 0 ? Int16.max : .min) }
        let (audio, report) = try AudioConverter().convert(TestFiles.wav(rate: 44_100, data: square))
        #expect(audio.samples.count == 8000 && report.clampedCount > 100)
        #expect(audio.samples.max() == .max && audio.samples.min() == .min)
    }

    private static let lessKnown = [
        MadeFile(name: "x.sox", recipe: "sox a.wav x.sox", seconds: 2),
        MadeFile(name: "x.nut", recipe: "ffmpeg -v error -i a.wav -c:a pcm_s16le x.nut", seconds: 2),
        MadeFile(
            name: "x.mlp", recipe: "ffmpeg -v error -i a.wav -ar 48000 -ac 2 -strict -2 -c:a mlp x.mlp", seconds: 2,
            tolerance: 0.01),
        MadeFile(
            name: "x.thd", recipe: "ffmpeg -v error -i a.wav -ar 48000 -ac 2 -strict -2 -c:a truehd x.thd", seconds: 2,
            tolerance: 0.01),
        MadeFile(name: "x.maud", recipe: "sox a.wav x.maud", seconds: 2),
        MadeFile(
            name: "x.m2ts",
            recipe: "ffmpeg -v error -i a.wav -ar 48000 -c:a ac3 -f mpegts -mpegts_m2ts_mode 1 x.m2ts", seconds: 2,
            tolerance: 0.05),
    ]

    @Test("what few programs write is read by ffmpeg", arguments: lessKnown)
    func rare(file: MadeFile) throws {
        let (audio, report) = try file.converted()
        #expect(abs(audio.duration / .seconds(1) - file.seconds) <= file.tolerance && report.warnings.isEmpty)
        #expect(audio.samples.contains { $0.magnitude > 8000 })
    }

    @Test(
        "a Creative VOC file of several blocks has no heads of blocks in its sound",
        arguments: ["-ar 8000", "-ac 2 -ar 8000"])
    func blocks(words: String) throws {
        // Without dither, which is another one each time.
        let tone = "sox -D -n -r 8000 -b 16 -c 1 c.wav synth 2 sin 440 gain -6"
        let recipe = "\(tone); ffmpeg -v error -i c.wav -c:a pcm_s16le \(words)"
        let file = MadeFile(name: "x.voc", recipe: "\(recipe) x.voc", seconds: 2)
        let plain = MadeFile(name: "x.wav", recipe: "\(recipe) x.wav", seconds: 2)
        #expect(try file.converted().audio == plain.converted().audio)
        let one = MadeFile(name: "x.voc", recipe: "sox a.wav -r 8000 x.voc", seconds: 2)
        #expect(try one.converted().report.decoder == "libsndfile")
    }
}
