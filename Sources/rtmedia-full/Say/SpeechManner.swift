import CommandArguments
import RealTimeAPI
import SpeechSynthesis
import TelephonyAudio
import YAMLFiles

/// The options that say by whom and how texts are spoken.
struct SpeechManner: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The voice, instead of the one in the text: a voice of the platform (TTS_FR-FR_AUDREY), a language (pt-BR), or a local voice with or without a variant (roa/fr+f2) (default: \(Self.defaultVoice)).",
            valueName: "name"),
        completion: .list(Media.knownVoices))
    var voice: String?

    @Option(help: ArgumentHelp("The speed, in words per minute, 80...450 (default: 175).", valueName: "wpm"))
    var rate: Int?

    @Option(help: ArgumentHelp("The pitch, 0...99 (default: 50).", valueName: "pitch"))
    var pitch: Int?

    @Flag(
        help:
            "The text is SSML 1.1, read strictly; it can't make rtmedia read files. In a sheet this is for texts that begin with <speak>."
    )
    var ssml = false

    @Flag(name: .customLong("no-ssml"), help: "The text is plain, even if it begins with <speak>.")
    var isPlain = false

    @Flag(help: "Say numbers digit by digit.")
    var digits = false

    @Option(
        name: .customLong("lexicon"),
        help: ArgumentHelp(
            "How words are spoken: a CSV file with the columns word, spoken and optionally language; [[h@l'oU]] stands for sounds.",
            valueName: "file"),
        completion: .file())
    var lexiconFile: String?

    @Option(
        name: .customLong("voices"),
        help: ArgumentHelp(
            "Voices by name: a YAML file with lines such as NAME: { sex: female, voice: roa/fr+f2, rate: 160, pitch: 55 }.",
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
                "looks like SSML; --ssml reads it as SSML, --no-ssml speaks it as plain text")
        }
        var utterance = Utterance(spoken.text, voice: voice ?? spoken.voice ?? other ?? Self.defaultVoice)
        utterance.rate = rate
        utterance.pitch = pitch
        utterance.isSSML = ssml && (!isOfSheet || spoken.looksLikeMarkup)
        utterance.saysDigits = digits
        utterance.lexicon = lexicon
        return utterance
    }

    /// The lexicon of its file, and what there is to know of it; an empty one if there is none.
    func lexicon(of synthesizer: SpeechSynthesizer) throws -> (lexicon: Lexicon, notes: [FileFinding]) {
        guard let lexiconFile else { return (Lexicon(), []) }
        return try SpeechFiles.lexicon(lexiconFile) { () throws(SpeechError) in try synthesizer.catalogNow() }
    }

    /// What its file decides about voices; nothing if there is none.
    func book() throws -> VoiceBook { try voicesFile.map(SpeechFiles.voices) ?? VoiceBook() }
}
