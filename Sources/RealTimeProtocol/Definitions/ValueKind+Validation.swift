extension ValueKind {
    /// What is wrong with a value, or unusual.
    func findings(_ value: JSON, at pointer: String) -> [Finding] {
        switch self {
        case .bool:
            guard case .bool = value else { return wrong(value, pointer) }
        case .text(let form):
            guard case .string(let text) = value else { return wrong(value, pointer) }
            if let form, !form.matches(text) { return [.error(pointer, "\(value.summary) must be \(form.name)")] }
        case .choice(let words):
            guard case .string(let text) = value else { return wrong(value, pointer) }
            if !words.contains(text) { return [.error(pointer, Self.unknown(text, among: words))] }
        case .openChoice(let words):
            guard case .string(let text) = value else { return wrong(value, pointer) }
            if !words.contains(text) { return [.warning(pointer, Self.unknown(text, among: words))] }
        case .integer(let range, let unit): return integerFindings(value, range, unit, pointer)
        case .callID:
            guard case .number = value else { return wrong(value, pointer) }
            if CallID(value) == nil {
                return [.error(pointer, "\(value.summary) must be an unsigned integer of 64 bits")]
            }
        case .commandID:
            if CommandID(value) == nil { return wrong(value, pointer) }
        case .media(let orNone): return mediaFindings(value, orNone, pointer)
        case .callerID:
            guard case .string = value else { return wrong(value, pointer) }
            if CallerID(value) == nil { return [.error(pointer, "\(value.summary) must be \(name)")] }
        case .wav:
            guard case .string(let text) = value else { return wrong(value, pointer) }
            return WAVCheck.findings(text, at: pointer)
        case .list(let definition, let least):
            guard case .array(let elements) = value else { return wrong(value, pointer) }
            let short =
                elements.count < least
                ? [Finding.error(pointer, "holds \(elements.count), but at least \(least) is needed")] : []
            return short + elements.enumerated().flatMap { definition.findings($1, at: "\(pointer)/\($0)") }
        case .variables:
            guard case .raw(let text) = value else { return wrong(value, pointer) }
            if !text.isObject, !text.isEmptyArray { return wrong(value, pointer) }
        case .result:
            if case .string = value { return [] }
            if Int(value) == nil { return wrong(value, pointer) }
        case .textOrNull:
            if case .string = value { return [] }
            if value != .null { return wrong(value, pointer) }
        }
        return []
    }

    private func integerFindings(_ value: JSON, _ range: ClosedRange<Int>?, _ unit: String, _ pointer: String)
        -> [Finding]
    {
        guard case .number = value else { return wrong(value, pointer) }
        guard let number = value.wholeNumber else {
            guard case .number(let digits) = value, let double = Double(digits),
                double != double.rounded() || range == nil
            else {
                return range.map { outOfRange(value, isOver: !value.summary.hasPrefix("-"), $0, unit, pointer) } ?? []
            }
            return [.error(pointer, "\(value.summary) must be a whole number")]
        }
        guard let range, !range.contains(number) else { return [] }
        return outOfRange(value, isOver: number > range.upperBound, range, unit, pointer)
    }

    private func outOfRange(
        _ value: JSON, isOver: Bool, _ range: ClosedRange<Int>, _ unit: String, _ pointer: String
    ) -> [Finding] {
        let bound = isOver ? "over the maximum \(range.upperBound)" : "under the minimum \(range.lowerBound)"
        return [.error(pointer, "\(value.summary) is \(bound)\(unit.isEmpty ? "" : " " + unit)")]
    }

    private func mediaFindings(_ value: JSON, _ orNone: Bool, _ pointer: String) -> [Finding] {
        switch value {
        case .string, .number: break
        default: return wrong(value, pointer)
        }
        guard let media = Media(value) else { return [.error(pointer, "\(value.summary) must be \(name)")] }
        switch media {
        case .none where !orNone: return [.error(pointer, "0 stands for no media, but there must be some")]
        case .speech(_, let voice) where !Media.knownVoices.contains(voice):
            let near = nearMiss(voice, in: Media.knownVoices).map { "; did you mean \"\($0)\"?" } ?? ""
            return [.warning(pointer, "the voice \"\(voice)\" is not known\(near)")]
        default: return []
        }
    }

    private func wrong(_ value: JSON, _ pointer: String) -> [Finding] {
        [.error(pointer, "\(value.summary) must be \(name)")]
    }

    private static func unknown(_ text: String, among words: [String]) -> String {
        let near = nearMiss(text, in: words).map { "; did you mean \"\($0)\"?" } ?? ""
        return "\"\(text)\" is none of \(words.map { "\"\($0)\"" }.joined(separator: ", "))\(near)"
    }

    /// What people call such values.
    var name: String {
        switch self {
        case .bool: "true or false"
        case .text(let form): form.map { "a string: \($0.name)" } ?? "a string"
        case .choice(let words), .openChoice(let words): "one of " + words.map { "\"\($0)\"" }.joined(separator: ", ")
        case .integer(let range, let unit):
            "a whole number" + (range.map { " in \($0)" } ?? "") + (unit.isEmpty ? "" : " " + unit)
        case .callID: "an unsigned integer of 64 bits"
        case .commandID: "a whole number or a string"
        case .media(let orNone): "a Media Library id or \"TTS|VOICE|text\"\(orNone ? ", or 0 for nothing" : "")"
        case .callerID: "a number in E.164, as in \"+33612345678\", or \"BLOCKED\""
        case .wav: "a WAV file in base64"
        case .list: "an array"
        case .variables: "an object"
        case .result: "a string or a whole number"
        case .textOrNull: "a string or null"
        }
    }
}
