extension ValueKind {
    /// The schema of such values: it refuses just what ``findings(_:)`` calls an error.
    var schema: JSON {
        switch self {
        case .bool: Self.type("boolean")
        case .text(let form): form.map(Self.text) ?? Self.type("string")
        case .choice(let words): .object([.init("enum", JSONSchema.strings(words))])
        case .openChoice(let words): Self.type("string", .init("examples", JSONSchema.strings(words)))
        case .integer(let range, _, _): Self.integer(range.lowerBound, range.upperBound)
        case .callID: Self.integer(UInt64.min, UInt64.max)
        case .commandID: Self.either(Self.integer(Int.min, Int.max), Self.type("string"))
        case .roomID: Self.either(Self.text(.notEmpty), Self.integer(Int.min, Int.max))
        case .result:
            Self.either(
                Self.integer("-" + Self.largestResult, Self.largestResult), Self.type("string"))
        case .media(let orNone):
            Self.either(
                Self.integer(orNone ? 0 : 1, Media.largestID),
                Self.text("^[0-9]{1,18}$", butNot: orNone ? nil : "^0+$"),
                // No end, so that text may hold anything.
                Self.type("string", .init("pattern", .string(#"^TTS\|[^|]+\|[\s\S]"#))))
        case .callerID: Self.either(.object([.init("const", .string("BLOCKED"))]), Self.text(PhoneNumber.pattern))
        case .wav: Self.text(WAVText.pattern)
        case .list(_, let least):
            Self.type("array", .init("minItems", .integer(least)), .init("items", JSONSchema.reference("Target")))
        case .variables: Self.either(Self.type("object"), JSONSchema.emptyArray)
        case .textOrNull: .object([.init("type", JSONSchema.strings(["string", "null"]))])
        }
    }

    private static func type(_ name: String, _ more: JSON.Member...) -> JSON {
        .object([.init("type", .string(name))] + more)
    }

    private static func integer(_ minimum: some BinaryInteger, _ maximum: some BinaryInteger) -> JSON {
        integer(String(minimum), String(maximum))
    }

    private static func integer(_ minimum: String, _ maximum: String) -> JSON {
        type("integer", .init("minimum", .number(minimum)), .init("maximum", .number(maximum)))
    }

    private static let largestResult = String(repeating: "9", count: maximumResultDigits)

    private static func text(_ form: TextForm) -> JSON {
        form.hasNoLineEnd ? text(form.pattern) : type("string", .init("pattern", .string(form.pattern)))
    }

    /// Text of a form in which no line ends; in some dialects `$` would let one pass at the end.
    private static func text(_ pattern: String, butNot excluded: String? = nil) -> JSON {
        let excluded = #"[\n\r]"# + (excluded.map { "|" + $0 } ?? "")
        return type(
            "string", .init("pattern", .string(pattern)),
            .init("not", .object([.init("pattern", .string(excluded))])))
    }

    private static func either(_ schemas: JSON...) -> JSON { .object([.init("anyOf", .array(schemas))]) }
}
