import SpeechMarkup
public import TelephonyAudio

/// A text, and how it is to be spoken.
public struct Utterance: Sendable, Hashable {
    /// What is spoken: plain text in any script, or SSML.
    public var text: String
    /// Who speaks: the platform's name of a voice (`TTS_FR-FR_AUDREY`, `NUANCE_FR_AUDREY`), the file of a local one with or
    /// without a variant (`roa/fr+f2`), or a language (`fr`, `pt-BR`).
    public var voice: String
    /// How fast, in words per minute: 80...450; nil for the usual rate of the voice, 175 for most.
    public var rate: Int?
    /// How high: 0...99; nil for the usual pitch of the voice, 50 for most.
    public var pitch: Int?
    /// Whether the text is SSML (W3C Speech Synthesis Markup Language 1.1).
    ///
    /// It is read strictly, and `audio` and `lexicon` are refused: no text reads a file or starts a program.
    public var isSSML = false
    /// Whether numbers are said digit by digit.
    public var saysDigits = false
    /// How words are spoken that the engine says wrong.
    public var lexicon = Lexicon()

    /// The rates that the engine speaks at by itself, in words per minute.
    public static let rates = 80...450
    /// The pitches that the engine knows.
    public static let pitches = 0...99
    /// What is usual.
    static let usualRate = 175, usualPitch = 50

    /// A plain text at the usual rate and pitch.
    public init(_ text: String, voice: String) {
        self.text = text
        self.voice = voice
    }

    /// A text that came as bytes.
    ///
    /// - Throws: `text` if they are not UTF-8.
    public init(utf8 bytes: some Sequence<UInt8>, voice: String) throws(SpeechError) {
        let bytes = Array(bytes)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw SpeechError(.text, excerpt(of: String(decoding: bytes, as: UTF8.self)), "the text is not valid UTF-8")
        }
        self.init(text, voice: voice)
    }

    /// The text in parts, each of which one voice speaks.
    ///
    /// - Throws: `text`, `markup`, `usage` or `limit`, for what no engine need be asked about.
    func prepared(_ limits: SpeechLimits) throws(SpeechError) -> PreparedText {
        func check(_ condition: Bool, _ code: SpeechError.Code, _ reason: @autoclosure () -> String) throws(SpeechError)
        {
            if !condition { throw SpeechError(code, excerpt(of: text), reason()) }
        }
        try check(
            rate.map(Self.rates.contains) ?? true, .usage, "the rate \(rate ?? 0) must lie in 80...450 words per minute"
        )
        try check(pitch.map(Self.pitches.contains) ?? true, .usage, "the pitch \(pitch ?? 0) must lie in 0...99")
        try check(
            text.utf8.count <= limits.maximumTextBytes, .limit,
            "the text has \(text.utf8.count) bytes; \(limits.maximumTextBytes) are accepted; divide it")
        try check(
            text.unicodeScalars.contains { !$0.properties.isWhitespace }, .text,
            "the text is empty; there is nothing to speak")
        let control = SpokenCharacters.control(in: text)?.value
        try check(
            control == nil, .text,
            "the text holds \(control == 0 ? "a null byte" : "the control character \(control ?? 0)"); take it out")
        guard isSSML else {
            let run = SpokenPart.Run(text: text, kind: .text, prosody: .unchanged)
            return PreparedText(pieces: [.speech(SpokenPart([run]))], warnings: [])
        }
        let markup: SSML
        do throws(MarkupFinding) { markup = try SSML(text) } catch {
            throw SpeechError(.markup, excerpt(of: text), "the SSML is refused: \(error)")
        }
        let pieces = markup.pieces
        try check(
            pieces.count <= SSML.maximumParts, .limit,
            "the SSML has \(pieces.count) voices and pauses; \(SSML.maximumParts) are accepted; divide it")
        return PreparedText(pieces: pieces, warnings: markup.warnings)
    }
}

/// A text as it is put together.
struct PreparedText {
    /// What is spoken, in order.
    let pieces: [SpokenPiece]
    /// What in the markup has no effect.
    let warnings: [MarkupFinding]
}

/// The beginning of a text for messages, quoted as in JSON, so that no control character acts.
package func excerpt(of text: String) -> String {
    let start = text.unicodeScalars.prefix(41)
    let shown = start.count > 40 ? String(String.UnicodeScalarView(start.prefix(37))) + "..." : text
    return "\"\(shown.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").harmlessName)\""
}
