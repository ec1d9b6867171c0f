import TelephonyAudio
import Testing

@testable import RealTimeAPI

/// What `play_wav_data` takes.
@Suite struct PlayableWAVTests {
    private let wav = PhoneAudio(samples: [1, 2, 3]).wav

    @Test("the header that TelephonyAudio writes is the one that is wanted, with the same base64 in the schema")
    func header() {
        #expect(wav.count == PlayableWAV.headerByteCount + 6 && Array(wav[8..<36]) == PlayableWAV.format)
        #expect(PlayableWAV.sampleRate == PhoneAudio.sampleRate)
        #expect(PlayableWAV(wav).flaw(byteCount: wav.count, chunks: [], bytesBehind: 0) == nil)
        let text = Array(PhoneAudio(samples: [1, 2, 3]).base64WAV)
        #expect(String(text[..<5]) == WAVText.head && String(text[11..<48]) == WAVText.tail)
    }

    @Test("every byte of the format counts, and those of the size do not")
    func format() {
        for index in 0..<36 {
            var other = wav
            other[index] ^= 1
            #expect(PlayableWAV(other).hasFormat == (4..<8).contains(index))
        }
        #expect(
            !PlayableWAV([]).hasFormat && !PlayableWAV(wav.prefix(35)).hasFormat
                && PlayableWAV(wav.prefix(36)).hasFormat)
        #expect(!PlayableWAV(wav.prefix(39)).hasAudioNext && PlayableWAV(wav.prefix(40)).hasAudioNext)
    }

    @Test("a file whose format is right has one flaw at most, that which comes first")
    func flaws() {
        func flaw(_ index: Int, chunks: [String] = [], bytesBehind: Int? = 0) -> PlayableWAV.Flaw? {
            var other = wav
            other[index] ^= 1
            return PlayableWAV(other).flaw(byteCount: other.count, chunks: chunks, bytesBehind: bytesBehind)
        }
        #expect(flaw(20, chunks: ["LIST"]) == .format)
        #expect(flaw(4) == .sizes && flaw(40) == .sizes && flaw(40, bytesBehind: nil) == .sizes)
        #expect(flaw(36, chunks: ["LIST", "bext"], bytesBehind: 2) == .chunks(["LIST", "bext"]))
        for count in [1, 2] { #expect(flaw(40, bytesBehind: count) == .bytesBehind(count)) }
        let empty = PhoneAudio(samples: []).wav
        #expect(PlayableWAV(empty).flaw(byteCount: 44, chunks: [], bytesBehind: 0) == nil)
        // Half a sample at the end is none.
        #expect(PlayableWAV(wav).flaw(byteCount: wav.count + 1, chunks: [], bytesBehind: 1) == nil)
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
