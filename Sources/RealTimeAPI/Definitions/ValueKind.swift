/// What a field may hold: the one definition that both validation and the schema are made of.
indirect enum ValueKind: Sendable {
    case bool
    /// Any text, or text of a form: what people call it, and a regular expression that both Swift and ECMA 262 know.
    case text(form: TextForm? = nil)
    /// One of some words.
    case choice([String])
    /// One of some words, among which others are unusual but no error.
    case openChoice([String])
    /// A whole number, usually in a smaller range.
    case integer(ClosedRange<Int>, unit: NumberUnit = .things, usually: ClosedRange<Int>? = nil)
    /// Text that is not empty, or a whole number, which is unusual but no error.
    case roomID
    case callID
    case commandID
    /// Media; whether 0, for nothing, is allowed.
    case media(orNone: Bool)
    case callerID
    case wav
    case list(of: any AnyDefinition, atLeast: Int)
    case variables
    /// Text or a whole number: results are both, and keys that a caller pressed may come as either.
    case result
    case textOrNull
}

extension ValueKind {
    /// More than the 20 keys that `read` takes.
    static let maximumResultDigits = 40
}

/// A form of text.
struct TextForm: Sendable {
    /// As in "a string of at most 10 digits".
    let name: String
    /// As in `^[0-9]{0,10}$`.
    let pattern: String
    /// Whether the pattern allows no line ends.
    var hasNoLineEnd = true
    let matches: @Sendable (String) -> Bool

    /// That a text has another form; nothing if it has this one.
    func findings(_ text: String) -> [Finding] { matches(text) ? [] : [.error(.string(text), "must be \(name)")] }
}

extension TextForm {
    private static func counted(
        _ name: String, _ set: String, _ characters: @escaping @Sendable (UInt8) -> Bool, _ count: ClosedRange<Int>
    ) -> TextForm {
        TextForm(name: name, pattern: "^[\(set)]{\(count.lowerBound),\(count.upperBound)}$") { text in
            count.contains(text.utf8.count) && text.utf8.allSatisfy(characters)
        }
    }

    static let notEmpty = TextForm(name: "a string that is not empty", pattern: #"^[\s\S]"#, hasNoLineEnd: false) {
        !$0.isEmpty
    }
    static let pin = counted("a string of at most 10 digits", "0-9", { (48...57).contains($0) }, 0...10)
    static let keys = TextForm(name: "a string of one or more keys, 0-9, * and #", pattern: "^[0-9*#]+$") { text in
        !text.isEmpty && text.utf8.allSatisfy { (48...57).contains($0) || $0 == 42 || $0 == 35 }
    }
    static let customField = counted(
        "a string of at most 32 letters and digits", "0-9A-Za-z",
        { (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) }, 0...32)
    static let phoneNumber = TextForm(
        name: "a string with a number in E.164, as in \"+33612345678\"", pattern: PhoneNumber.pattern
    ) { PhoneNumber($0) != nil }
    static let locale = TextForm(
        name: "a string with a locale, as in \"fr_FR\", or an empty one",
        pattern: "^([A-Za-z]{2,3}([_-][A-Za-z0-9]{2,8})*)?$"
    ) { text in
        let parts = text.split(omittingEmptySubsequences: false) { $0 == "_" || $0 == "-" }
        func isWord(_ part: Substring, _ count: ClosedRange<Int>, digits: Bool) -> Bool {
            count.contains(part.utf8.count)
                && part.utf8.allSatisfy {
                    (65...90).contains($0) || (97...122).contains($0) || digits && (48...57).contains($0)
                }
        }
        return text.isEmpty
            || isWord(parts[0], 2...3, digits: false)
                && parts.dropFirst().allSatisfy { isWord($0, 2...8, digits: true) }
    }
}
