/// The address of a look-up: the author's, with values in its path and its query.
struct LookupAddress: Sendable {
    private let text: FlowText

    /// The longest address with its values.
    static let maximumLength = 4096

    /// Why text is no address, in one sentence without its subject.
    struct Failure: Error {
        let reason: String
    }

    /// An address as it is written in a file.
    init(_ text: FlowText) throws(Failure) {
        self.text = text
        guard case .text(let first)? = text.parts.first else {
            throw Failure(reason: "must begin with http:// or https:// and the name of a host, not with a value")
        }
        guard let scheme = ["https://", "http://"].first(where: first.hasPrefix) else {
            throw Failure(reason: "must begin with http:// or https://")
        }
        let rest = first.dropFirst(scheme.count)
        let authority = rest.prefix { !"/?#".contains($0) }
        guard text.isFixed || authority.endIndex < rest.endIndex else {
            throw Failure(reason: "must name its host itself: values may stand in the path and the query")
        }
        try Self.check(authority)
        for case .text(let part) in text.parts {
            // What else stands for something in an address is a value's, and encoded there.
            guard part.utf8.allSatisfy({ (33...126).contains($0) && !"\"<>\\^`{|}".utf8.contains($0) }) else {
                throw Failure(reason: "must be ASCII without spaces; write others as in %20")
            }
            guard !part.contains("#") else { throw Failure(reason: "must have no fragment, #") }
        }
        guard !Self.climbs(text.parts.map { if case .text(let part) = $0 { part } else { "x" } }.joined()) else {
            throw Failure(reason: "must not have . or .. in its path")
        }
    }

    private static func check(_ authority: Substring) throws(Failure) {
        guard !authority.contains("@") else {
            throw Failure(reason: "must have no login: put it into headers, as Authorization")
        }
        let isBracketed = authority.hasPrefix("[")
        let host = authority.prefix { isBracketed ? $0 != "]" : $0 != ":" }
        var port = authority[host.endIndex...]
        if isBracketed {
            guard port.hasPrefix("]") else { throw Failure(reason: "names no host") }
            port = port.dropFirst()
        }
        let characters = isBracketed ? "0123456789abcdefABCDEF:[" : nil
        let isHost = host.utf8.allSatisfy { byte in
            if let characters { return characters.utf8.contains(byte) }
            return (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                || [45, 46, 95].contains(byte)
        }
        guard isHost, host.count > (isBracketed ? 1 : 0) else { throw Failure(reason: "names no host") }
        guard !port.isEmpty else { return }
        let digits = port.dropFirst()
        // UInt16 reads +80, which is no port.
        guard port.hasPrefix(":"), digits.utf8.allSatisfy({ (48...57).contains($0) }), let number = UInt16(digits),
            number > 0
        else {
            throw Failure(reason: "must have a port of 1...65535")
        }
    }

    /// The address with a call's values, in which nothing is left that stands for something in an address.
    func resolved(_ values: FlowValues) throws(LookupFailure) -> String {
        let address = text.resolved(values) { Self.encoded($0) }
        guard address.utf8.count <= Self.maximumLength else {
            throw LookupFailure("the address has \(address.utf8.count) bytes; \(Self.maximumLength) are allowed")
        }
        guard !Self.climbs(address) else { throw LookupFailure("a value must not be . or .. in the address") }
        return address
    }

    /// Whether a part of the path is one that servers take for the folder itself or the one above.
    private static func climbs(_ address: String) -> Bool {
        let path = address.prefix { $0 != "?" }
        return path.split(separator: "/").contains { part in
            [".", ".."].contains(part.lowercased().replacing("%2e", with: "."))
        }
    }

    /// All but letters, digits and `-._~` as in `%2B` (RFC 3986, 2.3).
    private static func encoded(_ value: String) -> String {
        var encoded = ""
        for byte in value.utf8 {
            switch byte {
            case 48...57, 65...90, 97...122, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                encoded += digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return encoded
    }
}
