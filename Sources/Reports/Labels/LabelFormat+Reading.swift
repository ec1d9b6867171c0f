public import Presentation
public import ThresholdTuning

extension LabelFormat {
    /// What a file of labels says, line by line.
    public struct Content: Sendable {
        /// The labels, in the order of the file.
        public internal(set) var labels: [RecordingLabel] = []
        /// Lines that can't be understood.
        public internal(set) var findings: [TuningError] = []

        /// Nothing.
        package init() {}
    }

    /// Reads a file of this format, as ``text(_:)`` writes it and other programs do.
    ///
    /// Any bytes can be read: what can't be understood is a finding, and the other lines count.
    ///
    /// - Parameters:
    ///   - bytes: the whole file, in UTF-8 or UTF-16.
    ///   - name: what findings call it.
    ///   - recording: the recording that the file belongs to, where each file belongs to one (``isOfManyRecordings``): a
    ///     path without its ending.
    public func read(_ bytes: [UInt8], name: String, recording: String) -> Content {
        LabelReader(bytes, self, name: name, recording: recording).content
    }
}
