import Crypto
import NIOHTTP1
import StudioPage
import TelephonyAudio

/// Who is let in: whoever has the token, from a page of this server or from no page at all.
///
/// Another site's page can make a browser send requests here, and can have its own name lead here (DNS rebinding). The second is told by
/// `Host`. Of the first a link to the page alone is followed, for which browsers bring the cookie (`SameSite=Lax`); whatever else they
/// send for another site is told by `Origin` and `Sec-Fetch-Site`, and what changes anything must say that it comes from here.
struct AccessRules: Sendable {
    private let token: AccessToken
    private let host: String
    private let port: Int

    init(token: AccessToken, host: String, port: Int) {
        self.token = token
        self.host = host
        self.port = port
    }

    /// Checks the head of a request.
    ///
    /// - Returns: the answer, if the head is enough for it; nil if the request may go on.
    /// - Throws: why it is refused.
    func check(_ head: HTTPRequestHead, _ target: RequestTarget) throws(StudioError) -> StudioReply? {
        let hosts = head.headers["Host"]
        guard hosts.count == 1, isOurs(hosts[0]) else {
            throw StudioError(
                .misdirectedRequest, "the request is for another host; open the address that rtmedia studio printed")
        }
        let origins = head.headers["Origin"]
        let isFromUs = origins.count == 1 && origins[0] == "http://\(hosts[0])"
        guard origins.isEmpty || isFromUs else {
            throw StudioError(.forbidden, "the request comes from a page of another site")
        }
        if target.path.isEmpty, head.method == .GET || head.method == .HEAD, let given = target.query["token"] {
            guard token.matches(given) else { return Self.lockedOut }
            var reply = StudioReply(.seeOther, "text/plain; charset=utf-8", .bytes([]))
            reply.fields = [
                ("Location", "/"),
                ("Set-Cookie", "\(cookieName)=\(token.text); Path=/; HttpOnly; SameSite=Lax"),
            ]
            return reply
        }
        if hasBearer(head.headers) { return nil }
        guard hasCookie(head.headers) else { return Self.lockedOut }
        let isRead = head.method == .GET || head.method == .HEAD
        let site = head.headers["Sec-Fetch-Site"]
        guard isFromUs || site == ["same-origin"] || isRead && (site.isEmpty || site == ["none"] || target.path.isEmpty)
        else {
            throw StudioError(.forbidden, "the request does not say that it comes from a page of the studio")
        }
        return nil
    }

    /// Whether a request for a WebSocket may have it: browsers say of each which page it comes from, and it must be one of ours.
    func admitsWebSocket(_ head: HTTPRequestHead, _ target: RequestTarget) -> Bool {
        // Why not is told by the answer to the request itself.
        do throws(StudioError) { guard try check(head, target) == nil else { return false } } catch { return false }
        return hasBearer(head.headers) || !head.headers["Origin"].isEmpty
    }

    // MARK: Host

    private func isOurs(_ given: String) -> Bool {
        let given = given.lowercased()
        let suffix = ":\(port)"
        let name = given.hasSuffix(suffix) ? String(given.dropLast(suffix.count)) : port == 80 ? given : nil
        guard let name else { return false }
        if ["127.0.0.1", "localhost", "[::1]", host.lowercased(), "[\(host.lowercased())]"].contains(name) {
            return true
        }
        // Whoever listens on all addresses can't know them; a name that leads here is none of them.
        return ["0.0.0.0", "::"].contains(host) && Self.isAddress(name)
    }

    /// Whether it is an IP address, which no name of another site can pass for.
    private static func isAddress(_ name: String) -> Bool {
        if name.hasPrefix("["), name.hasSuffix("]") {
            return name.dropFirst().dropLast().utf8.allSatisfy { $0 == 58 || $0 == 46 || isHexadecimal($0) }
        }
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool { (48...57).contains(byte) || (97...102).contains(byte) }

    // MARK: Token

    /// Cookies are of a host, whatever the port: each studio has its own name for it.
    private var cookieName: String { "rtmedia-studio-\(port)" }

    private func hasCookie(_ headers: HTTPHeaders) -> Bool {
        for field in headers["Cookie"] {
            for cookie in field.split(separator: ";") {
                let sides = cookie.split(separator: "=", maxSplits: 1)
                guard sides.count == 2, sides[0].drop(while: { $0 == " " }) == cookieName else { continue }
                if token.matches(sides[1]) { return true }
            }
        }
        return false
    }

    private func hasBearer(_ headers: HTTPHeaders) -> Bool {
        let fields = headers["Authorization"]
        guard fields.count == 1, fields[0].lowercased().hasPrefix("bearer ") else { return false }
        return token.matches(fields[0].dropFirst(7))
    }

    private static let lockedOut: StudioReply = {
        let page = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>rtmedia studio</title></head>
            <body><h1>This is a studio of rtmedia</h1>
            <p>It is open to whoever has the address that <code>rtmedia studio</code> printed when it was started,
            with the token in it. Open that address.</p></body></html>

            """
        return StudioReply(.unauthorized, "text/html; charset=utf-8", .bytes(Array(page.utf8)))
    }()

    // MARK: What browsers are told

    /// Fields of every answer: nothing of the page comes from elsewhere, and nobody frames it.
    static let fields: [(String, String)] = [
        ("Content-Security-Policy", policy), ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"), ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ]

    private static let policy: String = {
        let scripts = inlineScripts(in: StudioPage.index.bytes).map { " '\($0)'" }.joined()
        return [
            "default-src 'self'", "script-src 'self'\(scripts)", "img-src 'self' data: blob:",
            "media-src 'self' blob:", "worker-src 'self' blob:", "object-src 'none'", "base-uri 'none'",
            "form-action 'none'", "frame-ancestors 'none'",
        ].joined(separator: "; ")
    }()

    /// The digests of the import maps in a page, which browsers run as inline scripts.
    private static func inlineScripts(in page: [UInt8]) -> [String] {
        String(decoding: page, as: UTF8.self).split(separator: "<script type=\"importmap\">").dropFirst().map { part in
            let text = part.prefix(upTo: part.firstRange(of: "</script>")?.lowerBound ?? part.endIndex)
            let digest = Array(SHA256.hash(data: Array(text.utf8)))
            return "sha256-\(Base64.encode(digest.span.bytes))"
        }
    }
}
