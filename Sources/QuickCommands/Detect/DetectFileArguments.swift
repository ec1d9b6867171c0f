import CommandArguments
import Files
import Presentation

/// The options for drawings and labels.
struct DetectFileArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Draw waveform, level, threshold, talkspurts and decision into a file, .svg or .png (which needs ffmpeg); {name} stands for the input's name.",
            valueName: "file"),
        completion: .file(extensions: ["svg", "png"]))
    var plot: String?

    @Option(
        help: ArgumentHelp(
            "Write the talkspurts as labels: .txt for Audacity, .TextGrid for Praat, .rttm or .csv; {name} stands for the input's name.",
            valueName: "file"),
        completion: .file(extensions: ["txt", "TextGrid", "rttm", "csv"]))
    var labels: String?

    @Flag(name: .shortAndLong, help: "Replace drawings and labels that exist.")
    var force = false

    func validate() throws {
        if let plot, DrawingFormat(ending: PathName(plot).ending) == nil {
            throw ValidationError("--plot \(plot): must end in .svg or .png")
        }
        if let labels, LabelFormat(ending: PathName(labels).ending) == nil {
            throw ValidationError("--labels \(labels): must end in .txt (Audacity), .TextGrid, .rttm or .csv")
        }
    }

    /// - Throws: a `ValidationError` if several inputs would have one file.
    func check(inputCount: Int) throws {
        guard inputCount > 1 else { return }
        if let plot, !plot.contains("{name}") {
            throw ValidationError("--plot \(plot): there are several inputs; say {name} in it, as in plots/{name}.svg")
        }
        if let labels, !labels.contains("{name}"),
            LabelFormat(ending: PathName(labels).ending)?.isOfManyRecordings == false
        {
            throw ValidationError(
                "--labels \(labels): there are several inputs; say {name} in it, as in labels/{name}.txt")
        }
    }
}

/// A format of drawings, by a file's ending.
enum DrawingFormat: String {
    case svg, png

    init?(ending: some StringProtocol) {
        self.init(rawValue: ending.lowercased())
    }
}
