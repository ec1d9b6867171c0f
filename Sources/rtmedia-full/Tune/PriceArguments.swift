import CommandArguments
import QuickCommands
import TalkDetection
import TelephonyAudio
import ThresholdTuning

/// The options that say what to tune for.
struct PriceArguments: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("What TALK costs where there is no talk, 0...1000.", valueName: "price"))
    var costFalseTalk = 1.0

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("What 0 costs where there is talk, 0...1000.", valueName: "price"))
    var costMissed = 1.0

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "What each second until talk is found costs; sixty must not cost more than a missed talk.",
            valueName: "price"))
    var costSecond = 0.01

    @Option(
        help: ArgumentHelp(
            "The platform's threshold is one of these mean magnitudes, 0...32768, between commas (default: 128,181,256,362,512,724,1024).",
            valueName: "list"),
        transform: parseThresholds)
    var thresholds: [MeanMagnitude] = TuningOptions.standardThresholds

    @Option(help: ArgumentHelp("What decides which recordings are held out.", valueName: "number"))
    var seed: UInt64 = 1

    func validate() throws {
        do throws(TuningError) { _ = try options } catch { throw ValidationError("\(error.advised)") }
    }

    /// The options as the library takes them.
    var options: TuningOptions {
        get throws(TuningError) {
            try TuningOptions(
                prices: Prices(falseTalk: costFalseTalk, missed: costMissed, second: costSecond),
                thresholds: thresholds, seed: seed)
        }
    }
}

private func parseThresholds(_ text: String) throws -> [MeanMagnitude] {
    let thresholds = text.split(separator: ",", omittingEmptySubsequences: false).map { part in
        Int(part).flatMap { MeanMagnitude(rawValue: $0) }
    }
    guard !thresholds.contains(nil) else {
        throw ValidationError("must be mean magnitudes in 0...32768 between commas, as in 256,512")
    }
    return thresholds.compactMap { $0 }
}
