/// What the value of an attribute may be.
enum SSMLValue: Sendable {
    /// One of some words.
    case words([String])
    /// One of some words; others have no effect.
    case openWords([String])
    case number(ClosedRange<Int>)
    /// A tag of BCP 47.
    case language
    /// Some of them, with accents after a colon perhaps, separated by spaces.
    case languages
    /// Names of voices, separated by spaces.
    case voice
    /// Seconds or milliseconds.
    case time
    /// How fast, as a factor.
    case rate
    /// How high, as a factor of the frequency.
    case pitch
    /// How much the pitch moves, as a factor.
    case range
    /// How loud, as a factor of the amplitude.
    case volume

    /// Whether a value that is none of these is left out and not refused.
    var isOpen: Bool {
        if case .openWords = self { true } else { false }
    }

    /// Whether a value is one of these.
    func accepts(_ text: String) -> Bool {
        switch self {
        case .words(let words), .openWords(let words): words.contains(text)
        case .number(let range): Self.whole(text).map(range.contains) ?? false
        case .language: Self.isLanguage(text)
        case .languages: Self.firstLanguage(text) != nil
        case .voice: !Self.voiceNames(text).isEmpty
        case .time: Self.time(text) != nil
        case .rate: Self.rate(text) != nil
        case .pitch: Self.pitch(text) != nil || Self.isHertz(text)
        case .range: Self.range(text) != nil || Self.isHertz(text)
        case .volume: Self.volume(text) != nil
        }
    }

    /// What people call such values.
    var name: String {
        switch self {
        case .words(let words), .openWords(let words): words.filter { !$0.isEmpty }.joined(separator: ", ")
        case .number(let range): "\(range.lowerBound)...\(range.upperBound)"
        case .language: "a language, as in fr-FR"
        case .languages: "languages, as in fr-FR en"
        case .voice:
            "the name of a voice, which starts no other program, as in TTS_FR-FR_AUDREY, roa/fr or en+f2"
        case .time: "0s...\(Int(SSML.maximumPause / .seconds(1)))s, as in 1.5s or 500ms"
        case .rate: "default, x-slow, slow, medium, fast, x-fast, or as in 80%, +10% or 1.5, within 10...1000 %"
        case .pitch: "default, x-low, low, medium, high, x-high, or as in +10%, -2st"
        case .range: "default, x-low, low, medium, high, x-high, or as in 80%"
        case .volume: "default, silent, x-soft, soft, medium, loud, x-loud, or as in 80%, -6dB or 0...100"
        }
    }
}

/// What values mean.
extension SSMLValue {
    /// Seconds or milliseconds, to the microsecond; a sample of the engine, at 22,050 Hz, lasts 45.
    static func time(_ text: String) -> Duration? {
        var number = Substring(text)
        if number.first == "+" { number = number.dropFirst() }
        let unit = number.hasSuffix("ms") ? 1e3 : 1e6
        guard number.hasSuffix("s") else { return nil }
        number = number.dropLast(number.hasSuffix("ms") ? 2 : 1)
        guard number.utf8.count <= 12, let value = decimal(number) else { return nil }
        let microseconds = (value * unit).rounded()
        guard microseconds <= SSML.maximumPause / .microseconds(1) else { return nil }
        return .microseconds(Int(microseconds))
    }

    static func rate(_ text: String) -> Double? {
        let words = [
            "default": 1, "x-slow": 0.6, "slow": 0.8, "medium": 1, "fast": 1.25, "x-fast": 1.6,
        ]
        let factor = words[text] ?? percentage(text) ?? (isSigned(text) ? nil : decimal(Substring(text)))
        return factor.flatMap { (0.1...10).contains($0) ? $0 : nil }
    }

    static func pitch(_ text: String) -> Double? {
        let words = ["default": 1, "x-low": 0.75, "low": 0.87, "medium": 1, "high": 1.15, "x-high": 1.33]
        if let factor = words[text] ?? percentage(text) { return (0.01...100).contains(factor) ? factor : nil }
        guard text.hasSuffix("st"), isSigned(text), let tones = signed(text.dropLast(2)), abs(tones) <= 48 else {
            return nil
        }
        return power(of: tones / 12)
    }

    static func range(_ text: String) -> Double? {
        let words = ["default": 1, "x-low": 0.2, "low": 0.6, "medium": 1, "high": 1.4, "x-high": 2]
        return (words[text] ?? percentage(text)).flatMap { (0...10).contains($0) ? $0 : nil }
    }

