import AudioConversion
import CommandArguments
import Presentation
import QuickCommands
import Reports
import TelephonyAudio
import ThresholdTuning

/// The options for the files that tuning writes.
struct TuneFileArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Write a report of all that was found, one HTML file that needs nothing else.", valueName: "file"),
        completion: .file(extensions: ["html"]))
    var report: String?

    @Option(
        help: ArgumentHelp("Write what is answered to each recording, and why, as CSV.", valueName: "file"),
        completion: .file(extensions: ["csv"]))
    var csv: String?

    @Flag(name: .shortAndLong, help: "Replace files that exist.")
    var force = false

    func validate() throws {
        guard Set(all).count == all.count else { throw ValidationError("--csv and --report name the same file") }
    }

    /// The files' names.
    var all: [String] { [report, csv].compactMap { $0 } }

    /// Writes what is asked for.
    func write(
        _ result: TuningResult, _ recommendation: Recommendation, findings: [TuningError]
    ) throws(ConversionError) {
        if let csv { try write(TuningTable(result).text, to: csv) }
        guard let report else { return }
        let page = TuningReport(
            result, command: recommendation.json, call: recommendation.call, words: recommendation.words,
            findings: findings)
        try write(page.html, to: report)
    }

    private func write(_ text: String, to path: String) throws(ConversionError) {
        try OutputPlan.createFolder(of: path)
        try OutputFile.write(Array(text.utf8), to: path, replacing: force)
    }
}
