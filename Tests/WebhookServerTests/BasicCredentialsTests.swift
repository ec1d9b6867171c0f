import Testing

@testable import WebhookServer

/// HTTP Basic authentication.
@Suite struct BasicCredentialsTests {
    /// The first is RFC 7617's own; the others are what base64(1) prints, with each length of padding.
    @Test(arguments: [
        ("Aladdin", "open sesame", "QWxhZGRpbjpvcGVuIHNlc2FtZQ=="), ("a", "b", "YTpi"), ("a", "", "YTo="),
        ("", "", "Og=="), ("call", "pass:wörd", "Y2FsbDpwYXNzOnfDtnJk"), ("\u{3FF}", "\u{FFFF}~", "z78677+/fg=="),
    ])
    func `a login and a password are expected as RFC 7617 has them`(login: String, password: String, text: String) {
        let credentials = BasicCredentials(login: login, password: password)
        #expect(credentials.match("Basic \(text)") && credentials.match("bAsIc \(text)"))
        #expect(!credentials.match("Basic \(text)A") && !credentials.match("Basic \(text.dropLast())"))
        #expect(!credentials.match(nil) && !credentials.match(text))
    }
}
