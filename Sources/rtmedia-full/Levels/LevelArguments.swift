import AudioConversion
import CommandArguments
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

    /// What measures.
    var meter: LevelMeter {
        var options = ConversionOptions()
        options.raw = raw
        options.acceptsPartial = partial
        return LevelMeter(options: options, cache: noCache ? nil : cache.map(LevelCache.init) ?? LevelCache.usual)
    }
}
