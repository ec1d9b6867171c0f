import AudioConversion
import CommandArguments
import Presentation
import QuickCommands
import RealTimeAPI
import RecordingDetection
import Reports
import TelephonyAudio
import ThresholdTuning

/// The options for the files that tuning writes.
struct TuneFileArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Write a report of all that was found, one HTML file that needs nothing else: the studio's page, with levels and, of what is judged wrongly, sound.",
            valueName: "file"),
        completion: .file(extensions: ["html"]))
    var report: String?

    @Option(
        help: ArgumentHelp("Write what is answered to each recording, and why, as CSV.", valueName: "file"),
        completion: .file(extensions: ["csv"]))
    var csv: String?

    @Flag(
        help: "Leave sound out of the report, in which the recordings that are judged wrongly can otherwise be heard.")
    var noAudio = false

    @Flag(name: .shortAndLong, help: "Replace files that exist.")
    var force = false

    func validate() throws {
        guard Set(all).count == all.count else { throw ValidationError("--csv and --report name the same file") }
    }

    /// The files' names.
    var all: [String] { [report, csv].compactMap { $0 } }

    /// Writes what is asked for.
    func write(
        _ result: TuningResult, _ recommendation: Recommendation, findings: [TuningError], options: ConversionOptions
    ) throws(ConversionError) {
        if let csv { try write(TuningTable(result).text, to: csv) }
        guard let report else { return }
        let page = TuningReport(
            result, command: recommendation.json, call: recommendation.call, words: recommendation.words,
            findings: findings, catalogue: Self.catalogue,
            sounds: noAudio ? [:] : MisjudgedSounds(options).sounds(of: result))
        try write(page.html, to: report)
    }

    /// The commands and settings as the page knows them.
    private static var catalogue: [JSON.Member] {
        [
            JSON.Member("version", .string(QuickCommands.tool.version)),
            JSON.Member("commands", DetectionCatalogue.commands),
            JSON.Member("settings", DetectionCatalogue.settings { $0.option }),
        ]
    }

    private func write(_ text: String, to path: String) throws(ConversionError) {
        try OutputFile.createFolder(of: path)
        try OutputFile.write(Array(text.utf8), to: path, replacing: force)
    }
}
