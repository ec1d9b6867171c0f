import AudioConversion
import CommandArguments
import LevelMeasurement
import QuickCommands

/// The options that say how levels are measured, and where they are kept.
struct LevelArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Read the recordings as headerless audio, whatever they look like, as in ulaw:8000:1.",
            valueName: "format:rate:channels"),
        transform: parseRaw)
    var raw: HeaderlessFormat?

    @Flag(help: "Accept what can be recovered of a damaged or truncated recording.")
    var partial = false

    @Option(
        help: ArgumentHelp(
            "The folder in which levels are kept from run to run (default: rtmedia/levels in XDG_CACHE_HOME or ~/.cache).",
            valueName: "folder"),
        completion: .directory)
    var cache: String?

    @Flag(help: "Keep no levels from run to run.")
    var noCache = false

    private var options: ConversionOptions {
        var options = ConversionOptions()
        options.raw = raw
        options.acceptsPartial = partial
        return options
    }

    /// How recordings are heard again: of several channels that are measured each by itself, all together.
    func soundOptions(of channel: ChannelChoice?) -> ConversionOptions {
        guard case .only(let number) = channel else { return options }
        return options.channel(number, isChosen: true)
    }

    /// What measures.
    ///
    /// - Parameter channel: the channels that were chosen; nil if none were.
    func meter(of channel: ChannelChoice?) -> LevelMeter {
        LevelMeter(
            options: options, channel: channel,
            cache: noCache ? nil : cache.map(LevelCache.init) ?? LevelCache.usual
        ) { $0.advised }
    }
}
