/// A WAV file in base64, as `play_wav_data` carries it.
enum WAVText {
    /// The first 36 bytes of all files that the platform plays, but for their size in the middle: `RIFF`, and
    /// ``PlayableWAV/format``.
    static let head = "UklGR"
    static let tail = "XQVZFZm10IBAAAAABAAEAQB8AAIA+AAACABAA"
    /// What has such a beginning, for the schema.
    ///
    /// After the head a character with the last two bits of `F` and four of the size, four of the size alone, and one with
    /// the last four bits of the size and the first two of `WAVE`.
    static let pattern =
        "^\(head)[g-v][A-Za-z0-9+/]{4}[BFJNRVZdhlptx159]\(tail.replacing("+", with: "\\+"))([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"

    /// What is wrong with a text, or unusual.
    ///
    /// - Complexity: O(*n*), a block of 64 characters at a time, without a copy: audio is a megabyte.
    static func findings(_ text: String) -> [Finding] {
        if text.hasPrefix("data:") {
            return [.error("begins with \"data:\"; only the base64 after the comma is audio")]
        }
        var text = text
        return text.withUTF8(findings)
    }

    private static func findings(_ text: UnsafeBufferPointer<UInt8>) -> [Finding] {
        let padding = text.suffix(2).reversed().prefix { $0 == UInt8(ascii: "=") }.count
        let index = PlainText.end(in: text, from: 0) { $0.isBase64 ? 0 : 1 }
        guard index >= text.count - padding else {
            return [.error("holds \(character(text[index])) at character \(index), which is not base64")]
        }
        guard text.count % 4 == 0 else {
            return [
                .error("is \(text.count) characters of base64, which is no multiple of 4: padding is missing")
            ]
        }
        let wav = PlayableWAV(beginning(text))
        guard wav.hasFormat else {
            return [.error("is no WAV file of 8000 Hz, 16 bit, mono (PCM with a plain header)")]
        }
        var findings: [Finding] = []
        if !wav.hasAudioNext {
            findings.append(.warning("has a chunk before its audio, which some players play as a click"))
        }
        if let warning = PlayWAVData.warning(aboutByteCount: text.count) { findings.append(.warning(warning)) }
        return findings
    }

    /// The bytes that 60 characters stand for, fewer in a shorter text: these lines, since this module imports no other.
    private static func beginning(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        var bits: UInt32 = 0
        for (index, character) in text.prefix(60).prefix(while: \.isBase64).enumerated() {
            bits = bits << 6 | UInt32(character.base64Value)
            // The second character of four completes the first byte, and so on.
            let rest = [6, 4, 2, 0][index % 4]
            if rest < 6 { bytes.append(UInt8(truncatingIfNeeded: bits >> rest)) }
        }
        return bytes
    }

    private static func character(_ byte: UInt8) -> String {
        switch byte {
        case 10, 13: "a line end"
        case 32...126: "\"\(Character(UnicodeScalar(byte)))\""
        default: "byte \(byte)"
        }
    }
}

extension UInt8 {
    /// Whether it is a character of the standard alphabet (RFC 4648, section 4); `=` is none.
    @inline(__always)
    fileprivate var isBase64: Bool {
        (self | 32) &- UInt8(ascii: "a") < 26 || self &- UInt8(ascii: "0") < 10 || self == UInt8(ascii: "+")
            || self == UInt8(ascii: "/")
    }

    /// The six bits that such a character stands for.
    fileprivate var base64Value: UInt8 {
        switch self {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): self - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): self - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0") + 52
        default: self == UInt8(ascii: "+") ? 62 : 63
        }
    }
}
