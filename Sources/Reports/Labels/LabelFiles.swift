package import AudioConversion
import Files
import Presentation
package import ThresholdTuning

/// Reads files of labels.
package enum LabelFiles {
    /// The most bytes of one.
    package static let limit = 64 << 20

    /// The labels of files, and of all files of labels in and under folders.
    ///
    /// - Parameters:
    ///   - paths: of the files and folders.
    ///   - names: which names mean talk.
    /// - Throws: `usage` if a file that is named does not end as labels do, and what reading it throws.
    package static func book(_ paths: [String], names: TalkNames) throws(ConversionError) -> LabelBook {
        var book = LabelBook(names: names)
        for input in InputFinder.find(paths) {
            guard let format = LabelFormat(ending: PathName(input.path).ending) else {
                if input.isWalked { continue }
                throw ConversionError(
                    .usage, file: input.path, "labels must end in .csv, .txt (Audacity), .TextGrid or .rttm")
            }
            let bytes = try FileBytes.read(input.path, limit: limit)
            let folder = input.isWalked ? PathName(input.relativePath).folder : ""
            let file = format.read(bytes, name: input.path, recording: folder + PathName(input.path).stem)
            book.add(file.labels, findings: file.findings, isOfManyRecordings: format.isOfManyRecordings)
        }
        return book
    }
}
