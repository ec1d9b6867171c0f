/// A WAV file in base64, as `play_wav_data` carries it.
enum WAVText {
    /// What a WAV file begins with whose first chunk is a right format, or is another one: what stands behind it a pattern
    /// can't tell.
    ///
    /// `RIFF`, a size, `WAVE`: of the character after the head the first bits are those of `F`, and the last ones of the
    /// character before `XQVZF` are those of `WAVE`. Then `fmt ` of less than 256 bytes, PCM or extensible, one channel,
    /// 8000 Hz, 2 bytes and 16 bit a sample.
    static let pattern: String = {
        let any = "[A-Za-z0-9+/]"
        let chunk = "Zm10I[A-P][AEIMQUYcgkosw048]A"
        let format = "\(chunk)(AAABAAEA|AAD\\+/wEA)QB8A\(any){7}CABAA"
        let end = "(\(any){4})*(\(any){2}==|\(any){3}=)?$"
        return "^UklGR[g-v]\(any){4}[BFJNRVZdhlptx159]XQVZF(\(format)|(?!\(chunk))\(any){4})\(end)"
    }()

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
                .error("is \(text.count) characters of base64, not a multiple of 4: padding is missing")
            ]
        }
        let byteCount = text.count / 4 * 3 - padding
        let wav = PlayableWAV(byteCount: byteCount) { bytes(text, $0, min($1, max(0, byteCount - $0))) }
        guard wav.problems.isEmpty else { return [.error(wav.problems.joined(separator: "; "))] }
        var findings: [Finding] = wav.warnings.map { .warning($0) }
        if let warning = PlayWAVData.warning(aboutByteCount: text.count) { findings.append(.warning(warning)) }
        return findings
    }

    /// Bytes that the text stands for, which has so many: these lines, since this module imports no other.
    private static func bytes(_ text: UnsafeBufferPointer<UInt8>, _ offset: Int, _ count: Int) -> [UInt8] {
        (offset..<(offset + count)).map { index in
            // Three bytes are four characters, of six bits each.
            let (group, rest) = index.quotientAndRemainder(dividingBy: 3)
            let first = text[4 * group + rest].base64Value
            let second = text[4 * group + rest + 1].base64Value
            return first << (2 * rest + 2) | second >> (4 - 2 * rest)
        }
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
