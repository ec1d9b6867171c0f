import Presentation
import ThresholdTuning

extension LabelReader {
    /// Reads `file,label`, with a third column for the speaker, or intervals, with `start_s` and `end_s`; of a recording's
    /// `channel`, if there is such a column.
    ///
    /// The columns are known by a first line that names them; without one they are file, label and speaker. Between them stand
    /// commas, semicolons or tabs.
    mutating func readCSV(_ text: String) {
        let table = CSVTable(text)
        if let line = table.unclosedLine {
            return refuse(line, "a quotation mark that is opened here is never closed")
        }
        let records = table.records
        guard let first = records.first else { return }
        var columns: [String: Int] = ["file": 0, "label": 1, "speaker": 2]
        let names = first.fields.map { $0.trimmed.lowercased() }
        let hasHead = names.contains { Self.fileNames.contains($0) }
        if hasHead {
            columns = [:]
            for (index, name) in names.enumerated() { columns[Self.column(name)] = columns[Self.column(name)] ?? index }
        }
        for record in hasHead ? records.dropFirst() : records[...] { read(record, columns) }
    }

    private static let fileNames: Set = ["file", "filename", "recording", "path", "name"]

    static func column(_ name: String) -> String {
        switch name {
        case _ where fileNames.contains(name): "file"
        case "label", "verdict", "class", "text": "label"
        case "speaker", "caller", "group": "speaker"
        case "channel", "chan", "track": "channel"
        case "start_s", "start", "begin", "onset": "start"
        case "end_s", "end", "offset": "end"
        default: name
        }
    }

    private mutating func read(_ record: CSVTable.Record, _ columns: [String: Int]) {
        func field(_ name: String) -> String? {
            guard let index = columns[name], index < record.fields.count else { return nil }
            return record.fields[index].trimmed
        }
        guard let file = field("file"), !file.isEmpty else { return refuse(record.line, "names no file") }
        var channel: Int?
        if let text = field("channel"), !text.isEmpty, text.lowercased() != "mix" {
            channel = Self.channel(text)
            guard channel != nil else {
                return refuse(record.line, "the channel \"\(text)\" is neither a number from 1 nor left or right")
            }
        }
        if columns["start"] != nil, columns["end"] != nil {
            guard let start = field("start"), let end = field("end") else {
                return refuse(record.line, "has no start and end")
            }
            return addInterval(file, channel: channel, line: record.line, start, end, text: field("label") ?? "")
        }
        guard let label = field("label"), !label.isEmpty else { return refuse(record.line, "has no label for \(file)") }
        let speaker = field("speaker").flatMap { $0.isEmpty ? nil : $0 }
        add(file, channel: channel, line: record.line, .verdict(label, speaker: speaker))
    }
}
