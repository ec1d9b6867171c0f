/// Words of a command line that is there to be pasted.
enum ShellWord {
    /// A word as a shell takes it.
    static func quoted(_ word: String) -> String {
        let isPlain = word.utf8.allSatisfy { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                || "_-./+:@%,".utf8.contains(byte)
        }
        let safe = word.hasPrefix("-") ? "./" + word : word
        if isPlain, !word.isEmpty { return safe }
        let isPrintable = word.utf8.allSatisfy { $0 >= 32 && $0 != 127 }
        return isPrintable
            ? "'" + safe.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#) + "'"
            : "$'" + safe.utf8.map(escaped).joined() + "'"
    }

    /// A byte as it stands between $'...': in octal, unless it is a letter or the like.
    private static func escaped(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 8)
        let isSafe = (32..<127).contains(byte) && byte != UInt8(ascii: "'") && byte != UInt8(ascii: "\\")
        return isSafe
            ? String(UnicodeScalar(byte)) : "\\" + String(repeating: "0", count: 3 - digits.count) + digits
    }
}
