import ArgumentParser
import AudioConversion
import TelephonyAudio

/// The options that say how audio is converted.
struct ConversionArguments: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Bring the active speech level (ITU-T P.56) to so many dBov, by one gain per file; -26 is usual.",
            valueName: "dBov"),
        transform: parseLevel)
    var level: Level?

    @Flag(help: "Cut silence before and after the sound, but for 50 ms.")
    var trim = false

    @Option(help: ArgumentHelp("Silence to add before and after, in milliseconds.", valueName: "ms"))
    var pad: Int = 0

    @Option(help: ArgumentHelp("Length of the fade in and the fade out, in milliseconds.", valueName: "ms"))
    var fade: Int = 0

    @Flag(help: "Limit the band to 300...3400 Hz, as telephone networks do.")
    var bandLimit = false

    @Option(help: ArgumentHelp("Let it sound as the caller will hear it, through a G.711 code.", valueName: "law"))
    var preview: G711?

    @Option(
        help: ArgumentHelp(
            "The channels to take: mix, or the number of one, from 1 (default: mix).", valueName: "channel"),
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
            "Read the input as headerless audio, whatever it looks like: alaw, ulaw, u8, s8, s16, s16be, s24, s32, f32, g722 or gsm; rate in Hz and channels default to 8000 and 1.",
            valueName: "format:rate:channels"),
        completion: .list(HeaderlessFormat.Encoding.allCases.map(\.rawValue)),
        transform: parseRaw)
    var raw: HeaderlessFormat?

    @Flag(help: "Accept what can be recovered of a damaged or truncated file, with a warning.")
    var partial = false

    @Option(help: ArgumentHelp("The longest result that is accepted, in seconds.", valueName: "s"))
    var maxDuration: Int = 86_400

    func validate() throws {
        guard (0...60_000).contains(pad) else { throw ValidationError("--pad \(pad): must lie in 0...60000 ms") }
        guard (0...60_000).contains(fade) else { throw ValidationError("--fade \(fade): must lie in 0...60000 ms") }
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
        options.care.level = level
        options.care.trims = trim
        options.care.padding = .milliseconds(pad)
        options.care.fade = .milliseconds(fade)
        options.care.limitsBand = bandLimit
        options.care.preview = preview
        return options
    }
}

private func parseLevel(_ text: String) throws -> Level {
    guard let dBov = Double(text), (-90...0).contains(dBov) else { throw ValidationError("must lie in -90...0 dBov") }
    return Level(dBov: dBov)
}

private func parseChannel(_ text: String) throws -> ChannelSelection {
    if text == "mix" { return .mix }
    guard let channel = Int(text), channel > 0 else { throw ValidationError("must be mix, or a number from 1") }
    return .only(channel)
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

func parseRaw(_ text: String) throws -> HeaderlessFormat {
    guard let format = HeaderlessFormat(text) else {
        throw ValidationError(
            "must be FORMAT:RATE:CHANNELS, as in ulaw:8000:1, with a format of "
                + HeaderlessFormat.Encoding.allCases.map(\.rawValue).joined(separator: ", ")
                + ", a rate of 1...768000 Hz (G.722: 16000, GSM: 8000) and 1...1024 channels")
    }
    return format
}
