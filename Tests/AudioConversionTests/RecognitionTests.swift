import TestSupport
import Testing

@testable import AudioConversion
@testable import TelephonyAudio

/// Files are called what they are, wherever their signature stands, and whatever stands around them.
@Suite(.waiting) struct RecognitionTests {
    private func error(_ bytes: [UInt8], _ name: String) -> ConversionError? {
        #expect(throws: ConversionError.self) { try AudioConverter().convert(.bytes(bytes, name: name)) }
    }

    @Test("captures that begin within a frame are named by their codec and layer")
    func captures() throws {
        let dts = MadeFile(
            name: "x.dts", recipe: "ffmpeg -v error -i b.wav -ar 44100 -c:a dca -strict -2 x.dts", seconds: 3
        ) {
            Array($0.dropFirst(500))
        }
        let (audio, report) = try dts.converted()
        #expect(report.container == "DTS" && abs(audio.duration / .seconds(1) - 3) < 0.06)
        let layerII = MadeFile(name: "x.mp2", recipe: "ffmpeg -v error -i b.wav -c:a mp2 x.mp2", seconds: 3) {
            Array($0.dropFirst(100))
        }
        #expect(try layerII.converted().report.container == "MPEG audio")
    }

    @Test("audio that is encrypted is told as such", arguments: ["enca", "drms"])
    func encrypted(codec: String) throws {
        let file = MadeFile(name: "x.m4a", recipe: "ffmpeg -v error -i b.wav -c:a aac x.m4a", seconds: 3) {
            try $0.replacing(first: "mp4a", with: codec)
        }
        let error = error(try file.bytes(), "x.m4a")
        #expect(error?.code == .unsupported && error?.reason.contains("encrypted") == true)
    }

    @Test("a module of ProTracker, whose signature stands far within, is one")
    func module() throws {
        let song = [UInt8(1), 127] + [UInt8](repeating: 0, count: 128)
        let bytes =
            [UInt8](repeating: 0, count: 20 + 31 * 30) + song + Array("M.K.".utf8) + [UInt8](repeating: 0, count: 1024)
        #expect(try AudioConverter().convert(.bytes(bytes, name: "x.mod")).report.container == "a tracker's module")
    }

    @Test("SILK is known by name", arguments: ["#!SILK_V3", "\u{2}#!SILK_V3"])
    func silk(head: String) {
        let error = error(Array(head.utf8) + [UInt8](repeating: 9, count: 500), "x.amr")
        #expect(error?.code == .unsupported && error?.reason.contains("SILK") == true)
    }

    @Test("a tag behind Wave64 is no sound")
    func taggedWave64() throws {
        let file = MadeFile(name: "x.w64", recipe: "sox a.wav x.w64", seconds: 2)
        let bytes = try file.bytes()
        let tag = Array("TAGTitle".utf8) + [UInt8](repeating: 0x7E, count: 120)
        let plain = try AudioConverter().convert(.bytes(bytes, name: "x.w64")).audio
        #expect(try AudioConverter().convert(.bytes(bytes + tag, name: "x.w64")).audio.samples == plain.samples)
    }

    @Test("a tag before a WAV file is what the platform stumbles over, not a header without a format")
    func taggedWAV() throws {
        let wav = PhoneAudio(samples: TestFiles.sine(440)).wav
        let tag = Array("ID3".utf8) + [4, 0, 0, 0, 0, 0, 20] + [UInt8](repeating: 0, count: 20)
        let inspection = try AudioInspector().inspect(.bytes(tag + wav, name: "x.wav"))
        #expect(inspection.wav?.leadingTagByteCount == 30 && inspection.container == "WAV")
        #expect(try AudioInspector().inspect(.bytes(wav, name: "x.wav")).wav?.leadingTagByteCount == 0)
    }

    @Test("the scheme of a data URL has no case")
    func dataURL() throws {
        let audio = PhoneAudio(samples: TestFiles.sine(440))
        let text = "DATA:audio/wav;BASE64,\(audio.base64WAV)"
        #expect(try AudioConverter().convert(.bytes(Array(text.utf8), name: "x.txt")).audio.samples == audio.samples)
    }

    @Test("pages that are missing within a stream of Vorbis are told, not its end")
    func missingPages() throws {
        let file = MadeFile(name: "x.ogg", recipe: "sox b.wav b.wav b.wav b.wav x.ogg", seconds: 12) { bytes in
            let pages = bytes.indices.filter { bytes[$0...].starts(with: Array("OggS".utf8)) }
            try #require(pages.count > 5)
            return Array(bytes[..<pages[3]] + bytes[pages[4]...])
        }
        let error = error(try file.bytes(), "x.ogg")
        #expect(error?.reason.contains("pages are missing") == true, "\(error?.reason ?? "")")
    }
}
