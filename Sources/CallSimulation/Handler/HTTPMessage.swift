/// An HTTP/1.1 answer, as far as it has come.
///
/// Knows what an answer to a POST can be (RFC 9112): a body by `Content-Length`, in chunks, or up to the end of the
/// connection; interim answers are passed over.
struct HTTPMessage {
    /// An answer that is whole.
    struct Answer {
        let status: Int
        /// Names in lower case.
        let headers: [String: String]
        let body: [UInt8]
        /// Whether the connection can carry another request.
        let keepsAlive: Bool
    }

    static let headLimit = 64 << 10
    static let bodyLimit = 16 << 20

    private(set) var bytes: [UInt8] = []

    mutating func append(_ more: ArraySlice<UInt8>) { bytes += more }

    /// The answer, if it is whole.
    ///
    /// - Parameter isClosed: whether nothing more will come.
    /// - Throws: `malformed` for what is no answer, or longer than is accepted.
    mutating func answer(isClosed: Bool) throws(Refusal) -> Answer? {
        guard let headEnd = bytes.endOfHead else {
            guard bytes.count <= Self.headLimit else { throw Refusal(.malformed, "the headers exceed 64 KiB") }
            return nil
        }
        let lines = String(decoding: bytes[..<headEnd], as: UTF8.self).split(separator: "\r\n")
        let words = lines.first?.split(separator: " ", maxSplits: 2) ?? []
        guard words.count >= 2, words[0].hasPrefix("HTTP/1."), words[1].utf8.count == 3, let status = Int(words[1])
        else { throw Refusal(.malformed, "what came is not HTTP/1.1") }
        if (100..<200).contains(status) {
            bytes.removeFirst(headEnd)
            return try answer(isClosed: isClosed)
        }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { throw Refusal(.malformed, "a header has no colon") }
            headers[line[..<colon].lowercased()] = line[line.index(after: colon)...].trimmed
        }
        guard let body = try body(bytes[headEnd...], status, headers, isClosed: isClosed) else { return nil }
        let connection = headers["connection"]?.lowercased()
        let keepsAlive =
            connection == "close" || isClosed ? false : words[0] == "HTTP/1.1" || connection == "keep-alive"
        return Answer(status: status, headers: headers, body: body, keepsAlive: keepsAlive)
    }

    private func body(
        _ rest: ArraySlice<UInt8>, _ status: Int, _ headers: [String: String], isClosed: Bool
    ) throws(Refusal) -> [UInt8]? {
        let tooLong = Refusal(.malformed, "the body exceeds 16 MiB")
        if status == 204 || status == 304 { return [] }
        if headers["transfer-encoding"]?.lowercased() == "chunked" {
            guard rest.count <= 2 * Self.bodyLimit else { throw tooLong }
            return try Self.chunks(rest)
        }
        guard let text = headers["content-length"] else {
            guard rest.count <= Self.bodyLimit else { throw tooLong }
            return isClosed ? Array(rest) : nil
        }
        guard let length = Int(text), length >= 0 else { throw Refusal(.malformed, "Content-Length is no number") }
        guard length <= Self.bodyLimit else { throw tooLong }
        return rest.count >= length ? Array(rest.prefix(length)) : nil
    }

    private static func chunks(_ rest: ArraySlice<UInt8>) throws(Refusal) -> [UInt8]? {
        var rest = rest
        var body: [UInt8] = []
        while let lineEnd = rest.firstIndex(of: 10) {
            let size = String(decoding: rest[..<lineEnd].prefix { $0 != 13 && $0 != UInt8(ascii: ";") }, as: UTF8.self)
            guard let size = Int(size.trimmed, radix: 16), (0...bodyLimit).contains(size) else {
                throw Refusal(.malformed, "a chunk has no size")
            }
            rest = rest[(lineEnd + 1)...]
            guard rest.count >= size + 2 else { return nil }
            if size == 0 { return body }
            body += rest.prefix(size)
            guard body.count <= bodyLimit else { throw Refusal(.malformed, "the body exceeds 16 MiB") }
            rest = rest.dropFirst(size + 2)
        }
        return nil
    }
}

extension [UInt8] {
    /// Where the body begins.
    fileprivate var endOfHead: Int? {
        guard count >= 4 else { return nil }
        for index in 0...(count - 4)
        where self[index] == 13 && self[index + 1] == 10 && self[index + 2] == 13 && self[index + 3] == 10 {
            return index + 4
        }
        return nil
    }
}

extension StringProtocol {
    fileprivate var trimmed: String {
        var text = Substring(self)
        while let first = text.first, first == " " || first == "\t" { text.removeFirst() }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return String(text)
    }
}
