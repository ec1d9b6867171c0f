import Files
import TalkDetection
import ThresholdTuning

extension LabelFormat {
    /// What stands before the first label.
    var head: String { self == .csv ? "file,start_s,end_s,qualifies,label\n" : "" }

    /// The labels of one file.
    func labels(_ result: DetectionResult) -> String {
        switch self {
        case .audacity:
            return result.talkspurts.map { "\(decimal($0.start))\t\(decimal($0.start + $0.length))\t\(label($0))\n" }
                .joined()
        case .rttm:
            let file = PathName(result.file).stem.replacing(" ", with: "_")
            return result.talkspurts.map { item in
                "SPEAKER \(file) 1 \(decimal(item.start)) \(decimal(item.length)) <NA> <NA> \(item.key.map(String.init) ?? "talk") <NA> <NA>\n"
            }.joined()
        case .csv:
            return result.talkspurts.map { item in
                "\(Self.quoted(result.file)),\(decimal(item.start)),\(decimal(item.start + item.length)),\(item.qualifies),\(Self.quoted(label(item)))\n"
            }.joined()
        case .textGrid: return textGrid(result)
        }
    }

    private func textGrid(_ result: DetectionResult) -> String {
        let end = max(result.duration, result.talkspurts.last.map { $0.start + $0.length } ?? .zero)
        var intervals: [(from: Duration, to: Duration, text: String)] = []
        var position = Duration.zero
        for item in result.talkspurts where item.start >= position {
            if item.start > position { intervals.append((position, item.start, "")) }
            position = item.start + item.length
            if position > item.start { intervals.append((item.start, position, label(item))) }
        }
        if position < end { intervals.append((position, end, "")) }
        let listed = intervals.enumerated().map { index, interval in
            """
                    intervals [\(index + 1)]:
                        xmin = \(decimal(interval.from))
                        xmax = \(decimal(interval.to))
                        text = "\(interval.text.replacing("\"", with: "\"\""))"

            """
        }
        return """
            File type = "ooTextFile"
            Object class = "TextGrid"

            xmin = 0
            xmax = \(decimal(end))
            tiers? <exists>
            size = 1
            item []:
                item [1]:
                    class = "IntervalTier"
                    name = "\(result.detection.command.rawValue)"
                    xmin = 0
                    xmax = \(decimal(end))
                    intervals: size = \(intervals.count)

            """ + listed.joined()
    }

    private func label(_ item: DetectionResult.Item) -> String {
        item.key.map(String.init) ?? (item.qualifies ? "talk" : item.reason)
    }

    /// Seconds with six decimals.
    private func decimal(_ time: Duration) -> String {
        let microseconds = Int((time / .microseconds(1)).rounded())
        let fraction = "\(microseconds % 1_000_000)"
        return "\(microseconds / 1_000_000)." + String(repeating: "0", count: 6 - fraction.count) + fraction
    }

    /// A field of CSV, in quotation marks where it needs them.
    static func quoted(_ text: String) -> String {
        text.contains(where: { ",\"\n\r".contains($0) }) ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
    }
}
