import AudioConversion
import CommandArguments
import Files
import Presentation
import QuickCommands
import Reports
import TelephonyAudio
import ThresholdTuning

/// The options that say what is on the recordings.
struct LabelArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A file of labels, or a folder of them: .csv (file,label or intervals), .txt (Audacity), .TextGrid (Praat) or .rttm; may be given several times (default: the names of the sub-folders that recordings lie in).",
            valueName: "file"),
        completion: .file(extensions: ["csv", "txt", "TextGrid", "rttm"]))
    var labels: [String] = []

    @Option(
        help: ArgumentHelp(
            "A name of labels or sub-folders that means talk; may be given several times. All others then mean no talk (default: talk, human, speech, voice, person, live, hello, caller, yes, true, 1).",
            valueName: "name"))
    var talk: [String] = []

    @Flag(help: "Recordings in one sub-folder are of one speaker, and are held out together.")
    var speakerFolders = false

    private static let fileLimit = 64 << 20

    /// Reads the labels.
    func book() throws(ConversionError) -> LabelBook {
        var book = LabelBook(names: talk.isEmpty ? TalkNames() : TalkNames(talk))
        for input in InputFinder.find(labels) {
            guard let format = LabelFormat(ending: PathName(input.path).ending) else {
                if input.isWalked { continue }
                throw ConversionError(
                    .usage, file: input.path, "labels must end in .csv, .txt (Audacity), .TextGrid or .rttm")
            }
            let bytes = try FileBytes.read(input.path, limit: Self.fileLimit)
            let folder = input.isWalked ? PathName(input.relativePath).folder : ""
            let file = format.read(bytes, name: input.path, recording: folder + PathName(input.path).stem)
            book.add(file.labels, findings: file.findings, isOfManyRecordings: format.isOfManyRecordings)
        }
        return book
    }

    /// The recordings that have labels, and what is wrong with labels or missing.
    func label(_ recordings: [RecordingLevels], _ book: LabelBook) -> ([LabelledRecording], [TuningError]) {
        let folders = recordings.map { Array($0.name.split(separator: "/").dropLast().map(String.init)) }
        var (labels, findings) = book.labels(of: recordings.map(\.name))
        var labelFolders = [String?](repeating: nil, count: recordings.count)
        if book.isEmpty {
            for (index, folders) in folders.enumerated() {
                labelFolders[index] = book.labelFolder(folders)
                labels[index] = labelFolders[index].flatMap { book.label(folder: $0) }
            }
        }
        var labelled: [LabelledRecording] = []
        for (index, recording) in recordings.enumerated() {
            guard let label = labels[index] else {
                findings.append(missingLabel(of: recording, in: labelFolders[index], isBook: !book.isEmpty))
                continue
            }
            let speaker = speakerFolders ? folders[index].last { $0 != labelFolders[index] } : nil
            labelled.append(LabelledRecording(recording, isTalk: label.isTalk, speaker: label.speaker ?? speaker))
        }
        return (labelled, findings)
    }

    private func missingLabel(of recording: RecordingLevels, in folder: String?, isBook: Bool) -> TuningError {
        if isBook { return TuningError(.label, recording.location, "has no label; it is left out") }
        guard let folder else { return TuningError(.unlabelled, recording.location, "has no label") }
        return TuningError(.unknownFolder, recording.location, "nothing is known of the folder \"\(folder)\"")
    }
}
