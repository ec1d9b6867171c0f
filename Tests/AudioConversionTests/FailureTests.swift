import Glibc
import TestSupport
import Testing

@testable import AudioConversion
@testable import TelephonyAudio

/// Every way a file can be bad is one sentence that names it, and no option of the tool.
@Suite(.waiting) struct FailureTests {
    private func failure(_ bytes: [UInt8], name: String = "bad", _ set: (inout ConversionOptions) -> Void = { _ in })
        -> ConversionError?
    {
        var options = ConversionOptions()
        set(&options)
        do throws(ConversionError) {
            _ = try AudioConverter(options: options).convert(.bytes(bytes, name: name))
            return nil
        } catch { return error }
    }

    @Test("what is no audio is refused by name")
    func noAudio() throws {
        #expect(failure(Array("Hello, this is a text.\n".utf8))?.description == "bad: is text, not audio")
        #expect(failure(Array("%PDF-1.4\n\u{1}".utf8))?.description == "bad: is a PDF document, not audio")
        #expect(failure(.init(repeating: 0x81, count: 1000))?.code == .unknownFormat)
        #expect(failure(.init(repeating: 0, count: 100_000))?.code == .unknownFormat)
    }

    @Test("a code that tells more than another belongs to it; the tool's reports know only the general ones")
    func groups() {
        let codes: [ConversionErrorCode] = [
            .noInput, .notAudio, .unsupported, .damaged, .unavailable, .limit, .cannotCreate, .inputOutput, .usage,
        ]
        for code in codes { #expect(code.group == code) }
        let special: [ConversionErrorCode] = [.unknownFormat, .recoverable, .tooLong, .exists, .isInput, .resampler]
        for code in special { #expect(codes.contains(code.group)) }
    }

    @Test("audio that is missing is damage, not another kind of file")
    func missing() throws {
        let empty = failure([])
        #expect(empty?.description == "bad: is empty: 0 bytes long" && empty?.code == .damaged)
        let header = failure(TestFiles.wav(data: []))
        #expect(header?.description == "bad: contains no audio: it is 0 samples long" && header?.code == .damaged)
    }

    @Test("a result is never empty: what is shorter than half a sample of it is refused")
    func tooShort() throws {
        let refusal = failure(TestFiles.wav(rate: 48_000, data: [1, 0, 1, 0]))?.reason
        #expect(refusal?.contains("is too short: 2 samples at 48000 Hz") == true)
        let shortest = try AudioConverter().convert(TestFiles.wav(rate: 48_000, data: [1, 0, 1, 0, 1, 0]))
        #expect(shortest.audio.samples.count == 1)
    }

    @Test("headers that promise nonsense are refused by value")
    func nonsense() {
        #expect(failure(TestFiles.wav(channels: 0, data: [0, 0]))?.reason.contains("0 channels") == true)
        #expect(
            failure(TestFiles.wav(rate: 0, data: [0, 0]))?.reason.contains("0 Hz; the rate must lie in 1...768000 Hz")
                == true)
        #expect(failure(TestFiles.wav(rate: 768_001, data: [0, 0]))?.code == .unsupported)
        #expect(
            failure(TestFiles.wav(channels: 2000, bits: 8, data: .init(repeating: 0, count: 4000)))?.code
                == .unsupported)
        #expect(failure(Array("RIFF\u{4}\u{0}\u{0}\u{0}WAVE".utf8))?.code == .damaged)
    }

