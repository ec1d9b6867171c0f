// How labels are written; how they are read stands in Reports.
extension LabelFormat {
    /// What stands before the first label of a file.
    public var head: String { self == .csv ? "file,start_s,end_s,qualifies,label,channel\n" : "" }

    /// The labels of a recording as they stand in a file; in Audacity's format and in a TextGrid they are a file.
    public func text(_ labels: IntervalLabels) -> String {
        switch self {
        case .audacity: labels.labels.map(Self.audacityLine).joined()
        case .rttm: labels.labels.map { Self.rttmLine($0, name: labels.name, channel: labels.channel) }.joined()
        case .csv: labels.labels.map { Self.csvLine($0, of: labels) }.joined()
        case .textGrid: Self.textGrid(labels)
        }
    }

    private static func audacityLine(_ label: IntervalLabels.Label) -> String {
        let text = String(label.text.map { $0.isNewline || $0 == "\t" ? " " : $0 })
        return "\(seconds(label.start, 6))\t\(seconds(label.end, 6))\t\(text)\n"
    }

    private static func rttmLine(_ label: IntervalLabels.Label, name: String, channel: Int?) -> String {
        let (onset, duration) = (seconds(label.start, 6), seconds(label.end - label.start, 6))
        return "SPEAKER \(name) \(channel ?? 1) \(onset) \(duration) <NA> <NA> \(label.speaker) <NA> <NA>\n"
    }

    private static func csvLine(_ label: IntervalLabels.Label, of labels: IntervalLabels) -> String {
        let times = "\(seconds(label.start, 6)),\(seconds(label.end, 6))"
        let channel = labels.channel.map(String.init) ?? ""
        return "\(CSV.field(labels.recording)),\(times),\(label.qualifies),\(CSV.field(label.text)),\(channel)\n"
    }

    /// One tier without gaps, as Praat wants it: what no label covers has an empty one.
    private static func textGrid(_ labels: IntervalLabels) -> String {
        let end = max(labels.duration, labels.labels.last?.end ?? .zero)
        var intervals: [(start: Duration, end: Duration, text: String)] = []
        var position = Duration.zero
        for label in labels.labels where label.start >= position {
            if label.start > position { intervals.append((position, label.start, "")) }
            position = label.end
            if position > label.start { intervals.append((label.start, position, label.text)) }
        }
        if position < end { intervals.append((position, end, "")) }
        let listed = intervals.enumerated().map { index, interval in
            """
                    intervals [\(index + 1)]:
                        xmin = \(seconds(interval.start, 6))
                        xmax = \(seconds(interval.end, 6))
                        text = "\(interval.text.replacing("\"", with: "\"\""))"

            """
        }
        return """
            File type = "ooTextFile"
            Object class = "TextGrid"

            xmin = 0
            xmax = \(seconds(end, 6))
            tiers? <exists>
            size = 1
            item []:
                item [1]:
                    class = "IntervalTier"
                    name = "\(labels.kind)"
                    xmin = 0
                    xmax = \(seconds(end, 6))
                    intervals: size = \(intervals.count)

            """ + listed.joined()
    }
}

extension IntervalLabels {
    /// The recording as RTTM names it: without folders and ending, and without spaces, which part its columns.
    fileprivate var name: String {
        let last = recording.split(separator: "/").last ?? ""
        let dot = last.lastIndex(of: ".").flatMap { $0 == last.startIndex ? nil : $0 } ?? last.endIndex
        return String(last[..<dot]).replacing(" ", with: "_")
    }
}
