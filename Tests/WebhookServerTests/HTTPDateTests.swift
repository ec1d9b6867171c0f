import Testing

@testable import WebhookServer

/// The time in answers.
@Suite struct HTTPDateTests {
    /// The first is RFC 9110's own; the others are what date(1) prints, of a leap day and of the year's last second too.
    @Test(arguments: [
        (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"), (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
        (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"), (1_798_761_599, "Thu, 31 Dec 2026 23:59:59 GMT"),
    ])
    func `a time is written as RFC 9110 has it`(second: Int, text: String) {
        #expect(HTTPDate.text(second) == text)
    }
}
