/// What becomes of an element of SSML 1.1, or of an attribute of one: a row of ``SSML/table``.
package struct SSMLRow: Sendable {
    /// What is done with it.
    package enum Handling: String, Sendable, CaseIterable {
        /// The engine does it, or there is nothing to hear of it by its own meaning.
        case honoured
        /// It is done here, before the engine or after it.
        case replaced
        /// It has no effect, which is told with line and column.
        case warned
        /// The markup is not taken.
        case refused
    }

    /// The element, in lower case.
    package let element: String
    /// The attribute; nil for the element itself.
    package let attribute: String?
    package let handling: Handling
    /// What it does here: a clause.
    package let meaning: String
    /// What its value may be; nil where nobody looks at it.
    let value: SSMLValue?
    /// What the element does to the text in it; nil for attributes, and where attributes decide.
    let effect: SSMLElement.Effect?

    fileprivate init(
        _ element: String, _ attribute: String?, _ handling: Handling, _ meaning: String, value: SSMLValue? = nil,
        effect: SSMLElement.Effect? = nil
    ) {
        self.element = element
        self.attribute = attribute
        self.handling = handling
        self.meaning = meaning
        self.value = value
        self.effect = effect
    }
}

extension SSML {
    /// The pause after a sentence and after a paragraph.
    package static let sentencePause = Duration.milliseconds(300), paragraphPause = Duration.milliseconds(600)
    /// The pauses that `strength` stands for.
    package static let strengths: [String: Duration] = [
        "none": .zero, "x-weak": .milliseconds(100), "weak": .milliseconds(200), "medium": .milliseconds(400),
        "strong": .milliseconds(800), "x-strong": .milliseconds(1200),
    ]

    /// Every element and attribute of SSML 1.1 (W3C, 2010), and what becomes of it; the reader goes by it.
    package static let table: [SSMLRow] = structure + speech + voices + pauses + outside

    /// Of its elements and attributes, `nil` for the element itself.
    static let rows: [String: [String?: SSMLRow]] = table.reduce(into: [:]) { rows, row in
        rows[row.element, default: [:]][row.attribute] = row
    }

    private static let structure: [SSMLRow] = [
        SSMLRow("speak", nil, .honoured, "the text; may be left out", effect: SSMLElement.Effect.none),
        SSMLRow("speak", "version", .honoured, "identifies the SSML version"),
        SSMLRow("speak", "xml:lang", .replaced, "a voice of that language speaks", value: .language),
        SSMLRow("speak", "xml:base", .warned, "no addresses are followed"),
        SSMLRow("speak", "onlangfailure", .warned, "another voice continues, with a warning"),
        SSMLRow("speak", "startmark", .warned, "the whole text is spoken"),
        SSMLRow("speak", "endmark", .warned, "the whole text is spoken"),
        SSMLRow("meta", nil, .honoured, "is not spoken", effect: .silent),
        SSMLRow("metadata", nil, .honoured, "is not spoken", effect: .silent),
        SSMLRow("p", nil, .replaced, "a pause of 600 ms between paragraphs", effect: .boundary(paragraphPause)),
        SSMLRow("p", "xml:lang", .replaced, "a voice of that language speaks", value: .language),
        SSMLRow("p", "onlangfailure", .warned, "another voice continues, with a warning"),
        SSMLRow("s", nil, .replaced, "a pause of 300 ms between sentences", effect: .boundary(sentencePause)),
        SSMLRow("s", "xml:lang", .replaced, "a voice of that language speaks", value: .language),
        SSMLRow("s", "onlangfailure", .warned, "another voice continues, with a warning"),
        SSMLRow("token", nil, .honoured, "is separated from the words around it", effect: .apart),
        SSMLRow("token", "xml:lang", .replaced, "a voice of that language speaks", value: .language),
        SSMLRow("token", "onlangfailure", .warned, "another voice continues, with a warning"),
        SSMLRow("token", "role", .warned, "there is one pronunciation"),
        SSMLRow("w", nil, .honoured, "is separated from the words around it", effect: .apart),
        SSMLRow("w", "xml:lang", .replaced, "a voice of that language speaks", value: .language),
        SSMLRow("w", "onlangfailure", .warned, "another voice continues, with a warning"),
        SSMLRow("w", "role", .warned, "there is one pronunciation"),
    ]

