/// Markup as the engine is handed it: text, `prosody` with numbers, and letters that are said one by one, and nothing else.
///
/// The worker reads it anew before the engine does, whoever wrote it.
package struct EngineText: Sendable, Hashable {
    /// What was understood, written anew.
    package private(set) var text = ""

    /// Reads a markup.
    ///
    /// - Throws: the first thing that no engine is handed.
    package init(_ markup: String) throws(MarkupFinding) {
        var reader = try XMLReader(markup)
        var open: [String] = []
        while true {
            let place = reader.place
            guard let token = try reader.next() else { break }
            switch token {
            case .text(let part): text += part.escaped
            case .start(let name, let attributes, false) where open.count < 2 && Self.elements.contains(name):
                open.append(name)
                text += "<\(name)"
                for attribute in attributes {
                    guard Self.accepts(attribute.name, attribute.value, of: name) else {
                        throw reader.finding(
                            "\(attribute.name) of <\(name)> is not for the engine", at: attribute.place)
                    }
                    text += " \(attribute.name)=\"\(attribute.value)\""
                }
                text += ">"
            case .end(let name) where open.last == name:
                open.removeLast()
                text += "</\(name)>"
            case .start(let name, _, _), .end(let name):
                throw reader.finding("<\(name)> is not for the engine", at: place)
            }
        }
        guard open.isEmpty else { throw reader.finding("<\(open[0])> is never closed", at: reader.place) }
    }

    private static let elements = ["prosody", "say-as"]

    private static func accepts(_ name: String, _ value: String, of element: String) -> Bool {
        switch (element, name) {
        case ("say-as", "interpret-as"): value == "characters"
        case ("prosody", "rate"): value.hasSuffix("%") && SSMLValue.whole(String(value.dropLast())) != nil
        case ("prosody", "pitch"), ("prosody", "range"), ("prosody", "volume"): SSMLValue.whole(value) != nil
        default: false
        }
    }
}

extension String {
    /// As text of a markup.
    var escaped: String {
        var text = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            // Written by its number; whoever reads it anew would take it for a line end.
            case "\r": text += " "
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
