/// What the value of an attribute may be, and how the engine is told it.
enum SSMLValue {
    /// One of some words.
    case words([String])
    /// One of some words; others have no effect.
    case openWords([String])
    /// A word, or a number with a unit and perhaps a sign.
    case prosody([String])
    case number(ClosedRange<Int>)
    /// A tag of BCP 47.
    case language
    /// What a voice of the engine is called, or its file within the engine's folder, perhaps with a variant.
    case voice
    /// Seconds or milliseconds.
    case time

    /// Whether a value that is none of these is left out and not refused.
    var isOpen: Bool {
        if case .openWords = self { true } else { false }
    }

    /// The value as the engine is told it; nil if it may not be.
    func value(_ text: String) -> String? {
        let text = text.trimmed
        return switch self {
        case .words(let words), .openWords(let words): words.contains(text) ? text : nil
        case .prosody(let words): words.contains(text) || Self.isMeasure(text) ? text : nil
        case .number(let range):
            text.utf8.allSatisfy(Self.isDigit) ? Int(text).flatMap { range.contains($0) ? String($0) : nil } : nil
        case .language: Self.isLanguage(text) ? text : nil
        case .voice: VoiceName.isPlain(text) ? text : nil
        case .time: Self.milliseconds(text).map { "\($0)ms" }
        }
    }

    /// What people call such values.
    var name: String {
        switch self {
        case .words(let words), .openWords(let words): words.joined(separator: ", ")
        case .prosody(let words): words.joined(separator: ", ") + ", or as in 80%, +10% or -2st"
        case .number(let range): "\(range.lowerBound)...\(range.upperBound)"
        case .language: "a language, as in fr-FR"
        case .voice: "the name of a voice of this machine, which starts no other program, as in roa/fr or en+f2"
        case .time: "0s...\(SSML.maximumPause / 1000)s, as in 1.5s or 500ms"
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

    private static func isLetter(_ byte: UInt8) -> Bool { (65...90).contains(byte) || (97...122).contains(byte) }

    /// Whether a text is a number of at most four digits before the point and three behind it.
    private static func isDecimal(_ text: Substring) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count <= 2 && (1...4).contains(parts[0].utf8.count)
            && (parts.count < 2 || (1...3).contains(parts[1].utf8.count))
            && parts.allSatisfy { $0.utf8.allSatisfy(isDigit) }
    }

    private static func isMeasure(_ text: String) -> Bool {
        var number = Substring(text)
        if number.first == "+" || number.first == "-" { number = number.dropFirst() }
        for unit in ["%", "st", "Hz", "dB"] where number.hasSuffix(unit) {
            return isDecimal(number.dropLast(unit.count))
        }
        return isDecimal(number)
    }

    private static func milliseconds(_ text: String) -> Int? {
        var number = Substring(text)
        if number.first == "+" { number = number.dropFirst() }
        let unit = number.hasSuffix("ms") ? 1.0 : 1000
        guard number.hasSuffix("s") else { return nil }
        number = number.dropLast(number.hasSuffix("ms") ? 2 : 1)
        let parts = number.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, !number.isEmpty, number.utf8.count <= 12,
            parts.allSatisfy({ $0.utf8.allSatisfy(isDigit) }), let value = Double(number)
        else { return nil }
        let milliseconds = (value * unit).rounded()
        return milliseconds <= Double(SSML.maximumPause) ? Int(milliseconds) : nil
    }

    private static func isLanguage(_ text: String) -> Bool {
        text.utf8.count <= 35
            && text.split(separator: "-", omittingEmptySubsequences: false).enumerated().allSatisfy { index, part in
                (1...8).contains(part.utf8.count)
                    && part.utf8.allSatisfy { isLetter($0) || index > 0 && isDigit($0) }
            }
    }
}

extension String {
    /// Without spaces around it.
    fileprivate var trimmed: String {
        var text = Substring(self)
        while text.first == " " { text = text.dropFirst() }
        while text.last == " " { text = text.dropLast() }
        return String(text)
    }
}
