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

    /// What follows speech, so that prompts do not butt together, unless something is said about its ends.
    static let pause = Duration.milliseconds(250)

    /// Speech with the pause that follows it.
    func paused(_ pcm: LinearPCM) -> LinearPCM {
        guard arguments.pad == nil, !arguments.trim, arguments.fade == 0 else { return pcm }
        let count = Int(Double(pcm.sampleRate) * (Self.pause / .seconds(1)))
        return LinearPCM(sampleRate: pcm.sampleRate, bytes: pcm.bytes + [UInt8](repeating: 0, count: 2 * count))
    }
}
