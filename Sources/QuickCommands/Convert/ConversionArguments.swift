package import AudioConversion
import CommandArguments
package import TelephonyAudio

/// The options that say how audio is converted.
struct ConversionArguments: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Bring the active speech level (ITU-T P.56) to this many dBov, by one gain per file; -26 is usual.",
            valueName: "dBov"),
        transform: parseLevel)
    var level: Level?

    @OptionGroup var processing: ProcessingArguments

    @Option(
        help: ArgumentHelp(
            "The channels to take: mix, left, right, or the number of one, from 1 (default: mix).",
            valueName: "channel"),
        transform: parseChannel)
    var channel: ChannelSelection = .mix

    @Option(
        help: ArgumentHelp(
            "What changes the sample rate: polyphase, or libsamplerate[:best|medium|fastest] (default: polyphase).",
            valueName: "name"),
        completion: .list(["polyphase"] + ResamplerChoice.Quality.allCases.map { "libsamplerate:\($0.rawValue)" }),
        transform: parseResampler)
    var resampler: ResamplerChoice = .polyphase

    @Option(
        help: ArgumentHelp(
            "Read the input as headerless audio, whatever it looks like: alaw, ulaw, u8, s8, s16, s16be, s24, s32, f32, g722, gsm or vox; rate in Hz and channels default to 8000 and 1.",
            valueName: "format:rate:channels"),
        completion: .headerless,
        transform: parseRaw)
    var raw: HeaderlessFormat?

    @Flag(help: "Accept what can be recovered of a damaged or truncated file, with a warning.")
    var partial = false

    @Option(help: ArgumentHelp("The longest result that is accepted, in seconds.", valueName: "s"))
    var maxDuration: Int = 86_400

    func validate() throws {
        guard (1...268_000).contains(maxDuration) else {
            throw ValidationError(
                "--max-duration \(maxDuration): must lie in 1...268000 s, which is what a WAV file can hold")
        }
    }

    /// The options as the library takes them.
    var options: ConversionOptions {
        var options = ConversionOptions()
        options.channel = channel
        options.resampler = resampler
        options.raw = raw
        options.acceptsPartial = partial
        options.limits.maximumDuration = .seconds(maxDuration)
        options.processing = processing.processing
        options.processing.level = level
        return options
    }
}

package func parseLevel(_ text: String) throws -> Level {
    guard let dBov = Double(text), (-90...0).contains(dBov) else { throw ValidationError("must lie in -90...0 dBov") }
    return Level(dBov: dBov)
}

private func parseChannel(_ text: String) throws -> ChannelSelection {
    switch ChannelChoice(text) {
    case .mix: return .mix
    case .only(let channel): return .only(channel)
    case .each, nil: throw ValidationError("must be mix, or a number from 1, or left or right")
    }
}

private func parseResampler(_ text: String) throws -> ResamplerChoice {
    switch text {
    case "polyphase": return .polyphase
    case "libsamplerate": return .libsamplerate(.best)
    default:
        guard text.hasPrefix("libsamplerate:"),
            let quality = ResamplerChoice.Quality(rawValue: String(text.dropFirst(14)))
        else { throw ValidationError("must be polyphase, or libsamplerate with :best, :medium or :fastest") }
        return .libsamplerate(quality)
    }
}

package func parseRaw(_ text: String) throws -> HeaderlessFormat {
    guard let format = HeaderlessFormat(text) else {
        throw ValidationError(
            "must be FORMAT:RATE:CHANNELS, as in ulaw:8000:1, with a format of "
                + HeaderlessFormat.Encoding.allCases.map(\.rawValue).joined(separator: ", ")
                + ", a rate of 1...768000 Hz (G.722: 16000, GSM: 8000) and 1...1024 channels")
    }
    return format
}