    @Test("what libsndfile opens and rtmedia refuses is closed once")
    func refusedAfterOpening() throws {
        var bytes = try TestFiles.bytes("chime.au")
        bytes.replaceSubrange(16..<20, with: [0x00, 0x0F, 0x42, 0x40])
        for _ in 0..<4 { #expect(failure(bytes)?.reason.contains("1000000 Hz") == true) }
    }

    @Test("a channel that is not there is refused")
    func channel() {
        let error = failure(TestFiles.wav(channels: 2, data: [0, 0, 0, 0])) { $0.channel = .only(3) }
        #expect(error?.code == .usage && error?.reason == "there is no channel 3; the file has 1...2")
    }

    @Test("what is longer than allowed is refused, by its header or on the way")
    func tooLong() throws {
        let file = TestFiles.wav(data: .init(repeating: 0, count: 32_000))
        #expect(failure(file) { $0.limits.maximumDuration = .seconds(1) }?.code == .tooLong)
        #expect(failure(file) { $0.limits.maximumDuration = .seconds(2) } == nil)
        // A megabyte at 1 Hz would become 8 GB.
        #expect(failure(TestFiles.wav(rate: 1, bits: 8, data: .init(repeating: 1, count: 1 << 20)))?.code == .tooLong)
        #expect(
            failure(try TestFiles.bytes("chime.webm")) { $0.limits.maximumDuration = .milliseconds(300) }?.code
                == .tooLong)
    }

    @Test(
        "a file cut off is damaged, says what can be recovered, and can be taken as it is",
        arguments: [
            "chime.wav", "chime.aiff", "chime.flac", "chime.ogg", "chime.opus", "chime.mp3", "chime.caf", "chime.w64",
            "chime.au", "chime.voc", "chime-adpcm.wav",
        ])
    func cutOff(file: String) throws {
        let bytes = try TestFiles.bytes(file)
        // Most of a short Vorbis file is its code books.
        let cut = Array(bytes[..<(bytes.count * (file == "chime.ogg" ? 95 : 65) / 100)])
        let error = failure(cut)
        #expect(error?.code == .recoverable && error?.code.group == .damaged)
        #expect(error?.reason.hasSuffix(" s can be recovered") == true)
        var options = ConversionOptions()
        options.acceptsPartial = true
        let (audio, report) = try AudioConverter(options: options).convert(cut)
        #expect((500..<4800).contains(audio.samples.count))
        guard case .damaged(_, let recovered)? = report.warnings.first, report.warnings.count == 1 else {
            Issue.record("\(report.warnings)")
            return
        }
        #expect(abs(recovered / .seconds(1) - audio.duration / .seconds(1)) < 0.001)
    }

    @Test("a NIST SPHERE file that is shorter than its header says is damaged")
    func cutOffSPHERE() throws {
        let fields = "sample_count -i 16000\nsample_n_bytes -i 2\nchannel_count -i 1\nsample_rate -i 16000\n"
        let form = "sample_byte_format -s2 01\nsample_sig_bits -i 16\nsample_coding -s3 pcm\nend_head\n"
        let head = Array("NIST_1A\n   1024\n\(fields)\(form)".utf8)
        let whole = head + [UInt8](repeating: 32, count: 1024 - head.count) + [UInt8](repeating: 1, count: 32_000)
        #expect(failure(whole) == nil)
        #expect(failure(Array(whole.dropLast(12_000)))?.code == .recoverable)
    }

    @Test(
        "bytes changed in the middle of a compressed file are noticed",
        arguments: ["chime.flac", "chime.ogg", "chime.opus", "chime.mp3"])
    func changed(file: String) throws {
        var bytes = try TestFiles.bytes(file)
        let middle = bytes.count / 2
        for index in middle..<(middle + 1200 * bytes.count / 10_000) { bytes[index] ^= 0x5A }
        #expect(failure(bytes)?.code.group == .damaged)
    }

