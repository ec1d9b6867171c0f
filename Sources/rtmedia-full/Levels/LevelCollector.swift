import AudioConversion
import CommandArguments
import Files
import LevelMeasurement
import ParallelWork
import Presentation
import QuickCommands
import Reports
import TelephonyAudio
import ThresholdTuning

/// Collects the levels of all inputs, on all cores, with a progress bar.
struct LevelCollector {
    /// The recordings, in the inputs' order, each once, also if it comes as audio and in level files.
    private(set) var recordings: [RecordingLevels] = []
    /// Their line conditions.
    private(set) var conditions = LineCondition.standard
    /// What can't be used, and why.
    private(set) var failures: [ConversionError] = []
    /// What is to be known of recordings.
    private(set) var warnings: [(file: String, warning: ConversionReport.Warning)] = []
    /// How many were found where levels are kept.
    private(set) var keptCount = 0

    /// - Parameter channels: the channels that labels name of recordings, by their names.
    /// - Throws: the exit code if an input that was named is not there, or if all are empty folders.
    init(
        _ arguments: [String], meter: LevelMeter, reporting: ReportingArguments, besides outputs: Set<String>,
        channels: ([String]) -> [[Int]] = { $0.map { _ in [] } }
    ) throws {
        for argument in arguments where argument != "-" {
            do throws(ConversionError) {
                try attempt(on: argument) { () throws(SystemError) in try FileAccess.expectReadable(argument) }
            } catch {
                Console.note("rtmedia: \(error)")
                throw ExitStatus.code(for: error)
            }
        }
        let inputs = InputFinder.find(arguments).filter { !outputs.contains($0.path) && !$0.isLabelFile }
        guard !inputs.isEmpty else {
            Console.note("rtmedia: there are no recordings: the folder is empty")
            throw ExitStatus.noInput
        }
        var progress = ProgressLine(isShown: !reporting.quiet)
        var finished = 0
        let labelled = channels(inputs.map(\.recordingName))
        parallelMap(Array(zip(inputs, labelled)), jobs: reporting.jobs) { input, labelled in
            BatchOutcome(input) { () throws(ConversionError) in try meter.read(input, labelled: labelled) }
        } deliver: { index, outcome in
            take(outcome, of: inputs[index])
            finished += 1
            progress.show(Double(finished) / Double(inputs.count), "\(finished)/\(inputs.count) files")
        }
        progress.clear()
        recordings = RecordingLevels.withoutRepetitions(recordings)
        if recordings.isEmpty {
            for failure in failures { Console.note("rtmedia: \(failure.advised(.levels))") }
            if failures.isEmpty { Console.note("rtmedia: there are no recordings among the \(inputs.count) files") }
            throw failures.first.map(ExitStatus.code(for:)) ?? ExitStatus.noInput
        }
    }

    private mutating func take(_ outcome: BatchOutcome<LevelMeter.Content>, of input: FoundInput) {
        switch outcome {
        case .done(.recording(let levels, let keptCount, let warnings)):
            recordings += levels
            self.keptCount += keptCount
            self.warnings += warnings.map { (input.path, $0) }
        case .done(.levels(let file)):
            guard file.conditions == LineCondition.standard, file.seed == 1 else {
                failures.append(
                    ConversionError(
                        .unsupported, file: file.recordings[0].name,
                        "has levels under other line conditions, or with other noise; write them anew with rtmedia levels"
                    ))
                return
            }
            recordings += file.recordings
        case .failed(let error), .skipped(let error): failures.append(error)
        }
    }
}

extension LevelCollector {
    /// What can't be used, and what is to be known of recordings.
    var findings: [TuningError] {
        failures.map { TuningError(.recordings, $0.file, $0.advised(.tune).reason) }
            + warnings.map { TuningError(.recordings, $0.file, $0.warning.advised(.tune)) }
    }
}

extension FoundInput {
    /// Whether a file that was walked over holds labels, by its name.
    var isLabelFile: Bool { isWalked && LabelFormat(ending: PathName(path).ending) != nil }
}
