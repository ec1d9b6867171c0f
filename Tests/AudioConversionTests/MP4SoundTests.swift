import TestSupport
import Testing

@testable import AudioConversion
@testable import TelephonyAudio

/// MP4, M4A, 3GP and QuickTime as the world writes them come out whole.
@Suite(.waiting) struct MP4SoundTests {
    private static let files = [
        MadeFile(
            name: "x.m4a",
            recipe: "ffmpeg -v error -i b.wav -c:a aac -movflags frag_keyframe -frag_duration 500000 x.m4a", seconds: 3,
            tolerance: 0.06),
        MadeFile(
            name: "x.m4a",
            recipe:
                "ffmpeg -v error -i b.wav -c:a aac -movflags empty_moov+default_base_moof -frag_duration 500000 x.m4a",
            seconds: 3,
            tolerance: 0.06
        ) { try $0.replacing(first: "mdhd", with: "\u{7F}", plus: 20) },
        MadeFile(name: "x.mov", recipe: "ffmpeg -v error -i a.wav -c:a aac x.mov", seconds: 2) {
            try $0.replacing(first: "ftyp", with: "wide")
        },
    ]

    @Test("fragments, durations that are not true, and QuickTime's beginnings", arguments: files)
    func whole(file: MadeFile) throws {
        #expect(abs(try file.converted().audio.duration / .seconds(1) - file.seconds) <= file.tolerance)
    }

    /// A box with its content.
    private static func box(_ type: String, _ content: [UInt8]...) -> [UInt8] {
        let body = Array(content.joined())
        return number(body.count + 8) + Array(type.utf8) + body
    }

    private static func number(_ value: Int) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) }
    }

    /// A 3GP file as phones write it: several frames of AMR at 12.2 kbit/s in each sample of the file.
    private static func threeGP(frames: Int, perSample: Int) -> [UInt8] {
        let frame = [0x3C] + [UInt8](repeating: 0x5A, count: 31)
        let samples = frames / perSample
        let media = [UInt8](Array(repeating: frame, count: frames).joined())
        let head = box("ftyp", Array("3gp4".utf8), number(0))
        let description = box("samr", [UInt8](repeating: 0, count: 28), box("damr", [UInt8](repeating: 0, count: 9)))
        let table = box(
            "stbl", box("stsd", number(0), number(1), description),
            box("stts", number(0), number(1), number(samples), number(160 * perSample)),
            box("stsc", number(0), number(1), number(1), number(samples), number(1)),
            box("stsz", number(0), number(32 * perSample), number(samples)),
            box("stco", number(0), number(1), number(head.count + 8)))
        let sound = box("hdlr", number(0), number(0), Array("soun".utf8), [UInt8](repeating: 0, count: 13))
        let header = box("mdhd", number(0), number(0), number(0), number(8000), number(160 * frames), number(0))
        let track = box("trak", box("mdia", header, sound, box("minf", table)))
        return head + box("mdat", media) + box("moov", track)
    }

    @Test("all frames of AMR in a sample are decoded", arguments: [1, 5, 10, 50])
    func amr(perSample: Int) throws {
        let (audio, report) = try AudioConverter().convert(
            .bytes(Self.threeGP(frames: 200, perSample: perSample), name: "x.3gp"))
        #expect(audio.samples.count == 200 * 160 && report.warnings.allSatisfy { !"\($0)".contains("recovered") })
    }

    @Test("a file whose samples are missing is damaged")
    func cut() throws {
        let file = MadeFile(
            name: "x.m4a", recipe: "ffmpeg -v error -i b.wav -c:a aac -movflags faststart x.m4a", seconds: 3
        ) {
            Array($0.dropLast($0.count / 3))
        }
        let error = #expect(throws: ConversionError.self) { try file.converted() }
        #expect(error?.code.group == .damaged)
    }
}
