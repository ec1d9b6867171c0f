import AudioConversion
import CommandArguments
import QuickCommands
import TelephonyAudio

/// The options that say how speech sounds.
struct SpeechSoundArguments: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Bring the active speech level (ITU-T P.56) to this many dBov, by one gain (default: \(Int(PromptProcessing.customaryLevel.dBov))).",
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

    /// How speech sounds, as a value.
    var sound: SpeechSound {
        SpeechSound(
            processing: processing, isPaused: arguments.pad == nil && !arguments.trim && arguments.fade == 0)
    }
}

/// How speech sounds.
struct SpeechSound: Sendable {
    let processing: PromptProcessing
    /// Whether a pause follows, so that prompts do not butt together; not if something is said about their ends.
    let isPaused: Bool

    static let pause = Duration.milliseconds(250)

    /// Speech with the pause that follows it.
    func paused(_ pcm: LinearPCM) -> LinearPCM {
        guard isPaused else { return pcm }
        let count = Int(Double(pcm.sampleRate) * (Self.pause / .seconds(1)))
        return LinearPCM(sampleRate: pcm.sampleRate, bytes: pcm.bytes + [UInt8](repeating: 0, count: 2 * count))
    }
}