    static func volume(_ text: String) -> Double? {
        let words = [
            "default": 1, "silent": 0, "x-soft": 0.3, "soft": 0.6, "medium": 1, "loud": 1.5, "x-loud": 2,
        ]
        if let factor = words[text] ?? percentage(text) { return (0...10).contains(factor) ? factor : nil }
        if text.hasSuffix("dB") {
            // 6.02 dB are twice the amplitude.
            guard let level = signed(text.dropLast(2)), (-96...20).contains(level) else { return nil }
            return power(of: level / 6.0206)
        }
        guard !isSigned(text), let value = decimal(Substring(text)), value <= 100 else { return nil }
        return value / 100
    }

    /// Whether a text is a frequency, which the engine's pitch is not told by.
    static func isHertz(_ text: String) -> Bool { text.hasSuffix("Hz") && signed(text.dropLast(2)) != nil }

    /// The names in a text.
    static func voiceNames(_ text: String) -> [String] {
        // A name of the engine may have spaces in it.
        if VoiceName.isPlain(text), text.contains(" ") {
            return [text] + text.split(separator: " ").map(String.init)
        }
        let names = text.split(separator: " ").map(String.init)
        return names.allSatisfy { VoiceName.isPlain($0) || isPlatformName($0) } ? names : []
    }

    /// Whether a name can be one of the platform's, which the engine never sees.
    private static func isPlatformName(_ text: String) -> Bool {
        let capitals = text.uppercased()
        return text.utf8.count <= 64 && (capitals.hasPrefix("TTS_") || capitals.hasPrefix("NUANCE_"))
            && text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
    }

    static func firstLanguage(_ text: String) -> String? {
        let first = text.split(separator: " ").first?.split(separator: ":").first.map(String.init)
        return first.flatMap { isLanguage($0) ? $0 : nil }
    }

    static func whole(_ text: String) -> Int? {
        (1...4).contains(text.utf8.count) && text.utf8.allSatisfy(isDigit) ? Int(text) : nil
    }

    /// A factor, of 80% or +10%.
    private static func percentage(_ text: String) -> Double? {
        guard text.hasSuffix("%"), let value = signed(text.dropLast()) else { return nil }
        return isSigned(text) ? 1 + value / 100 : value / 100
    }

    private static func isSigned(_ text: String) -> Bool { text.first == "+" || text.first == "-" }

    private static func signed(_ text: Substring) -> Double? {
        switch text.first {
        case "+": decimal(text.dropFirst())
        case "-": decimal(text.dropFirst()).map { -$0 }
        default: decimal(text)
        }
    }

    /// A number of digits with a point in it, before it or nowhere.
    private static func decimal(_ text: Substring) -> Double? {
        let parts = text.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count <= 2, text.utf8.contains(where: isDigit), text.utf8.count <= 12,
            parts.allSatisfy({ $0.utf8.allSatisfy(isDigit) })
        else { return nil }
        return Double(text.hasPrefix(".") ? "0\(text)" : text.hasSuffix(".") ? "\(text)0" : String(text))
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

    private static func isLetter(_ byte: UInt8) -> Bool { (65...90).contains(byte) || (97...122).contains(byte) }

    /// 2 to a power, within a hundred-thousandth; the C library is not for this module.
    static func power(of exponent: Double) -> Double {
        let whole = exponent.rounded(.down)
        let rest = (exponent - whole) * 0.693_147_180_559_945
        var (sum, term) = (1.0, 1.0)
        for index in 1...12 {
            term *= rest / Double(index)
            sum += term
        }
        return sum * Double(sign: .plus, exponent: Int(whole), significand: 1)
    }

    static func isLanguage(_ text: String) -> Bool {
        text.utf8.count <= 35
            && text.split(separator: "-", omittingEmptySubsequences: false).enumerated().allSatisfy { index, part in
                (1...8).contains(part.utf8.count)
                    && part.utf8.allSatisfy { isLetter($0) || index > 0 && isDigit($0) }
            }
    }
}

extension String {
    /// Without spaces around it.
    var trimmed: String {
        var text = Substring(self)
        while text.first == " " { text = text.dropFirst() }
        while text.last == " " { text = text.dropLast() }
        return String(text)
    }
}
