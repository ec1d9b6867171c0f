/// What a voice is called: by its own name, or by its file within the engine's folder, perhaps with a variant.
package enum VoiceName {
    /// Whether a text can be the name of a voice of the engine's folder, and is no path to another place.
    ///
    /// espeak-ng makes paths of names, of what stands behind `+` too, and starts a program for voices of MBROLA, which lie in
    /// `mb`. It keeps a name and its variant in 40 bytes, and does not always look whether there is room.
    package static func isPlain(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "+"), maxSplits: 1, omittingEmptySubsequences: false)
        func isMade(_ part: Substring.UTF8View, of others: String, longest: Int) -> Bool {
            (1...longest).contains(part.count) && part.allSatisfy { isLetterOrDigit($0) || others.utf8.contains($0) }
        }
        let lower = text.lowercased()
        return text.utf8.count <= 36 && !text.hasPrefix("/")
            && !lower.hasPrefix("mb/") && !lower.hasPrefix("mb-") && !lower.contains("mbrola")
            && isMade(parts[0], of: " -_()/", longest: 36)
            && (parts.count < 2 || isMade(parts[1], of: " -_", longest: 16))
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
    }
}
