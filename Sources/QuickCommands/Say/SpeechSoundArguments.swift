import AudioConversion
import CommandArguments
import TelephonyAudio

/// The options that say how speech sounds.
struct SpeechSoundArguments: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Bring the active speech level (ITU-T P.56) to so many dBov, by one gain (default: \(Int(PromptProcessing.customaryLevel.dBov))).",
            valueName: "dBov"),
        transform: parseLevel)
    var level: Level?

    @OptionGroup var arguments: ProcessingArguments

    /// The options as the library takes them.
    var processing: PromptProcessing {
        var processing = arguments.processing
        processing.level = level
        return processing
    }
}
