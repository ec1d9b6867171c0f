extension String {
    /// As it can stand in a message, whatever it holds: what terminals act on, and line ends, are escaped as in JSON.
    package var harmless: String {
        guard unicodeScalars.contains(where: \.isHarmful) else { return self }
        return unicodeScalars.map { $0.isHarmful ? $0.escaped : String($0) }.joined()
    }

    /// With each number in it as `#`: for logs, which hold neither telephone numbers nor what callers have keyed.
    package var withoutNumbers: String { replacing(/\d+/, with: "#") }

    /// Its beginning, as it can stand in a message.
    package var excerpt: String {
        let start = unicodeScalars.prefix(41)
        return start.count > 40 ? String(String.UnicodeScalarView(start.prefix(37))).harmless + "..." : harmless
    }
}

extension Unicode.Scalar {
    fileprivate var isHarmful: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }

    fileprivate var escaped: String {
        UTF16.encode(self)!.map { unit in
            let digits = String(unit, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }.joined()
    }
}
