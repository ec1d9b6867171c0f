import Testing

@testable import Studio

/// Ranges as browsers ask for them.
@Suite struct ByteRangeTests {
    @Test(
        "a range is what RFC 9110 says",
        arguments: [
            (nil, .whole), ("bytes=0-0", .part(0..<1)), ("bytes=0-", .part(0..<100)), ("bytes=-1", .part(99..<100)),
            ("bytes=-200", .part(0..<100)), ("bytes=99-1000", .part(99..<100)), ("bytes=100-", .unsatisfiable),
            ("bytes=-0", .unsatisfiable), ("bytes=5-4", .whole), ("bytes=0-1,5-6", .whole), ("bytes=a-b", .whole),
            ("bytes=-", .whole), ("items=0-1", .whole), ("bytes=1--2", .whole), ("bytes= 1-2", .whole),
            ("bytes=0-18446744073709551616", .part(0..<100)), ("bytes=18446744073709551616-", .unsatisfiable),
        ] as [(String?, ByteRange)])
    func ranges(field: String?, expected: ByteRange) { #expect(ByteRange(field, of: 100) == expected) }

    @Test("of nothing there is no part")
    func nothing() {
        #expect(ByteRange("bytes=0-", of: 0) == .unsatisfiable && ByteRange("bytes=-5", of: 0) == .unsatisfiable)
    }
}