    private static let speech: [SSMLRow] = [
        SSMLRow("say-as", nil, .replaced, "as interpret-as says", effect: SSMLElement.Effect.none),
        SSMLRow(
            "say-as", "interpret-as", .replaced,
            "digits and telephone: digits one by one; characters and spell-out: letters one by one; others are a warning",
            value: .openWords(["digits", "telephone", "characters", "spell-out"])),
        SSMLRow("say-as", "format", .warned, "the text is read as it stands"),
        SSMLRow("say-as", "detail", .warned, "the text is read as it stands"),
        SSMLRow("phoneme", nil, .replaced, "as ph says", effect: SSMLElement.Effect.none),
        SSMLRow("phoneme", "ph", .replaced, "is spoken instead of the text, with alphabet=\"x-espeak-ng\""),
        SSMLRow(
            "phoneme", "alphabet", .replaced, "x-espeak-ng, the engine's own; with ipa and others the text is spoken",
            value: .openWords(["x-espeak-ng"])),
        SSMLRow("phoneme", "type", .warned, "there is one kind of ph"),
        SSMLRow("sub", nil, .replaced, "as alias says", effect: SSMLElement.Effect.none),
        SSMLRow("sub", "alias", .replaced, "is spoken instead of the text"),
        SSMLRow("emphasis", nil, .replaced, "louder, slower and higher", effect: .emphasis("moderate")),
        SSMLRow(
            "emphasis", "level", .replaced, "strong, moderate, none, or reduced, which is softer",
            value: .words(["strong", "moderate", "none", "reduced"])),
        SSMLRow("prosody", nil, .honoured, "as its attributes say", effect: .prosody(.unchanged)),
        SSMLRow(
            "prosody", "rate", .honoured, "a word, 50%, +10% or a factor; within another one the two multiply",
            value: .rate),
        SSMLRow(
            "prosody", "pitch", .honoured, "a word, +10%, -2st; approximately, within the engine's range",
            value: .pitch),
        SSMLRow("prosody", "range", .honoured, "a word or a percentage", value: .range),
        SSMLRow(
            "prosody", "volume", .replaced,
            "a word, +6dB, 50% or 0...100; the loudest part is as loud as the text would be, so that nothing is clipped",
            value: .volume),
        SSMLRow("prosody", "contour", .warned, "pitch does not follow it"),
        SSMLRow("prosody", "duration", .warned, "the duration of the text does not change"),
    ]

    private static let voices: [SSMLRow] = [
        SSMLRow("lang", nil, .replaced, "as xml:lang says", effect: SSMLElement.Effect.none),
        SSMLRow("lang", "xml:lang", .replaced, "a voice of that language speaks", value: .language),
        SSMLRow("lang", "onlangfailure", .warned, "another voice continues, with a warning"),
        SSMLRow("voice", nil, .replaced, "as its attributes say", effect: SSMLElement.Effect.none),
        SSMLRow(
            "voice", "name", .replaced,
            "a platform's voice, by its stand-in, or a local one; the first one that exists",
            value: .voice),
        SSMLRow("voice", "languages", .replaced, "a voice of the first language speaks", value: .languages),
        SSMLRow("voice", "xml:lang", .replaced, "a voice of that language speaks (SSML 1.0)", value: .language),
        SSMLRow(
            "voice", "gender", .replaced, "female or male; neutral changes nothing",
            value: .words(["female", "male", "neutral", ""])),
        SSMLRow("voice", "variant", .replaced, "the number among the voices of that gender", value: .number(1...99)),
        SSMLRow("voice", "age", .warned, "voices have no age"),
        SSMLRow("voice", "required", .warned, "a voice that does not exist is refused"),
        SSMLRow("voice", "ordering", .warned, "the name counts most"),
        SSMLRow("voice", "onvoicefailure", .warned, "a voice that does not exist is refused"),
        SSMLRow("voice", "onlangfailure", .warned, "another voice continues, with a warning"),
    ]

    private static let pauses: [SSMLRow] = [
        SSMLRow("break", nil, .replaced, "a pause, to the sample", effect: .pause(strengths["medium"] ?? .zero)),
        SSMLRow("break", "time", .replaced, "seconds or milliseconds; 600 s in all", value: .time),
        SSMLRow(
            "break", "strength", .replaced, "none 0, x-weak 100, weak 200, medium 400, strong 800, x-strong 1200 ms",
            value: .words(["none", "x-weak", "weak", "medium", "strong", "x-strong"])),
        SSMLRow("mark", nil, .warned, "no event is sent when it is reached", effect: SSMLElement.Effect.none),
        SSMLRow("mark", "name", .warned, "has no effect, as the element has none"),
    ]

    private static let outside: [SSMLRow] =
        [
            SSMLRow("audio", nil, .refused, "would play a file or a URL, and no text may read one"),
            SSMLRow("desc", nil, .honoured, "is not spoken", effect: .silent),
            SSMLRow("desc", "xml:lang", .honoured, "is not spoken"),
            SSMLRow("lexicon", nil, .refused, "would read a file or a URL, and no text may read one"),
            SSMLRow("lookup", nil, .warned, "there is no lexicon to look up in", effect: SSMLElement.Effect.none),
            SSMLRow("lookup", "ref", .warned, "has no effect, as the element has none"),
        ]
        + [
            "src", "fetchtimeout", "fetchhint", "maxage", "maxstale", "clipbegin", "clipend", "repeatcount",
            "repeatdur", "soundlevel", "speed",
        ].map { SSMLRow("audio", $0, .refused, "refused with the element") }
        + ["uri", "type", "fetchtimeout", "maxage", "maxstale"].map {
            SSMLRow("lexicon", $0, .refused, "refused with the element")
        }
        + [("meta", "name"), ("meta", "http-equiv"), ("meta", "content")].map {
            SSMLRow($0.0, $0.1, .honoured, "is not spoken")
        }
}
