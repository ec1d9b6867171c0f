import ArgumentParser
import AudioConversion
import SpeechSynthesis
import TelephonyAudio

/// The options that say how speech sounds.
struct SpeechSoundArguments: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Bring the active speech level (ITU-T P.56) to so many dBov, by one gain (default: \(Int(Speech.level.dBov))).",
            valueName: "dBov"),
        transform: parseLevel)
    var level: Level?

    @OptionGroup var arguments: CareArguments

    /// The options as the library takes them.
    var care: PromptCare {
        var care = arguments.care
        care.level = level
        return care
    }
}
