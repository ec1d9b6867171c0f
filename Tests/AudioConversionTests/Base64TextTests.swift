import TestSupport
import Testing

@testable import AudioConversion
@testable import TelephonyAudio

/// Base64 comes in whatever form it is written down.
@Suite(.waiting) struct Base64TextTests {
    private static let sound = PhoneAudio(samples: TestFiles.sine(440, count: 4001))
    private static let plain = sound.base64WAV

    private static let forms = [
        plain, "\n  \(plain)\n", "\"\(plain)\"", "data:audio/wav;base64,\(plain)",
        "{\"command\":\"play_wav_data\",\"command_id\":1,\"params\":{\"audio_data\":\"\(plain)\"},\"variables\":{}}\n",
        "{\"params\": {\"audio_data\": \"\(plain.replacing("/", with: "\\/"))\"}}",
        plain.replacing("+", with: "-").replacing("/", with: "_"),
        stride(from: 0, to: plain.utf8.count, by: 76).map { start in
            String(decoding: plain.utf8.dropFirst(start).prefix(76), as: UTF8.self)
        }.joined(separator: "\r\n"),
        String(plain.prefix { $0 != "=" }),
        "\u{FEFF}\(plain)", "'\(plain)'", "{'audio_data': '\(plain)'}",
        "data:audio/wav;codecs=\"1\";base64,"
            + plain.replacing("+", with: "%2B").replacing("/", with: "%2f").replacing("=", with: "%3D"),
        "[{\"note\": \"\(String(repeating: "x", count: 1000))\", \"audio_data\": \""
            + plain.replacing("A", with: "\\u0041").replacing("=", with: "\\u003D") + "\"}]",
    ]

    @Test("plain, in quotes, as data:, in JSON, for addresses, in lines, without padding, escaped", arguments: forms)
    func form(text: String) throws {
        #expect(try AudioConverter().convert(.bytes(Array(text.utf8), name: "x.txt")).audio == Self.sound)
    }

    @Test("a text in quotes that breaks off is damaged")
    func cut() {
        let text = "{\"params\":{\"audio_data\":\"\(Self.plain.prefix(400))"
        let error = #expect(throws: ConversionError.self) {
            try AudioConverter().convert(.bytes(Array(text.utf8), name: "x"))
        }
        #expect(error?.code == .damaged)
    }
}