    @Test("files that can't be opened are told apart")
    func unopened() {
        func error(_ path: String) -> ConversionError? {
            do throws(ConversionError) {
                _ = try AudioConverter().convert(.file(path))
                return nil
            } catch { return error }
        }
        #expect(
            error("/nonexistent.wav")?.description == "/nonexistent.wav: can't be opened: No such file or directory")
        #expect(error("/")?.description == "/: is a directory, where a file was expected")
        #expect(error("/dev/zero")?.code == .unknownFormat)
        #expect(error("a\u{0}b")?.code == .noInput)
    }

    @Test("base64 of a sound that breaks off or goes wrong is damaged, not passed over as text")
    func brokenBase64() throws {
        let text = try TestFiles.bytes("chime.b64").filter { $0 > 32 && $0 != UInt8(ascii: "=") }
        let cut = Array(text[..<1001])
        let wrong = text[..<1000] + [UInt8(ascii: "!")] + text[1000...]
        for bytes in [cut, Array(wrong)] {
            #expect(failure(bytes)?.code == .damaged)
            #expect(failure(bytes)?.reason.hasSuffix(" in base64, but the text is cut off or damaged") == true)
        }
    }

    @Test("no limit on the length is no limit for ffmpeg either")
    func unlimited() throws {
        var options = ConversionOptions()
        options.limits.maximumDuration = .seconds(Int64.max)
        let (audio, _) = try AudioConverter(options: options).convert(TestFiles.sample("chime.m4a"))
        #expect(audio.samples.count == 4800)
    }

    @Test("an endless pipe that begins like audio ends at the limit")
    func endless() throws {
        var options = ConversionOptions()
        options.limits.maximumInputBytes = 1 << 20
        options.raw = HeaderlessFormat("ulaw")
        #expect {
            _ = try AudioConverter(options: options).convert(.file("/dev/zero"))
        } throws: { ($0 as? ConversionError)?.code == .limit }
    }

    @Test("headerless formats are read by name and by word, and only if they make sense")
    func headerless() throws {
        let bytes: [UInt8] = [0xFF, 0x80, 0x00, 0xFF]
        #expect(try AudioConverter().convert(bytes, name: "a.ulaw").audio.samples == [0, 32_124, -32_124, 0])
        var options = ConversionOptions()
        options.raw = HeaderlessFormat("s16be:8000:2")
        #expect(try AudioConverter(options: options).convert(bytes).audio.samples == [64])
        for text in ["", "ulaw:0", "ulaw:8000:0", "mp3", "ulaw:8000:1:1", "g722:8000", "gsm:8000:2", "s16:x"] {
            #expect(HeaderlessFormat(text) == nil, "\(text)")
        }
        #expect(HeaderlessFormat("S16")?.description == "s16:8000:1")
        #expect(HeaderlessFormat(fileName: "a.b/hello.sln16")?.description == "s16:16000:1")
    }

    @Test("times of an MP4 file beyond all measure are no length")
    func endlessMP4() throws {
        var bytes = try TestFiles.bytes("chime.m4a")
        func put(_ box: String, at offset: Int) throws {
            let start = try #require(bytes.indices.first { bytes[$0...].starts(with: Array(box.utf8)) }) + 4 + offset
            bytes.replaceSubrange(start..<(start + 4), with: [0xFF, 0xFF, 0xFF, 0xFF])
        }
        try put("mdhd", at: 12)
        try put("elst", at: 8)
        let source = try ByteSource(.bytes(bytes, name: "a.m4a"), limits: ConversionLimits())
        #expect(MP4Sound(source)?.end(sampleRate: 22_050) == nil)
    }

    @Test("the longest and the lowest of headers do not take memory: a rate of 1 Hz, 1024 channels")
    func extremes() throws {
        let slow = try AudioConverter().convert(TestFiles.wav(rate: 1, bits: 8, data: .init(repeating: 200, count: 40)))
        #expect(slow.audio.samples.count == 320_000)
        let wide = TestFiles.wav(channels: 1024, bits: 8, data: .init(repeating: 255, count: 1024 * 3))
        #expect(try AudioConverter().convert(wide).audio.samples == .init(repeating: 127 << 8, count: 3))
    }

    @Test(
        "a file that can't be read again is not taken for a whole one",
        arguments: ["FORM\0\0\0\u{10}AIFF", "RIFF\0\0\0\u{10}WAVE"])
    func unreadable(head: String) throws {
        let folder = TestFolder()
        try folder.write(Array(head.utf8), to: "a")
        let number = open(folder("a"), O_WRONLY)
        defer { close(number) }
        let source = try ByteSource(.descriptor(number, name: "a"), limits: ConversionLimits())
        let check = IntegrityCheck(Container.recognize(Array(head.utf8))?.container)
        #expect(
            check.finding(in: source).defect
                == "it is unknown whether the file is complete: reading failed: Bad file descriptor")
    }
}
