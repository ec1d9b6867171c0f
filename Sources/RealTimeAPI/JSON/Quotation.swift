extension String {
    /// As it can be shown in a line, whatever it holds: what acts on a terminal, ends a line, turns the direction of text
    /// or can't be seen (controls, those of U+0080...U+009F too, format characters, line and paragraph separators) is escaped
    /// as in JSON, of which a text is therefore the same text.
    ///
    /// All text from outside goes through here before people see it: what handlers answer, names of files and voices, what
    /// callers say, in transcripts, notes, reports and logs. Data for programs keeps its bytes.
    package var harmless: String {
        // Most texts are plain; this is a vector's work.
        guard !utf8.allSatisfy({ $0 &- 32 < 95 }), unicodeScalars.contains(where: \.isHarmful) else { return self }
        return unicodeScalars.map { $0.isHarmful ? $0.escaped : String($0) }.joined()
    }

    /// With each number in it as `#`: for logs, which hold neither telephone numbers nor what callers have keyed.
    package var withoutNumbers: String { replacing(/\d+/, with: "#") }

    /// Its beginning, as it can stand in a message.
    package var excerpt: String { harmless(atMost: 40) }

    /// As it can be shown in a line, and no more than so many characters of it; what is cut off is shown by dots.
    package func harmless(atMost count: Int) -> String {
        let start = unicodeScalars.prefix(count + 1)
        guard start.count > count else { return harmless }
        return String(String.UnicodeScalarView(start.prefix(count - 3))).harmless + "..."
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
