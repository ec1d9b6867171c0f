extension ValueKind {
    /// What is wrong with a value, or unusual.
    func findings(_ value: JSON) -> [Finding] {
        switch self {
        case .bool:
            guard case .bool = value else { return wrong(value) }
        case .text(let form):
            guard case .string(let text) = value else { return wrong(value) }
            if let form, !form.matches(text) { return [.error(value, "must be \(form.name)")] }
        case .choice(let words):
            guard case .string(let text) = value else { return wrong(value) }
            if !words.contains(text) { return [.error(value, Self.unknown(text, among: words))] }
        case .openChoice(let words):
            guard case .string(let text) = value else { return wrong(value) }
            if !words.contains(text) { return [.warning(value, Self.unknown(text, among: words))] }
        case .integer(let range, let unit): return integerFindings(value, range, unit)
        case .callID:
            if CallID(value) == nil { return wrong(value) }
        case .commandID:
            if CommandID(value) == nil { return wrong(value) }
        case .media(let orNone): return mediaFindings(value, orNone)
        case .callerID:
            if CallerID(value) == nil { return wrong(value) }
        case .wav:
            guard case .string(let text) = value else { return wrong(value) }
            return WAVCheck.findings(text)
        case .list(let definition, let least):
            guard case .array(let elements) = value else { return wrong(value) }
            let short = elements.count < least
            return (short ? [.error("holds \(elements.count), but at least \(least) is needed")] : [])
                + Self.elementFindings(elements, definition)
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

    private func integerFindings(_ value: JSON, _ range: ClosedRange<Int>, _ unit: String) -> [Finding] {
        guard case .number(let digits) = value else { return wrong(value) }
        let number = DecimalNumber(digits)
        guard number.isWhole else { return wrong(value) }
        // What does not fit is as far out of range as can be.
        let count = number.integer() ?? (number.isBelowZero ? Int.min : .max)
        guard !range.contains(count) else { return [] }
        let bound =
            count > range.upperBound ? "over the maximum \(range.upperBound)" : "under the minimum \(range.lowerBound)"
        return [.error(value, "is \(bound)\(unit.isEmpty ? "" : " " + unit)")]
    }

    /// The findings on elements; after the first hundred only errors, and not all of them.
    private static func elementFindings(_ elements: [JSON], _ definition: any AnyDefinition) -> [Finding] {
        var findings: [Finding] = []
        for (index, element) in elements.enumerated() where findings.count < 200 {
            let found = definition.findings(element).inside(String(index))
            findings += findings.count < 100 ? found : found.filter { $0.severity == .error }
        }
        return findings
    }

    private func mediaFindings(_ value: JSON, _ orNone: Bool) -> [Finding] {
        switch value {
        case .string, .number: break
        default: return wrong(value)
        }
        guard let media = Media(value) else { return wrong(value) }
        switch media {
        case .none where !orNone: return [.error("0 stands for no media, but there must be some")]
        case .speech(_, let voice): return Media.warning(aboutVoice: voice).map { [.warning($0)] } ?? []
        default: return []
        }
    }

    private func wrong(_ value: JSON) -> [Finding] {
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
        case .text(let form): form.map { "a string: \($0.name)" } ?? "a string"
        case .choice(let words), .openChoice(let words): "one of " + words.map { "\"\($0)\"" }.joined(separator: ", ")
        case .integer(let range, let unit):
            "a whole number, \(range.lowerBound)...\(range.upperBound)" + (unit.isEmpty ? "" : " " + unit)
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
