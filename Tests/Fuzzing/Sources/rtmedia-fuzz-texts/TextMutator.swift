import FuzzRunner

/// Changes texts in the ways that break readers of YAML, JSON and HTTP.
struct TextMutator {
    private var random: SplitMix64
    private let seeds: [Seed]

    /// The longest text it makes.
    private static let maximumSize = 1 << 18

    private static let numbers = [
        "-1", "0", "1", "00", "0x10", "0o17", "1_000", "1e999", "-1e-999", "1e5", "0.1", ".5", "5.", "+3", "-0",
        "65536",
        "2147483648", "4294967296", "9223372036854775807", "9223372036854775808", "-9223372036854775809",
        "340282366920938463463374607431768211456", ".inf", "-.inf", ".nan", "NaN", "Infinity", "1:30:00", "24:00",
        "99:99", "2026-02-30", "2026-11-30 25:61:61", "1000000000000000000000000000000",
    ]
    private static let texts = [
        "", " ", "~", "null", "true", "no", "\"", "'", "\\", "\u{0}", "\u{1}", "\u{7}", "\u{8}", "\u{1B}[2J",
        "\u{1B}]0;title\u{7}", "\r", "\n", "\r\n", "\t", "\u{85}", "\u{2028}", "\u{202E}", "\u{200B}", "\u{FEFF}",
        "\u{FFFE}", "🙂",
        "e\u{301}", "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}", "\\u0000", "\\ud800", "\\udc00\\ud800", "\\u00",
        "\\x",
        "${", "${}", "${variables", "${variables.}", "${${number}}", "$${number}", "}", "${number}${number}",
        "[", "]", "{", "}", ",", ":", ": ", "- ", "? ", "|", ">-", "|9", "#", "%YAML 1.2", "---", "...", "&a", "*a",
        "<<: *a", "!!binary", "!!python/object:os.system", "!<tag:yaml.org,2002:str>", "!local", "@", "`",
        "TTS|TTS_EN-GB_SERENA|", "TTS|", "|||", "../../../etc/passwd", "/dev/zero", "/dev/stdin", "http://127.0.0.1:1/",
        "%00", "%s%n", "$(id)", "`id`", "<speak><audio src='/etc/passwd'/></speak>", "data:audio/wav;base64,UklGRg==",
        "Content-Length: 0", "Content-Length: 18446744073709551616", "Content-Length: -1", "Content-Length: 5, 5",
        "Transfer-Encoding: chunked", "Transfer-Encoding: identity", "Expect: 100-continue", "Upgrade: websocket",
        "Connection: close", "Connection: keep-alive, upgrade", "Host:", "Host: a\r\nHost: b", " folded: line",
        "Content-Type: text/plain", "Content-Encoding: gzip", "Authorization: Basic OjA=", "HTTP/1.0", "HTTP/2.0",
        "HTTP/9.9", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "GET", "OPTIONS *", "CONNECT a:1", "//", "/%2e%2e/", "/?a=b#c",
        "0\r\n\r\n", "ffffffffffffffff\r\n", "5;extension\r\nhello\r\n",
    ]

    init(seeds: [Seed], random: SplitMix64) {
        self.seeds = seeds
        self.random = random
    }

    /// A changed copy of a text, after 0 to 8 changes; few are left as they are.
    mutating func mutate(_ original: [UInt8]) -> [UInt8] {
        var bytes = original
        let count = random.once(in: 40) ? 0 : 1 + random.below(random.once(in: 2) ? 3 : 8)
        for _ in 0..<count { mutateOnce(&bytes) }
        if bytes.count > Self.maximumSize { bytes.removeLast(bytes.count - Self.maximumSize) }
        return bytes
    }

