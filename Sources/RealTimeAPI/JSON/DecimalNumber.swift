/// A JSON number, exactly as it is written: no `Double` comes between, which would round it.
struct DecimalNumber {
    private let isNegative: Bool
    /// The digits from the first that is not 0 to the last; empty for zero.
    private let digits: [UInt8]
    /// The power of ten that the digits are multiplied by.
    private let exponent: Int

    /// A number.
    ///
    /// - Parameter text: as RFC 8259 has it.
    init(_ text: String) {
        var rest = Substring(text).utf8
        isNegative = rest.first == UInt8(ascii: "-")
        if isNegative { rest.removeFirst() }
        let parts = rest.split { $0 | 32 == UInt8(ascii: "e") }
        let mantissa = parts[0].split(separator: UInt8(ascii: "."))
        var digits = mantissa.joined().drop { $0 == UInt8(ascii: "0") }.map { $0 }
        var exponent = parts.count > 1 ? Self.bounded(Substring(parts[1])) : 0
        if mantissa.count > 1 { exponent -= mantissa[1].count }
        while digits.last == UInt8(ascii: "0") {
            digits.removeLast()
            exponent += 1
        }
        self.digits = digits
        self.exponent = exponent
    }

    /// An exponent; of those beyond any use one is as good as another, and leaves room for the digits to be counted.
    private static func bounded(_ text: Substring) -> Int {
        let exponent = Int(text) ?? (text.first == "-" ? .min : .max)
        return min(max(exponent, .min / 2), .max / 2)
    }

    var isWhole: Bool { digits.isEmpty || exponent >= 0 }
    /// How many digits it has if it is whole, 0 for zero.
    var wholeDigitCount: Int? { isWhole ? (digits.isEmpty ? 0 : digits.count + exponent) : nil }
    var isBelowZero: Bool { isNegative && !digits.isEmpty }

    /// The number, if it is a whole one that fits.
    func integer<Number: FixedWidthInteger>(_ type: Number.Type = Number.self) -> Number? {
        guard !digits.isEmpty else { return 0 }
        guard (0...20).contains(exponent) else { return nil }
        let zeros = repeatElement(UInt8(ascii: "0"), count: exponent)
        return Number((isNegative ? "-" : "") + String(decoding: digits + zeros, as: UTF8.self))
    }
}
