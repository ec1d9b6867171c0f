import TelephonyAudio
import Testing

@testable import CallSimulation

/// Where a handler listens.
@Suite struct HandlerAddressTests {
    @Test("an address has its parts, or their defaults")
    func parts() throws {
        let full = try HandlerAddress("https://login:p%40ss@example.com:8443/a/b?c=d#e")
        #expect(full.isSecure && full.host == "example.com" && full.port == 8443 && full.path == "/a/b?c=d")
        #expect(full.credentials == "login:p@ss" && full.hostHeader == "example.com:8443")
        let plain = try HandlerAddress("http://a")
        #expect(!plain.isSecure && plain.host == "a" && plain.port == 80 && plain.path == "/")
        #expect(plain.credentials == nil && plain.hostHeader == "a")
        let secure = try HandlerAddress("https://a?b")
        #expect(secure.port == 443 && secure.path == "/?b" && secure.hostHeader == "a")
        let v6 = try HandlerAddress("http://[::1]:8080/")
        #expect(v6.host == "::1" && v6.port == 8080 && v6.hostHeader == "[::1]:8080")
        #expect(try HandlerAddress("http://[::1]/").hostHeader == "[::1]")
        #expect(
            try HandlerAddress("http://a:80/").hostHeader == "a" && HandlerAddress("https://a:80/").hostHeader == "a:80"
        )
        #expect(try HandlerAddress("http://a:443/").hostHeader == "a:443")
    }

    @Test(
        "in credentials only what is percent-encoded is resolved; the last @ ends them",
        arguments: [
            ("a%3Ab:c", "a:b:c"), ("a:%+f", "a:%+f"), ("a:%f", "a:%f"), ("a:%zz%41", "a:%zzA"), ("a:b@c", "a:b@c"),
            ("a:%C3%a9", "a:é"), ("a:%", "a:%"),
        ])
    func credentials(_ written: String, _ meant: String) throws {
        #expect(try HandlerAddress("http://\(written)@host/").credentials == meant)
    }

    @Test(
        "what is no address is refused, and it is said why",
        arguments: [
            ("ftp://a/", "must begin with http:// or https://"), ("a:80", "must begin with http:// or https://"),
            ("http://a /", "must be ASCII without spaces"), ("http://é/", "must be ASCII without spaces"),
            ("http:///", "names no host"), ("http://:80/", "names no host"), ("http://l:p@/", "names no host"),
            ("http://[::1/", "[ needs its ]"), ("http://a:/", "its port must lie in 1...65535"),
            ("http://a:0/", "its port must lie in 1...65535"), ("http://a:65536/", "its port must lie in 1...65535"),
            ("http://a:+80/", "its port must lie in 1...65535"), ("http://a:-1/", "its port must lie in 1...65535"),
            ("http://a:80x/", "its port must lie in 1...65535"), ("http://[::1]80/", "its port must lie in 1...65535"),
        ])
    func refused(_ text: String, _ reason: String) {
        #expect(throws: SimulationError(.address, text, reason)) { try HandlerAddress(text) }
    }
}
