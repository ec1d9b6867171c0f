import AudioConversion

/// The command that mends what an inspection found, as a shell takes it.
struct Remedy: CustomStringConvertible {
    let description: String

    /// - Parameters:
    ///   - inspection: what was found.
    ///   - path: the file as it was named; `-` is standard input.
    ///   - raw: what the bytes were said to mean.
    /// - Returns: nil if there is nothing to mend.
    init?(_ inspection: Inspection, path: String, raw: HeaderlessFormat?) {
        let wanted = inspection.findings.compactMap(\.mendingOption)
        let isPlain = inspection.isAccepted && inspection.formatAdvice.isEmpty
        guard !isPlain || !wanted.isEmpty else { return nil }
        let options = MendingOption.allCases.filter(wanted.contains).map(\.rawValue)
        let name = path == "-" ? path : Self.quoted(path)
        let headerless = raw.map { ["--raw", $0.description] } ?? []
        description = (["rtmedia convert", name] + headerless + options).joined(separator: " ")
    }

    /// A word as a shell takes it.
    private static func quoted(_ word: String) -> String {
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
