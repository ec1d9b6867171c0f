extension SSML {
    /// The markup that the engine reads: nothing but what was understood, written anew.
    ///
    /// Reading it gives the same text again, without warnings.
    package var engineText: String {
        var text = ""
        for node in nodes { text.write(node) }
        return text
    }
}

extension String {
    fileprivate mutating func write(_ node: SSML.Node) {
        switch node {
        case .text(let text): write(escaping: text)
        case .element(let element): write(element)
        }
    }

    private mutating func write(_ element: SSMLElement) {
        switch element.effect {
        case .silent: return
        case .replaced(let alias): write(escaping: alias)
        case .none: for child in element.children { write(child) }
        case .apart:
            self += " "
            for child in element.children { write(child) }
            self += " "
        case .engine(let name):
            self += "<\(name)"
            for attribute in element.attributes { self += " \(attribute.name)=\"\(attribute.value)\"" }
            // These hold nothing; what stands in them is spoken after them.
            let isEmpty = name == "break" || name == "br"
            self += isEmpty ? "/>" : ">"
            for child in element.children { write(child) }
            if !isEmpty { self += "</\(name)>" }
        }
    }

    private mutating func write(escaping text: String) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": self += "&amp;"
            case "<": self += "&lt;"
            case ">": self += "&gt;"
            // Written by its number; whoever reads it anew would take it for a line end.
            case "\r": self += " "
            default: unicodeScalars.append(scalar)
            }
        }
    }
}
