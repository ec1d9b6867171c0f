import NIOHTTP1

/// A request whose body has arrived.
struct StudioRequest: Sendable {
    let method: HTTPMethod
    /// The parts of the path between slashes, without percent signs; the root has none.
    let path: [String]
    let query: [String: String]
    let headers: HTTPHeaders
    let body: [UInt8]

    init(_ head: HTTPRequestHead, target: RequestTarget, body: [UInt8]) {
        method = head.method == .HEAD ? .GET : head.method
        path = target.path
        query = target.query
        headers = head.headers
        self.body = body
    }

    /// The number of a query's field.
    ///
    /// - Throws: 400 if it is none, or not in the range.
    func number(_ name: String, in range: ClosedRange<Double>, default usual: Double) throws(StudioError) -> Double {
        guard let text = query[name] else { return usual }
        guard let number = Double(text), range.contains(number) else {
            throw StudioError(.badRequest, "\(name) must be a number in \(range.lowerBound)...\(range.upperBound)")
        }
        return number
    }
}

/// What a request asks for: the path and the query of its first line.
struct RequestTarget: Sendable {
    let path: [String]
    let query: [String: String]

    /// - Throws: 400 if it is no path, or not in UTF-8.
    init(_ uri: String) throws(StudioError) {
        guard uri.hasPrefix("/"), !uri.contains("#") else {
            throw StudioError(.badRequest, "the request names no path")
        }
        let parts = uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var path: [String] = []
        for part in parts[0].split(separator: "/") { path.append(try Self.plain(part)) }
        var query: [String: String] = [:]
        if parts.count == 2 {
            for field in parts[1].split(separator: "&") {
                let sides = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                let value = sides.count == 2 ? sides[1].replacing("+", with: " ") : ""
                query[try Self.plain(sides[0])] = try Self.plain(value[...])
            }
        }
        self.path = path
        self.query = query
    }

    /// A text without percent signs.
    private static func plain(_ text: Substring) throws(StudioError) -> String {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return String(text) }
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else {
                throw StudioError(.badRequest, "the request's path has a percent sign without two digits behind it")
            }
            bytes.append(high << 4 | low)
        }
        guard let plain = String(validating: bytes, as: UTF8.self) else {
            throw StudioError(.badRequest, "the request's path is not in UTF-8")
        }
        return plain
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 48...57: byte - 48
        case 65...70: byte - 55
        case 97...102: byte - 87
        default: nil
        }
    }
}
