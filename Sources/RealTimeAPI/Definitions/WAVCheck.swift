/// Looks at the WAV file that `play_wav_data` carries in base64.
///
/// The header is compared in base64: its first 36 bytes, which are 48 characters, are the same for all files that the
/// platform plays, but for the size in the middle. The schema holds the same comparison as a regular expression.
enum WAVCheck {
    /// `RIFF`, four bytes of size, `WAVE`, `fmt `, 16 bytes: PCM, 1 channel, 8000 Hz, 16000 bytes/s, 2 bytes/sample, 16 bit.
    private static let head = "UklGR"
    private static let tail = "XQVZFZm10IBAAAAABAAEAQB8AAIA+AAACABAA"
    /// After the head a character with the last two bits of `F` and four of the size, four of the size alone, and one with
    /// the last four bits of the size and the first two of `WAVE`.
    static let pattern =
        "^\(head)[g-v][A-Za-z0-9+/]{4}[BFJNRVZdhlptx159]\(tail.replacing("+", with: "\\+"))([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"

    static func findings(_ text: String) -> [Finding] {
        if text.hasPrefix("data:") {
            return [.error("begins with \"data:\"; only the base64 after the comma is audio")]
        }
        let utf8 = Array(text.utf8)
        let content = utf8.count - padding(utf8)
        if let index = values.withUnsafeBufferPointer({ values in utf8.firstIndex { values[Int($0)] == 255 } }),
            index < content
        {
            return [.error("holds \(character(utf8[index])) at character \(index), which is not base64")]
        }
        guard utf8.count % 4 == 0 else {
            return [
                .error("is \(utf8.count) characters of base64, which is no multiple of 4: padding is missing")
            ]
        }
        guard hasHeader(utf8) else {
            return [.error("is no WAV file of 8000 Hz, 16 bit, mono (PCM with a plain header)")]
        }
        return warnings(utf8)
    }

    private static func hasHeader(_ text: [UInt8]) -> Bool {
        text.count >= 48 && text.starts(with: head.utf8) && values[Int(text[5])] >> 4 == 2
            && text[6..<10].allSatisfy { values[Int($0)] < 64 } && values[Int(text[10])] & 3 == 1
            && text[11..<48].elementsEqual(tail.utf8)
    }

    private static func warnings(_ text: [UInt8]) -> [Finding] {
        var findings: [Finding] = []
        let bytes = text.count / 4 * 3 - padding(text)
        if text.count < 56 || !text[48..<53].elementsEqual("ZGF0Y".utf8) {
            findings.append(.warning("has a chunk before its audio, which some players play as a click"))
        }
        if text.count > 1_250_000 {
            let size = "\(text.count / 1_000_000).\(text.count / 100_000 % 10) MB, \((bytes - 44) / 16_000) s of audio"
            findings.append(.warning("is \(size), which may not arrive within the 5 seconds for an answer"))
        }
        return findings
    }

    /// How many `=` there are at the end, 2 at most.
    private static func padding(_ text: [UInt8]) -> Int {
        text.suffix(2).reversed().prefix { $0 == UInt8(ascii: "=") }.count
    }

    private static func character(_ byte: UInt8) -> String {
        switch byte {
        case 10, 13: "a line end"
        case 32...126: "\"\(Character(UnicodeScalar(byte)))\""
        default: "byte \(byte)"
        }
    }

    /// The value of each character of base64, 255 for any other.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 255, count: 256)
        for (value, character) in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8.enumerated() {
            values[Int(character)] = UInt8(value)
        }
        return values
    }()
}
