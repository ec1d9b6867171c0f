import AudioConversion
import CommandArguments
import LevelMeasurement
import Presentation
import QuickCommands
import Reports
import ThresholdTuning

/// The options that place a call for each of many recordings.
struct EachArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            Place a call for each recording of this folder, which the caller plays as soon as a command listens, and print what \
            play_talk_detect answers beside what is on the recording: talk or not, by the name of the sub-folder it lies in.
            """, valueName: "folder"),
        completion: .directory)
    var each: String?

    @Option(
        help: ArgumentHelp(
            "A file of labels, or a folder of them, as for tune, in place of sub-folders; may be given several times.",
            valueName: "file"),
        completion: .file(extensions: ["csv", "txt", "TextGrid", "rttm"]))
    var labels: [String] = []

    @Option(
        help: ArgumentHelp(
            "A name of labels or sub-folders that means talk, as for tune; may be given several times.",
            valueName: "name"))
    var talk: [String] = []

    func validate() throws {
        if each == nil, !labels.isEmpty || !talk.isEmpty {
            throw ValidationError("--labels and --talk are for the recordings of --each")
        }
    }

    /// The recordings, and what is on them.
    func recordings(of folder: String) throws(ConversionError) -> [LabelledInput] {
        let book = try LabelFiles.book(labels, names: talk.isEmpty ? TalkNames() : TalkNames(talk))
        let inputs = InputFinder.find([folder]).filter { !$0.isLabelFile }
        let (known, findings) = book.labels(of: inputs.map(\.recordingName))
        for finding in findings { Console.note("rtmedia: \(finding.advised)") }
        return zip(inputs, known).map { input, label in
            LabelledInput(input: input, label: book.isEmpty ? Self.label(of: input, book) : label)
        }
    }

    private static func label(of input: FoundInput, _ book: LabelBook) -> LabelBook.Label? {
        let folders = input.recordingName.split(separator: "/").dropLast().map(String.init)
        return book.labelFolder(folders).flatMap { book.label(folder: $0) }
    }
}

/// A recording, and what is on it, if that is known.
struct LabelledInput {
    let input: FoundInput
    let label: LabelBook.Label?
}
