/// Text as XML and HTML have it.
package enum Markup {
    /// Text between tags.
    ///
    /// Control characters, which XML 1.0 cannot hold in any form, become U+FFFD.
    package static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case _ where !isCharacter(scalar): escaped += "\u{FFFD}"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    /// The value of an attribute, with its quotation marks.
    ///
    /// Line ends are kept, by reference: parsers read those that stand in a value as spaces.
    package static func quoted(_ text: String) -> String {
        let escaped = escaped(text).replacing("\"", with: "&quot;").replacing("\n", with: "&#10;")
        return "\"\(escaped)\""
    }

    /// Whether a character may stand in a document (XML 1.0, production 2).
    private static func isCharacter(_ scalar: Unicode.Scalar) -> Bool {
        (scalar.value >= 32 || [9, 10, 13].contains(scalar.value)) && scalar.value != 0xFFFE && scalar.value != 0xFFFF
    }
}
