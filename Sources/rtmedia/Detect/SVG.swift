/// The few shapes of SVG that a drawing needs, as text; numbers are pixels.
enum SVG {
    static func line(
        _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, stroke: String, width: Double = 1, dash: String = ""
    ) -> String {
        "<line x1=\"\(rounded(x1))\" y1=\"\(rounded(y1))\" x2=\"\(rounded(x2))\" y2=\"\(rounded(y2))\" stroke=\"\(stroke)\" "
            + "stroke-width=\"\(width)\"\(dash.isEmpty ? "" : " stroke-dasharray=\"\(dash)\"")/>"
    }

    static func rectangle(_ x: ClosedRange<Double>, _ y: ClosedRange<Double>, fill: String, opacity: Double = 1)
        -> String
    {
        "<rect x=\"\(rounded(x.lowerBound))\" y=\"\(rounded(y.lowerBound))\" width=\"\(rounded(x.upperBound - x.lowerBound))\" "
            + "height=\"\(rounded(y.upperBound - y.lowerBound))\" fill=\"\(fill)\" opacity=\"\(opacity)\"/>"
    }

    static func text(
        _ x: Double, _ y: Double, _ text: String, size: Int = 13, weight: String = "normal", anchor: String = "start",
        fill: String = "#222222"
    ) -> String {
        "<text x=\"\(rounded(x))\" y=\"\(rounded(y))\" font-size=\"\(size)\" font-weight=\"\(weight)\" "
            + "text-anchor=\"\(anchor)\" fill=\"\(fill)\">\(escaped(text))</text>"
    }

    static func rounded(_ value: Double) -> Double { (value * 10).rounded() / 10 }

    static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            // XML has no way to write control characters.
            case _ where character.value < 32: escaped += "\u{FFFD}"
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }
}
