/// A drawing in SVG, coloured by the classes of the report's style sheet.
struct Drawing {
    private let width: Double
    private let height: Double
    private let label: String
    private var parts: [String] = []

    /// - Parameter label: what it shows, for those who do not see it.
    init(width: Double, height: Double, label: String) {
        self.width = width
        self.height = height
        self.label = label
    }

    /// The whole element.
    var svg: String {
        "<svg viewBox=\"0 0 \(number(width)) \(number(height))\" role=\"img\" aria-label=\"\(escaped(label))\">"
            + parts.joined() + "</svg>\n"
    }

    mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ style: String) {
        parts.append(
            "<line x1=\"\(number(x1))\" y1=\"\(number(y1))\" x2=\"\(number(x2))\" y2=\"\(number(y2))\" class=\"\(style)\"/>"
        )
    }

    mutating func rectangle(
        _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ style: String, title: String? = nil
    ) {
        let shape =
            "<rect x=\"\(number(x))\" y=\"\(number(y))\" width=\"\(number(max(0, width)))\" height=\"\(number(max(0, height)))\" class=\"\(style)\""
        parts.append(title.map { "\(shape)><title>\(escaped($0))</title></rect>" } ?? shape + "/>")
    }

    mutating func circle(_ x: Double, _ y: Double, radius: Double, _ style: String, title: String? = nil) {
        let shape = "<circle cx=\"\(number(x))\" cy=\"\(number(y))\" r=\"\(number(radius))\" class=\"\(style)\""
        parts.append(title.map { "\(shape)><title>\(escaped($0))</title></circle>" } ?? shape + "/>")
    }

    mutating func text(_ x: Double, _ y: Double, _ text: String, _ style: String) {
        parts.append("<text x=\"\(number(x))\" y=\"\(number(y))\" class=\"\(style)\">\(escaped(text))</text>")
    }

    /// Text that goes upwards.
    mutating func upright(_ x: Double, _ y: Double, _ text: String, _ style: String) {
        parts.append(
            "<text transform=\"translate(\(number(x)) \(number(y))) rotate(-90)\" class=\"\(style)\">\(escaped(text))</text>"
        )
    }

    mutating func path(_ data: String, _ style: String) {
        parts.append("<path d=\"\(data)\" class=\"\(style)\"/>")
    }

    /// Joined points.
    mutating func polyline(_ points: [(x: Double, y: Double)], _ style: String) {
        let list = points.map { "\(number($0.x)) \(number($0.y))" }.joined(separator: " ")
        parts.append("<polyline points=\"\(list)\" class=\"\(style)\"/>")
    }

    /// A filled outline.
    mutating func polygon(_ points: [(x: Double, y: Double)], _ style: String) {
        let list = points.map { "\(number($0.x)) \(number($0.y))" }.joined(separator: " ")
        parts.append("<polygon points=\"\(list)\" class=\"\(style)\"/>")
    }
}

/// A number with one decimal, and none where it is 0.
func number(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0
        ? "\(tenths / 10)" : "\(tenths < 0 && tenths > -10 ? "-" : "")\(tenths / 10).\(abs(tenths % 10))"
}

/// Text as HTML and SVG have it.
func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "&": escaped += "&amp;"
        case "<": escaped += "&lt;"
        case ">": escaped += "&gt;"
        case "\"": escaped += "&quot;"
        case _ where scalar.value < 32 && scalar != "\n": escaped += "\u{FFFD}"
        default: escaped.unicodeScalars.append(scalar)
        }
    }
    return escaped
}

/// A share as in `5.3 %`.
func percent(_ share: Double) -> String { "\(decimal(share * 100, 1))\u{A0}%" }

/// A number with so many decimals.
func decimal(_ value: Double, _ digits: Int) -> String {
    var scale = 1
    for _ in 0..<digits { scale *= 10 }
    let scaled = Int((abs(value) * Double(scale)).rounded())
    let sign = value < 0 && scaled > 0 ? "-" : ""
    guard digits > 0 else { return "\(sign)\(scaled)" }
    let fraction = "\(scaled % scale)"
    return "\(sign)\(scaled / scale)." + String(repeating: "0", count: digits - fraction.count) + fraction
}

/// Milliseconds as people read them: `480 ms`, `6.9 s`.
func time(_ milliseconds: Int) -> String {
    guard milliseconds >= 1000 else { return "\(milliseconds)\u{A0}ms" }
    let hundredths = (milliseconds + 5) / 10
    if hundredths % 100 == 0 { return "\(hundredths / 100)\u{A0}s" }
    return hundredths % 10 == 0
        ? "\(hundredths / 100).\(hundredths % 100 / 10)\u{A0}s" : "\(decimal(Double(milliseconds) / 1000, 2))\u{A0}s"
}