    private mutating func mutateOnce(_ bytes: inout [UInt8]) {
        switch random.below(20) {
        case 0, 1: replace(&bytes, where: Self.isNumber, with: random.pick(Self.numbers))
        case 2, 3: replace(&bytes, where: Self.isWord, with: random.pick(Self.texts))
        case 4: replace(&bytes, where: Self.isWord, with: random.pick(Self.numbers))
        case 5, 6: replace(&bytes, where: Self.isWord, with: wordOfAnother())
        case 7, 8: bytes.insert(contentsOf: random.pick(Self.texts).utf8, at: place(bytes))
        case 9: changeLines(&bytes)
        case 10: changeLines(&bytes)
        case 11: indent(&bytes)
        case 12: splice(&bytes)
        case 13: if !bytes.isEmpty { bytes[random.below(bytes.count)] ^= 1 << UInt8(random.below(8)) }
        case 14: if !bytes.isEmpty { bytes[random.below(bytes.count)] = UInt8(truncatingIfNeeded: random.next()) }
        case 15: bytes.removeSubrange(place(bytes)...)
        case 16: nest(&bytes)
        case 17:
            let piece = piece(bytes, longest: 64)
            bytes.insert(contentsOf: bytes[piece], at: place(bytes))
        case 18: bytes.removeSubrange(piece(bytes, longest: 32))
        default: lengthen(&bytes)
        }
    }

    private static func isNumber(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

    private static func isWord(_ byte: UInt8) -> Bool {
        isNumber(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 95
    }

    /// A place between two bytes.
    private mutating func place(_ bytes: [UInt8]) -> Int { random.below(bytes.count + 1) }

    private mutating func piece(_ bytes: [UInt8], longest: Int) -> Range<Int> {
        let start = place(bytes)
        return start..<(start + random.below(min(longest, bytes.count - start) + 1))
    }

    /// The next run of bytes of a kind behind a place.
    private mutating func run(_ bytes: [UInt8], _ belongs: (UInt8) -> Bool) -> Range<Int>? {
        guard let start = bytes[place(bytes)...].firstIndex(where: belongs) else { return nil }
        return start..<(bytes[start...].firstIndex { !belongs($0) } ?? bytes.count)
    }

    private mutating func replace(_ bytes: inout [UInt8], where belongs: (UInt8) -> Bool, with text: String) {
        if let range = run(bytes, belongs) { bytes.replaceSubrange(range, with: text.utf8) }
    }

    private mutating func wordOfAnother() -> String {
        let other = random.pick(seeds).bytes
        return run(other, Self.isWord).map { String(decoding: other[$0], as: UTF8.self) } ?? ""
    }

    /// A line is doubled, dropped, moved, or comes from another text.
    private mutating func changeLines(_ bytes: inout [UInt8]) {
        var lines = Array(bytes.split(separator: 10, omittingEmptySubsequences: false))
        let index = random.below(lines.count)
        switch random.below(4) {
        case 0: lines.insert(lines[index], at: random.below(lines.count + 1))
        case 1: lines.remove(at: index)
        case 2: lines.swapAt(index, random.below(lines.count))
        default:
            let others = random.pick(seeds).bytes.split(separator: 10, omittingEmptySubsequences: false)
            lines.insert(random.pick(others), at: index)
        }
        bytes = Array(lines.joined(separator: [10]))
    }

    private mutating func indent(_ bytes: inout [UInt8]) {
        let start = (bytes[..<place(bytes)].lastIndex(of: 10) ?? -1) + 1
        if random.once(in: 2) {
            bytes.insert(contentsOf: random.pick(["  ", " ", "\t", "          "]).utf8, at: start)
        } else {
            bytes.removeSubrange(start..<(bytes[start...].prefix(2).firstIndex { $0 != 32 } ?? start))
        }
    }

    private mutating func splice(_ bytes: inout [UInt8]) {
        let other = random.pick(seeds).bytes
        bytes = Array(bytes[..<place(bytes)]) + other[place(other)...]
    }

    /// Values within values, as deep as fits or a little.
    private mutating func nest(_ bytes: inout [UInt8]) {
        let depth = random.pick([3, 30, 300, 5000, 50_000])
        let (opening, closing) = random.pick([
            ("[", "]"), ("{\"a\":", "}"), ("{a: ", "}"), ("- ", ""), ("? ", ""), ("\"", ""),
        ])
        let text = String(repeating: opening, count: depth)
        bytes.insert(
            contentsOf: (random.once(in: 2) ? text : text + "1" + String(repeating: closing, count: depth)).utf8,
            at: place(bytes))
    }

    /// A piece many times over.
    private mutating func lengthen(_ bytes: inout [UInt8]) {
        let piece = Array(bytes[piece(bytes, longest: 24)])
        let count = min(random.pick([10, 1000, 20_000]), Self.maximumSize / max(1, piece.count))
        bytes.insert(contentsOf: repeatElement(piece, count: count).joined(), at: place(bytes))
    }
}
