extension ValueKind {
    /// What is wrong with a value, or unusual.
    func findings(_ value: JSON) -> [Finding] {
        switch self {
        case .bool:
            guard case .bool = value else { return wrong(value) }
        case .text(let form):
            guard case .string(let text) = value else { return wrong(value) }
            return form?.findings(text) ?? []
        case .choice(let words):
            guard case .string(let text) = value else { return wrong(value) }
            if !words.contains(text) { return [.error(value, Self.unknown(text, among: words))] }
        case .openChoice(let words):
            guard case .string(let text) = value else { return wrong(value) }
            return Self.findings(of: text, openChoice: words)
        case .integer(let range, let unit, let usual): return integerFindings(value, range, usual, unit)
        case .roomID:
            switch value {
            case .string(let text): return TextForm.notEmpty.findings(text)
            case .number: return ConferenceID(value) == nil ? wrong(value) : [Self.numberOfRoom(value)]
            default: return wrong(value)
            }
        case .callID:
            if CallID(value) == nil { return wrong(value) }
        case .commandID:
            if CommandID(value) == nil { return wrong(value) }
        case .media(let orNone):
            guard let media = Media(value) else { return wrong(value) }
            return Self.findings(of: media, orNone: orNone)
        case .callerID:
            if CallerID(value) == nil { return wrong(value) }
        case .wav:
            guard case .string(let text) = value else { return wrong(value) }
            return WAVText.findings(text)
        case .list(let definition, let least):
            guard case .array(let elements) = value else { return wrong(value) }
            return Self.findings(ofElements: elements, atLeast: least) { definition.findings($0) }
        case .variables:
            guard case .raw(let text) = value else { return wrong(value) }
            if !text.isObject, !text.isEmptyArray { return wrong(value) }
        case .result:
            if case .string = value { return [] }
            guard case .number(let digits) = value, let count = DecimalNumber(digits).wholeDigitCount,
                count <= Self.maximumResultDigits
            else { return wrong(value) }
        case .textOrNull:
            if case .string = value { return [] }
            if value != .null { return wrong(value) }
        }
        return []
    }

    private static func numberOfRoom(_ value: JSON) -> Finding {
        .warning(
            value, "is a number, as the platform's SDK documents it; the page wants a string: \"\(value.summary)\"")
    }

    private func integerFindings(
        _ value: JSON, _ range: ClosedRange<Int>, _ usual: ClosedRange<Int>?, _ unit: NumberUnit
    ) -> [Finding] {
        guard case .number(let digits) = value else { return wrong(value) }
        let number = DecimalNumber(digits)
        guard number.isWhole else { return wrong(value) }
        // What does not fit is as far out of range as can be.
        let count = number.integer() ?? (number.isBelowZero ? Int.min : .max)
        return Self.findings(of: count, value, range, usual, unit)
    }

    func wrong(_ value: JSON) -> [Finding] {
        [.error(value, "must be \(name)")]
    }

    private static func unknown(_ text: String, among words: [String]) -> String {
        let near = nearMiss(text, in: words).map { "; did you mean \"\($0)\"?" } ?? ""
        return "is none of \(words.map { "\"\($0)\"" }.joined(separator: ", "))\(near)"
    }

    /// What people call such values.
    var name: String {
        switch self {
        case .bool: "true or false"
        case .text(let form): form?.name ?? "a string"
        case .roomID: TextForm.notEmpty.name
        case .choice(let words), .openChoice(let words): "one of " + words.map { "\"\($0)\"" }.joined(separator: ", ")
        case .integer(_, let unit, let usual?):
            "a whole number, usually \(usual.lowerBound)...\(usual.upperBound)\(unit.suffix)"
        case .integer(let range, let unit, nil):
            "a whole number, \(range.lowerBound)...\(range.upperBound)\(unit.suffix)"
        case .callID: "an unsigned integer of 64 bits"
        case .commandID: "a whole number of 64 bits or a string"
        case .media(let orNone): "a Media Library id or \"TTS|VOICE|text\"\(orNone ? ", or 0 for nothing" : "")"
        case .callerID: "a number in E.164, as in \"+33612345678\", or \"BLOCKED\""
        case .wav: "a WAV file in base64"
        case .list: "an array"
        case .variables: "an object"
        case .result: "a string or a whole number of \(Self.maximumResultDigits) digits at most"
        case .textOrNull: "a string or null"
        }
    }
}

// What is said of values and of their JSON alike.
extension ValueKind {
    /// That a number is too large or too small, or unusually so.
    ///
    /// - Parameter usual: the range that the platform's SDK has where the page has none.
    static func findings(
        of count: Int, _ value: JSON, _ range: ClosedRange<Int>, _ usual: ClosedRange<Int>?, _ unit: NumberUnit
    ) -> [Finding] {
        func bound(_ range: ClosedRange<Int>) -> String {
            count > range.upperBound ? "over the maximum \(range.upperBound)" : "under the minimum \(range.lowerBound)"
        }
        guard range.contains(count) else { return [.error(value, "is \(bound(range))\(unit.suffix)")] }
        guard let usual, !usual.contains(count) else { return [] }
        return [
            .warning(value, "is \(bound(usual))\(unit.suffix) of the platform's SDK; the platform's page has no range")
        ]
    }

    /// The findings on a list; after the first hundred only errors, and not all of them.
    static func findings<Element>(
        ofElements elements: [Element], atLeast least: Int, _ findings: (Element) -> [Finding]
    ) -> [Finding] {
        var all: [Finding] = []
        for (index, element) in elements.enumerated() where all.count < 200 {
            let found = findings(element)
            if found.isEmpty { continue }
            all += (all.count < 100 ? found : found.filter { $0.severity == .error }).inside(String(index))
        }
        let isShort = elements.count < least
        return (isShort ? [.error("holds \(elements.count), but at least \(least) is needed")] : []) + all
    }

    /// The findings on media that the wire can carry.
    static func findings(of media: Media, orNone: Bool) -> [Finding] {
        switch media {
        case .none: orNone ? [] : [.error("0 means no media, but media is required")]
        case .speech(let text, let voice):
            [Media.warning(aboutVoice: voice), Media.warning(aboutTextOf: text.utf8.count)].compactMap { warning in
                warning.map { .warning($0) }
            }
        case .library: []
        }
    }

    /// That a word is none of some, which is unusual but no error.
    static func findings(of word: String, openChoice words: [String]) -> [Finding] {
        words.contains(word) ? [] : [.warning(.string(word), unknown(word, among: words))]
    }
}

extension NumberUnit {
    /// The unit as it stands after a number.
    fileprivate var suffix: String { self == .things ? "" : " " + rawValue }
}
