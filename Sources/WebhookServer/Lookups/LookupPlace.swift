import NIOCore

/// Where a look-up goes.
struct LookupPlace: Sendable {
    let isSecure: Bool
    /// A name or an address; that of IPv6 in its brackets.
    let host: String
    let port: Int
    /// The path with the query, beginning with `/`.
    let target: String

    /// A place by its address.
    init(_ address: String) throws(LookupError) {
        guard address.utf8.allSatisfy({ (33...126).contains($0) }) else {
            throw LookupError("the address must be ASCII without spaces")
        }
        isSecure = address.hasPrefix("https://")
        guard isSecure || address.hasPrefix("http://") else {
            throw LookupError("the address must begin with http:// or https://")
        }
        let rest = address.dropFirst(isSecure ? 8 : 7)
        let authority = rest.prefix { !"/?#".contains($0) }
        let tail = rest[authority.endIndex...]
        guard !authority.contains("@"), !tail.contains("#") else {
            throw LookupError("the address must have no login and no fragment")
        }
        target = tail.hasPrefix("/") ? String(tail) : "/" + tail
        let isBracketed = authority.hasPrefix("[")
        let end =
            isBracketed ? authority.firstIndex(of: "]").map(authority.index(after:)) : authority.firstIndex(of: ":")
        host = String(authority[..<(end ?? authority.endIndex)])
        let portText = authority.dropFirst(host.count)
        let digits = portText.dropFirst()
        // UInt16 reads +80, which is no port.
        let isNumber = digits.utf8.allSatisfy { (48...57).contains($0) }
        let number = portText.isEmpty ? (isSecure ? 443 : 80) : isNumber ? UInt16(digits) : nil
        guard let number, number > 0, portText.isEmpty || portText.first == ":", !host.isEmpty,
            host.hasPrefix("[") == host.hasSuffix("]")
        else {
            throw LookupError("the address names no host, or no port of 1...65535")
        }
        port = Int(number)
    }

    /// The host without brackets.
    var plainHost: String { host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host }

    /// Whether the host is an address.
    var isNumber: Bool { (try? SocketAddress(ipAddress: plainHost, port: 0)) != nil }

    /// The port behind the host in `Host`; empty if it is the usual one.
    var portText: String { port == (isSecure ? 443 : 80) ? "" : ":\(port)" }
}
