import CommandArguments

/// Where calls come in, as in `audiosocket://127.0.0.1:9019`.
struct LiveAddress: LosslessStringConvertible, ExpressibleByArgument {
    private static let scheme = "audiosocket://"

    let host: String
    let port: Int

    var description: String { "\(Self.scheme)\(host.contains(":") ? "[\(host)]" : host):\(port)" }

    /// An address whose port is known.
    init(host: String, port: Int) { (self.host, self.port) = (host, port) }

    init?(_ text: String) {
        guard text.lowercased().hasPrefix(Self.scheme) else { return nil }
        let rest = text.dropFirst(Self.scheme.count)
        guard let colon = rest.lastIndex(of: ":"), let port = UInt16(rest[rest.index(after: colon)...]) else {
            return nil
        }
        var host = rest[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        guard !host.isEmpty else { return nil }
        self.init(host: String(host), port: Int(port))
    }
}
