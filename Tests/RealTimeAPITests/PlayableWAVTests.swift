import TelephonyAudio
import Testing

@testable import RealTimeAPI

/// What `play_wav_data` takes.
@Suite struct PlayableWAVTests {
    private func judged(_ bytes: [UInt8]) -> PlayableWAV {
        PlayableWAV(byteCount: bytes.count) { Array(bytes.dropFirst($0).prefix($1)) }
    }

    private static func little(_ number: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }

    private static func chunk(_ name: String, _ content: [UInt8], size: Int? = nil) -> [UInt8] {
        Array(name.utf8) + little(size ?? content.count, 4) + content
    }

    private static func format(
        tag: Int = 1, channels: Int = 1, rate: Int = 8000, bits: Int = 16, more: [UInt8] = []
    ) -> [UInt8] {
        let align = channels * bits / 8
        let content = [little(tag, 2), little(channels, 2), little(rate, 4), little(rate * align, 4), little(align, 2)]
        return chunk("fmt ", content.flatMap { $0 } + little(bits, 2) + more)
    }

    private static func riff(_ chunks: [UInt8]...) -> [UInt8] {
        chunk("RIFF", Array("WAVE".utf8) + chunks.flatMap { $0 })
    }

    private static let samples: [UInt8] = [1, 0, 2, 0]
    private static let data = chunk("data", samples)
    private static let extension22: [UInt8] =
        [22, 0, 16, 0, 4, 0, 0, 0, 1, 0] + [UInt8](repeating: 0, count: 14)

