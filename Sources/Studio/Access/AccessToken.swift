/// What opens the studio to whoever has been told the address: 128 bits from the system's secure source.
package struct AccessToken: Sendable, CustomStringConvertible, CustomReflectable {
    /// As it stands in the address.
    package let text: String

    /// A new one.
    package init() {
        var source = SystemRandomNumberGenerator()
        text = (0..<2).map { _ in
            let digits = String(source.next() as UInt64, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }

    /// Whether a text is it; takes the same time whatever is wrong with it.
    func matches(_ given: some StringProtocol) -> Bool {
        let (given, expected) = (Array(given.utf8), Array(text.utf8))
        var difference = given.count ^ expected.count
        for index in expected.indices {
            difference |= Int(expected[index] ^ (index < given.count ? given[index] : 0))
        }
        return difference == 0
    }

    /// Says nothing.
    package var description: String { "(token)" }
    /// Shows nothing.
    package var customMirror: Mirror { Mirror(self, children: []) }
}
