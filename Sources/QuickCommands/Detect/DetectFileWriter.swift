import AudioConversion
import Files
import Presentation
import RecordingDetection
import TelephonyAudio

/// Writes drawings and labels.
struct DetectFileWriter {
    private let arguments: DetectFileArguments
    private let labelFormat: LabelFormat?
    /// Labels of many files that go into one.
    private var collected = ""
    private var writtenPaths: Set<String> = []

    init(_ arguments: DetectFileArguments) {
        self.arguments = arguments
        labelFormat = arguments.labels.flatMap { LabelFormat(ending: PathName($0).ending) }
    }

    /// Writes what belongs to one input.
    mutating func write(_ result: DetectionResult) throws(ConversionError) {
        if let plot = arguments.plot {
            let svg = Array(result.plot.svg.utf8)
            let path = path(plot, for: result)
            let isPNG = DrawingFormat(ending: PathName(plot).ending) == .png
            try write(isPNG ? try PNGRenderer.render(svg, name: path) : svg, to: path)
        }
        guard let labels = arguments.labels, let labelFormat else { return }
        if labels.contains("{name}") {
            try write(Array((labelFormat.head + labelFormat.text(result.labels)).utf8), to: path(labels, for: result))
        } else {
            collected += labelFormat.text(result.labels)
        }
    }

    /// Writes what belongs to all inputs.
    mutating func finish() throws(ConversionError) {
        guard let labels = arguments.labels, let labelFormat, !labels.contains("{name}") else { return }
        try write(Array((labelFormat.head + collected).utf8), to: labels)
    }

    private func path(_ pattern: String, for result: DetectionResult) -> String {
        pattern.replacing("{name}", with: result.stem)
    }

    private mutating func write(_ bytes: [UInt8], to path: String) throws(ConversionError) {
        guard writtenPaths.insert(path).inserted else {
            throw ConversionError(
                .cannotCreate, file: path, "was just written for another input of the same name; detect them apart")
        }
        try OutputFile.createFolder(of: path)
        try OutputFile.write(bytes, to: path, replacing: arguments.force)
    }
}