    /// A file that is no plain one, and what is said of it.
    struct Example: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let bytes: [UInt8]
        var warning = ""
        var audio: Range<Int>?
        var problems: [String] = []
    }

    @Test("the file that TelephonyAudio writes is the one that is wanted")
    func plain() {
        let wav = PhoneAudio(samples: [1, 2, 3]).wav
        #expect(wav.count == PlayableWAV.headerByteCount + 6 && PlayableWAV.sampleRate == PhoneAudio.sampleRate)
        let judged = judged(wav)
        #expect(judged.problems.isEmpty && judged.warnings.isEmpty && judged.audio == 44..<50)
    }

    static let unusual = [
        Example(
            testDescription: "no samples", bytes: riff(format(), chunk("data", [])),
            warning: "it holds no samples: nothing is heard", audio: 44..<44),
        Example(
            testDescription: "size 0", bytes: riff(format(), chunk("data", samples, size: 0)),
            warning:
                "the sizes in its header are wrong: 0 bytes of audio, 4 are there, of which Asterisk plays none",
            audio: 44..<44),
        Example(
            testDescription: "size past the end", bytes: riff(format(), chunk("data", samples, size: 100)),
            warning: "the sizes in its header are wrong: 100 bytes of audio, 4 are there", audio: 44..<48),
        Example(
            testDescription: "size of a stream", bytes: riff(format(), chunk("data", samples, size: 0xFFFF_FFFF)),
            warning:
                "the sizes in its header are wrong: 4294967295 bytes of audio, 4 are there, and Asterisk refuses it",
            audio: 44..<48),
        Example(
            testDescription: "format of 18 bytes", bytes: riff(format(more: [0, 0]), data),
            warning: "its format is not the plain one (16 bytes, PCM)", audio: 46..<50),
        Example(
            testDescription: "extensible", bytes: riff(format(tag: 0xFFFE, more: extension22), data),
            warning: "its format is not the plain one (16 bytes, PCM), and Asterisk refuses it", audio: 68..<72),
        Example(
            testDescription: "a chunk before the format", bytes: riff(chunk("JUNK", [1, 2, 3, 4]), format(), data),
            warning: "it has chunks besides the audio (JUNK), which some players play as clicks", audio: 56..<60),
        Example(
            testDescription: "a chunk before the audio", bytes: riff(format(), chunk("LIST", [1, 2]), data),
            warning: "it has chunks besides the audio (LIST), which some players play as clicks", audio: 54..<58),
        Example(
            testDescription: "bytes behind", bytes: riff(format(), data, [1, 2, 3]),
            warning: "3 bytes follow the audio, which some players play as clicks", audio: 44..<48),
    ]

    @Test("what the page's words allow is unusual at most, and what is played of it is known", arguments: unusual)
    func isUnusual(_ example: Example) throws {
        let judged = judged(example.bytes)
        #expect(judged.problems == [] && judged.warnings == [example.warning] && judged.audio == example.audio)
        let text = Base64.encode(example.bytes.span.bytes)
        #expect(WAVText.findings(text) == [.warning(example.warning)])
        #expect(try Regex(WAVText.pattern).firstMatch(in: text) != nil)
    }

    static let refused = [
        Example(
            testDescription: "A-law, 44.1 kHz, stereo",
            bytes: riff(format(tag: 6, channels: 2, rate: 44_100, bits: 8), data),
            problems: [
                "its samples are A-law, not 16-bit PCM", "its rate is 44100 Hz, not 8000 Hz",
                "it has 2 channels, not 1",
            ]),
        Example(
            testDescription: "mu-law", bytes: riff(format(tag: 7, bits: 8), data),
            problems: ["its samples are mu-law, not 16-bit PCM"]),
        Example(
            testDescription: "8 bits", bytes: riff(format(bits: 8), data),
            problems: ["its samples are 8-bit unsigned PCM, not 16-bit PCM"]),
        Example(
            testDescription: "floats", bytes: riff(format(tag: 3, bits: 32), data),
            problems: ["its samples are 32-bit float, not 16-bit PCM"]),
        Example(
            testDescription: "no audio", bytes: riff(format()),
            problems: ["it is a WAV file without audio: it ends after its header"]),
        Example(
            testDescription: "no audio, of another rate", bytes: riff(format(rate: 44_100)),
            problems: ["it is a WAV file without audio: it ends after its header"]),
        Example(
            testDescription: "a cut format", bytes: riff(chunk("fmt ", [1, 0, 1, 0])),
            problems: ["it is a WAV file whose format chunk is too short"]),
        Example(
            testDescription: "a format after the audio", bytes: riff(data, format()),
            problems: ["it has no format before its audio"]),
        Example(
            testDescription: "audio without a format", bytes: riff(data),
            problems: ["it is a WAV file without a format; its header is damaged"]),
        Example(
            testDescription: "nothing", bytes: riff(),
            problems: ["it is a WAV file without a format; its header is damaged"]),
        Example(testDescription: "FLAC", bytes: Array("fLaC0000".utf8), problems: ["it is FLAC, not a WAV file"]),
        Example(
            testDescription: "RF64", bytes: Array("RF640000WAVE".utf8), problems: ["it is RF64, not plain RIFF"]),
        Example(testDescription: "MP3", bytes: [0xFF, 0xFB, 0x90], problems: ["it is MP3, not a WAV file"]),
        Example(testDescription: "no bytes", bytes: [], problems: ["it is not a WAV file"]),
    ]

    @Test("what the platform can't play is told with what it is", arguments: refused)
    func isRefused(_ example: Example) {
        #expect(judged(example.bytes).problems == example.problems)
        let text = Base64.encode(example.bytes.span.bytes)
        #expect(WAVText.findings(text) == [.error(example.problems.joined(separator: "; "))])
    }

    @Test("no header crashes or hangs")
    func hostile() {
        let wav = Self.riff(Self.format(more: [0, 0]), Self.chunk("LIST", [1, 2]), Self.data)
        for length in 0...wav.count { _ = judged(Array(wav.prefix(length))) }
        for index in wav.indices {
            for value: UInt8 in [0, 1, 0x7F, 0x80, 0xFF] {
                var other = wav
                other[index] = value
                #expect((judged(other).audio?.upperBound ?? 0) <= other.count)
            }
        }
        let chunks = Array(repeatElement(Self.chunk("xxxx", []), count: 5000).joined())
        #expect(judged(Self.riff(Self.format(), chunks, Self.data)).problems.count == 1)
    }

    @Test("a character that is not base64 is found wherever it stands")
    func characters() {
        let text = Array(PhoneAudio(samples: [Int16](repeating: 99, count: 200)).base64WAV.utf8)
        for index in [0, 59, 63, 64, 200, text.count - 5] {
            for character in UInt8.min...127 {
                var other = text
                other[index] = character
                let isBase64 =
                    character == 43 || character == 47 || Character(UnicodeScalar(character)).isLetter
                    || (48...57).contains(character)
                let found = WAVText.findings(String(decoding: other, as: UTF8.self)).first?.message ?? ""
                #expect(found.contains("at character \(index), which is not base64") == !isBase64)
            }
        }
    }
}
