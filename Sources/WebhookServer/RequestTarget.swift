/// What a request asks for: a path, or a URL as it is sent to a proxy, which a server takes too (RFC 9112, section 3.2).
struct RequestTarget {
    /// The path, without a query.
    let path: Substring

    /// A target; nil if it is none that a server takes.
    init?(_ text: String) {
        // A proxy before this server may look at the path with what follows #, which no client sends.
        guard !text.utf8.contains(UInt8(ascii: "#")) else { return nil }
        let whole = text.prefix { $0 != "?" }
        // `OPTIONS *` asks about the server as a whole; here no path is called so.
        if whole.hasPrefix("/") || whole == "*" {
            path = whole
            return
        }
        guard let scheme = whole.firstRange(of: "://"),
            ["http", "https"].contains(whole[..<scheme.lowerBound].lowercased())
        else { return nil }
        let rest = whole[scheme.upperBound...]
        let authority = rest.prefix { $0 != "/" }
        guard Self.isHost(authority) else { return nil }
        path = authority.endIndex == rest.endIndex ? "/" : rest[authority.endIndex...]
    }

    /// Whether a text is a host and perhaps a port, without a user (RFC 3986, section 3.2).
    static func isHost(_ text: Substring) -> Bool {
        let host: Substring
        let rest: Substring
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]") else { return false }
            host = text[..<end].dropFirst()
            rest = text[end...].dropFirst()
            guard host.utf8.allSatisfy({ isPlain($0) || $0 == UInt8(ascii: ":") }) else { return false }
        } else {
            host = text.prefix { $0 != ":" }
            rest = text[host.endIndex...]
            guard isName(host) else { return false }
        }
        guard !host.isEmpty else { return false }
        return rest.isEmpty || rest.hasPrefix(":") && rest.utf8.dropFirst().allSatisfy { (48...57).contains($0) }
    }

    private static func isName(_ text: Substring) -> Bool {
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            if isPlain(byte) { continue }
            let digits = rest.prefix(2)
            guard byte == UInt8(ascii: "%"), digits.count == 2,
                digits.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit })
            else { return false }
            rest = rest.dropFirst(2)
        }
        return true
    }

    /// Whether a byte stands for itself in a name: the unreserved characters, and those that separate parts.
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "-._~!$&'()*+,;=".utf8.contains(byte)
        }
    }
}
