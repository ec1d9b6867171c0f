public import TelephonyAudio

/// Where a handler listens: `http://login:password@host:port/path`, or `https://`.
public struct HandlerAddress: Sendable, Hashable {
    /// Whether it is `https://`.
    public let isSecure: Bool
    /// A name or an address; that of IPv6 without its brackets.
    public let host: String
    /// The port; 80 unless it is named, 443 for `https://`.
    public let port: UInt16
    /// The path with the query, beginning with `/`.
    public let path: String
    /// `login:password` for HTTP Basic; nil for none.
    private(set) var credentials: String?
    /// Whether it names a login.
    public var hasCredentials: Bool { credentials != nil }

    /// An address.
    ///
    /// - Throws: `address` if it is not `http://` or `https://`, or if host or port are missing or malformed.
    public init(_ text: String) throws(SimulationError) {
        func error(_ reason: String) -> SimulationError { SimulationError(.address, text, reason) }
        guard text.utf8.allSatisfy({ (33...126).contains($0) }) else { throw error("must be ASCII without spaces") }
        isSecure = text.hasPrefix("https://")
        guard isSecure || text.hasPrefix("http://") else { throw error("must begin with http:// or https://") }
        guard !isSecure || CertificateVerification.isAvailable else {
            throw error(
                "TLS is not in this build; build it with the package's trait TLS, or name an address at http://")
        }
        let rest = text.dropFirst(isSecure ? 8 : 7).prefix { $0 != "#" }
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        let tail = rest[authority.endIndex...]
        path = tail.hasPrefix("/") ? String(tail) : "/" + tail

        let at = authority.lastIndex(of: "@")
        credentials = at.map { String(authority[..<$0]).removingPercentEncoding }
        let place = at.map { authority[authority.index(after: $0)...] } ?? authority
        let isBracketed = place.hasPrefix("[")
        let hostPart = isBracketed ? place.dropFirst().prefix { $0 != "]" } : place.prefix { $0 != ":" }
        var portPart = place[hostPart.endIndex...]
        if isBracketed {
            guard portPart.hasPrefix("]") else { throw error("[ needs its ]") }
            portPart = portPart.dropFirst()
        }
        guard !hostPart.isEmpty else { throw error("names no host") }
        host = String(hostPart)
        if portPart.isEmpty {
            port = isSecure ? 443 : 80
        } else {
            let digits = portPart.dropFirst()
            // UInt16 reads +80, which is no port.
            guard portPart.first == ":", digits.utf8.allSatisfy({ (48...57).contains($0) }),
                let number = UInt16(digits),
                number > 0
            else {
                throw error("its port must lie in 1...65535")
            }
            port = number
        }
    }

    /// The same address with a login and its password, for HTTP Basic.
    public func with(login: String, password: String) -> HandlerAddress {
        var address = self
        address.credentials = "\(login):\(password)"
        return address
    }

    /// For people: without its login.
    package var shown: String { "\(isSecure ? "https" : "http")://\(hostHeader)\(path)" }

    /// The value of the header `Host`.
    var hostHeader: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == (isSecure ? 443 : 80) ? name : "\(name):\(port)"
    }
}

extension String {
    /// The text with `%40` and the like resolved; malformed ones stay.
    fileprivate var removingPercentEncoding: String {
        var bytes: [UInt8] = []
        var rest = Array(utf8)[...]
        while let byte = rest.popFirst() {
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            // UInt8 reads +f, which is no byte.
            if byte == UInt8(ascii: "%"), digits.count == 2, digits.allSatisfy(\.isHexDigit),
                let value = UInt8(digits, radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
