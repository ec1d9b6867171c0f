import AudioConversion
import CommandArguments
import Reports
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

    /// Reads the labels.
    func book() throws(ConversionError) -> LabelBook {
        try LabelFiles.book(labels, names: talk.isEmpty ? TalkNames() : TalkNames(talk))
    }

    /// The recordings that have labels, and what is wrong with labels or missing.
    ///
    /// - Parameter channel: the channels that the recordings are read on.
    func label(
        _ recordings: [RecordingLevels], _ book: LabelBook, channel: ChannelChoice?
    ) -> ([LabelledRecording], [TuningError]) {
        let only: Int? = if case .only(let number) = channel { number } else { nil }
        return book.label(recordings, channel: only, speakersAreFolders: speakerFolders)
    }
}
