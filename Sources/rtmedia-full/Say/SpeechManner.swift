import CommandArguments
import RealTimeAPI
import SpeechSynthesis
import TelephonyAudio

/// The options that say by whom and how texts are spoken.
struct SpeechManner: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Who speaks, instead of the voice in the text: a voice of the platform (TTS_FR-FR_AUDREY), a language (pt-BR), or a local voice with or without a variant (roa/fr+f2) (default: \(Self.defaultVoice)).",
            valueName: "name"),
        completion: .list(Media.knownVoices))
    var voice: String?

    @Option(help: ArgumentHelp("How fast, in words per minute, 80...450 (default: 175).", valueName: "wpm"))
    var rate: Int?

    @Option(help: ArgumentHelp("How high, 0...99 (default: 50).", valueName: "pitch"))
    var pitch: Int?

    @Flag(
        help:
            "The text is SSML 1.1, read strictly; no file is read for it. In a sheet, those texts alone that begin with <speak>."
    )
    var ssml = false

    @Flag(name: .customLong("no-ssml"), help: "The text is spoken as it stands, though it begins with <speak>.")
    var isPlain = false

    @Flag(help: "Say numbers digit by digit.")
    var digits = false

    @Option(
        name: .customLong("lexicon"),
        help: ArgumentHelp(
            "How words are spoken: a CSV file with the columns word, spoken and perhaps language; [[h@l'oU]] is sounds.",
            valueName: "file"),
        completion: .file())
    var lexiconFile: String?

    @Option(
        name: .customLong("voices"),
        help: ArgumentHelp(
            "Who voices are: a YAML file with lines as NAME: { sex: female, voice: roa/fr+f2, rate: 160, pitch: 55 }.",
            valueName: "file"),
        completion: .file())
    var voicesFile: String?

    static let defaultVoice = "TTS_EN-GB_SERENA"

    func validate() throws {
        if ssml, isPlain { throw ValidationError("--ssml and --no-ssml: name one of them") }
        if let rate, !Utterance.rates.contains(rate) {
            throw ValidationError("--rate \(rate): must lie in 80...450 words per minute")
        }
        if let pitch, !Utterance.pitches.contains(pitch) {
            throw ValidationError("--pitch \(pitch): must lie in 0...99")
        }
    }

    /// A text as it is to be spoken.
    ///
    /// - Parameters:
    ///   - voice: who speaks where neither the options nor the text say.
    ///   - isOfSheet: whether it is one of many, of which only those are markup that look so.
    /// - Throws: `text` if it can't be told whether it is markup.
    func utterance(
        _ spoken: SpokenText, voice other: String? = nil, isOfSheet: Bool = false, lexicon: Lexicon
    ) throws(SpeechError) -> Utterance {
        if !ssml, !isPlain, spoken.looksLikeMarkup {
            throw SpeechError(
                .text, excerpt(of: spoken.text),
                "looks like SSML; say --ssml to have it read as that, or --no-ssml to have it spoken as it stands")
        }
        var utterance = Utterance(spoken.text, voice: voice ?? spoken.voice ?? other ?? Self.defaultVoice)
        utterance.rate = rate
        utterance.pitch = pitch
        utterance.isSSML = ssml && (!isOfSheet || spoken.looksLikeMarkup)
        utterance.saysDigits = digits
        utterance.lexicon = lexicon
        return utterance
    }

    /// The lexicon of its file; an empty one if there is none.
    func lexicon() throws -> Lexicon { try lexiconFile.map(SpeechFiles.lexicon) ?? Lexicon() }

    /// What its file decides about voices; nothing if there is none.
    func book() throws -> VoiceBook { try voicesFile.map(SpeechFiles.voices) ?? VoiceBook() }
}
