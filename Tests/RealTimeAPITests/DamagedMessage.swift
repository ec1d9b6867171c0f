import TelephonyAudio

/// Messages that are wrong in ways that can be repeated.
enum DamagedMessage {
    /// What is put in the place of something: hostile numbers, strings, nesting and bytes.
    private static let parts: [[UInt8]] =
        [
            "null", "true", "1e400", "-0", "-", "1.", "01", "9007199254740993", "18446744073709551616",
            "1e-999999999999999999999",
            #""\ud800""#, #""\udc00\ud800""#, #"\u12"#, #""\x""#, "\"", "\\", "[]", "{}", "[", "{", "]", "}", ",", ":",
            "\u{0}", "\n",
            "\u{FEFF}", "\u{301}", "\u{212A}", "NaN", "Infinity", #""command":"wait","#, #""params":[],"#,
            #""variables":[1],"#,
            #""\u0063ommand":7,"#, #""":1,"#, "/*", " ",
        ].map { Array($0.utf8) } + [
            [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82], [0x80],
        ]

    /// One of many messages, each different.
    static func bytes(_ number: Int) -> [UInt8] {
        var random = SplitMix64(seed: UInt64(number))
        switch number % 10 {
        case 0:
            return (0..<Int.random(in: 0...64, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
        case 1: return nested(&random)
        case 2, 3, 4:
            // Values of one member in the place of another's: this stays JSON.
            let object = ObjectCase.all.randomElement(using: &random)!
            var changes: [String: String?] = [:]
            for field in object.fields where Bool.random(using: &random) {
                changes[field.name] = .some(anyValue(&random))
            }
            return Array(object.message(object.text(changes)).utf8)
        default:
            let object = ObjectCase.all.randomElement(using: &random)!
            var bytes = Array(object.message(object.text()).utf8)
            for _ in 0..<Int.random(in: 1...4, using: &random) { damage(&bytes, &random) }
            return bytes
        }
    }

    private static func anyValue(_ random: inout SplitMix64) -> String? {
        let field = ObjectCase.all.flatMap(\.fields).randomElement(using: &random)!
        return (field.accepted + field.refused).randomElement(using: &random)
    }

    private static func nested(_ random: inout SplitMix64) -> [UInt8] {
        let depth = [1, 100, 126, 127, 128, 129, 100_000].randomElement(using: &random)!
        let (opening, closing) = [("[", "]"), (#"{"a":"#, "}")].randomElement(using: &random)!
        let open = String(repeating: opening, count: depth) + "0"
        let close = Bool.random(using: &random) ? String(repeating: closing, count: depth) : ""
        let name = ["variables", "params", "x"].randomElement(using: &random)!
        return Array((Bool.random(using: &random) ? open + close : "{\"\(name)\":\(open + close)}").utf8)
    }

    private static func damage(_ bytes: inout [UInt8], _ random: inout SplitMix64) {
        guard !bytes.isEmpty else { return }
        let index = Int.random(in: bytes.indices, using: &random)
        let end = min(bytes.count, index + Int.random(in: 1...12, using: &random))
        switch Int.random(in: 0..<6, using: &random) {
        case 0: bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 1: bytes.removeSubrange(index..<end)
        case 2: bytes.insert(contentsOf: bytes[index..<end], at: index)
        case 3: bytes.removeSubrange(index...)
        case 4: bytes.replaceSubrange(index..<end, with: parts.randomElement(using: &random)!)
        default: bytes.insert(contentsOf: parts.randomElement(using: &random)!, at: index)
        }
    }
}
