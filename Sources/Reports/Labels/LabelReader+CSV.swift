import Presentation
import ThresholdTuning

extension LabelReader {
    /// Reads `file,label`, with a third column for the speaker, or intervals, with `start_s` and `end_s`.
    ///
    /// The columns are known by a first line that names them; without one they are file, label and speaker. Between them stand
    /// commas, semicolons or tabs.
    mutating func readCSV(_ text: String) {
        let separator = Self.separator(of: text)
        guard let records = records(text, separator: separator) else { return }
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

    private static func column(_ name: String) -> String {
        switch name {
        case _ where fileNames.contains(name): "file"
        case "label", "verdict", "class", "text": "label"
        case "speaker", "caller", "group": "speaker"
        case "start_s", "start", "begin", "onset": "start"
        case "end_s", "end", "offset": "end"
        default: name
        }
    }

    private mutating func read(_ record: (line: Int, fields: [String]), _ columns: [String: Int]) {
        func field(_ name: String) -> String? {
            guard let index = columns[name], index < record.fields.count else { return nil }
            return record.fields[index].trimmed
        }
        guard let file = field("file"), !file.isEmpty else { return refuse(record.line, "names no file") }
        if columns["start"] != nil, columns["end"] != nil {
            guard let start = field("start"), let end = field("end") else {
                return refuse(record.line, "has no start and end")
            }
            return addInterval(file, line: record.line, start, end, text: field("label") ?? "")
        }
        guard let label = field("label"), !label.isEmpty else { return refuse(record.line, "has no label for \(file)") }
        let speaker = field("speaker").flatMap { $0.isEmpty ? nil : $0 }
        add(file, line: record.line, .verdict(label, speaker: speaker))
    }

    private static func separator(of text: String) -> Character {
        let head = text.prefix { !$0.isNewline }
        return [",", "\t", ";"].first { head.contains($0) } ?? ","
    }

    /// The records, those with nothing in them left out; nil if a quotation mark is never closed.
    private mutating func records(_ text: String, separator: Character) -> [(line: Int, fields: [String])]? {
        var records: [(line: Int, fields: [String])] = []
        var fields: [String] = []
        var field = ""
        var (line, firstLine) = (1, 1)
        var isQuoted = false
        var index = text.startIndex
        func isBlank(_ fields: [String]) -> Bool { fields.allSatisfy { $0.allSatisfy(\.isWhitespace) } }
        while index < text.endIndex {
            let character = text[index]
            index = text.index(after: index)
            if character.isNewline { line += 1 }
            if isQuoted {
                guard character == "\"" else {
                    field.append(character)
                    continue
                }
                if index < text.endIndex, text[index] == "\"" {
                    field.append("\"")
                    index = text.index(after: index)
                } else {
                    isQuoted = false
                }
            } else if character == "\"", field.allSatisfy(\.isWhitespace) {
                (field, isQuoted) = ("", true)
            } else if character == separator {
                fields.append(field)
                field = ""
            } else if character.isNewline {
                fields.append(field)
                if !isBlank(fields) { records.append((firstLine, fields)) }
                (fields, field, firstLine) = ([], "", line)
            } else {
                field.append(character)
            }
        }
        guard !isQuoted else {
            refuse(firstLine, "a quotation mark that is opened here is never closed")
            return nil
        }
        fields.append(field)
        if !isBlank(fields) { records.append((firstLine, fields)) }
        return records
    }
}
