/// A member of an object on the wire, as the platform's page describes it, with values that it may and may not have.
///
/// Values are JSON texts. What the module itself defines is not used here, so that it can be compared.
struct FieldCase: Sendable {
    let name: String
    var isRequired = false
    let accepted: [String]
    let refused: [String]

    /// A value of each type of JSON.
    private static let samples = [
        "null": "null", "bool": "true", "number": "7", "fraction": "1.5", "string": #""x y""#, "array": "[7]",
        "object": #"{"a":7}"#,
    ]

    /// Values of all types but some.
    private static func wrong(_ types: String...) -> [String] {
        samples.filter { !types.contains($0.key) }.map(\.value).sorted()
    }

    var required: FieldCase { FieldCase(name: name, isRequired: true, accepted: accepted, refused: refused) }

    static func integer(_ name: String, _ range: ClosedRange<Int>) -> FieldCase {
        let (low, high) = (range.lowerBound, range.upperBound)
        return FieldCase(
            name: name,
            accepted: ["\(low)", "\(low + 1)", "\(high - 1)", "\(high)", "\(low).0", "\(high)0e-1", "\(high).00E+0"],
            refused: [
                "\(low - 1)", "\(high + 1)", "\(low).5", "\(high).0000000000000000000001", "1e-400", "1e400", "-1e400",
                "99999999999999999999", "-99999999999999999999", "\"\(low)\"",
            ] + wrong("number"))
    }

    /// What counts something, of which the page states no range.
    static func count(_ name: String) -> FieldCase { integer(name, 0...2_147_483_647) }

    static func bool(_ name: String) -> FieldCase {
        FieldCase(name: name, accepted: ["true", "false"], refused: ["0", "1", #""true""#, #""""#] + wrong("bool"))
    }

    /// Strings of some form.
    static func string(_ name: String, _ accepted: [String], not refused: [String]) -> FieldCase {
        func quote(_ text: String) -> String { "\"\(text)\"" }
        return FieldCase(name: name, accepted: accepted.map(quote), refused: refused.map(quote) + wrong("string"))
    }

    /// Any string.
    static func anyString(_ name: String, _ more: String...) -> FieldCase {
        string(name, ["", "x", "é😀", #"\u0000"#, #"\ud800"#, #"\/\"\n"#] + more, not: [])
    }

    static func media(_ name: String, orNone: Bool) -> FieldCase {
        let none = ["0", "-0", "0.0", "0e999", #""0""#, #""000""#]
        let speech = [
            "TTS|TTS_FR-FR_AUDREY|é", "TTS|X|a|b", "TTS|X||", #"TTS|X|\n"#, "TTS|X|1\u{301}", "TTS|X|\u{301}",
        ]
        let library = [
            "1", "1.0", "1e2", "999999999999999999", #""1""#, #""007""#, #""999999999999999999""#,
            #""000000000000000001""#,
        ]
        let wrong = [
            "", " ", "x", "-1", "1.5", "1 ", #"1\n"#, #"0\n"#, "1e2", "٣", "TTS", "TTS|X", "TTS|X|", "TTS||a",
            "tts|X|a",
            " TTS|X|a", #"\nTTS|X|a"#, "1000000000000000000", "0000000000000000001", "99999999999999999999",
        ]
        return FieldCase(
            name: name, accepted: library + speech.map { "\"\($0)\"" } + (orNone ? none : []),
            refused: wrong.map { "\"\($0)\"" } + (orNone ? [] : none) + [
                "-1", "1000000000000000000", "1e400", "1e-400", "99999999999999999999",
            ] + Self.wrong("number"))
    }

    /// Numbers of 64 bits without a sign.
    static func callID(_ name: String) -> FieldCase {
        FieldCase(
            name: name,
            accepted: [
                "0", "-0", "1", "9007199254740993", "9007199254740993.0", "9223372036854775808", "18446744073709551615",
                "1844674407370955161.5e1", "1e19",
            ],
            refused: ["-1", "18446744073709551616", "1e20", "1e400", "0.5", "1e-400", #""1""#] + wrong("number"))
    }

    /// Numbers of 64 bits and strings.
    static func integerOrString(_ name: String) -> FieldCase {
        FieldCase(
            name: name,
            accepted: [
                "0", "-1", "9007199254740993", "9223372036854775807", "-9223372036854775808", "1.0", "1e3", #""""#,
                #""0""#, #""é""#,
            ],
            refused: ["9223372036854775808", "-9223372036854775809", "1e400", "0.5"] + wrong("number", "string"))
    }

    /// Numbers of 40 digits at most and strings.
    static func result(_ name: String) -> FieldCase {
        let largest = String(repeating: "9", count: 40)
        return FieldCase(
            name: name,
            accepted: [
                "0", "-1", "12345678901234567890", "1.0", "1e39", largest, "-\(largest)", #""""#, #""0""#, #""é""#,
            ],
            refused: ["1\(String(repeating: "0", count: 40))", "1e400", "-1e400", "0.5"] + wrong("number", "string"))
    }

    static func variables() -> FieldCase {
        FieldCase(
            name: "variables", accepted: ["{}", "[]", "[ ]", #"{"a":{"b":[1e400,null]}}"#],
            refused: ["[{}]", #""{}""#] + wrong("object"))
    }
}
