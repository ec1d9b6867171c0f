package import Presentation
import ThresholdTuning

/// A file of labels that is changed in place: what it says of one recording is, and all else in it stays as it was, rows and
/// columns that nothing is known of too.
package struct LabelSheet: Sendable {
    /// What its rows are.
    package enum Kind: Sendable {
        /// One for a recording, with its label.
        case verdicts
        /// One for each interval of a recording.
        case intervals
    }

    /// The whole file.
    package private(set) var bytes: [UInt8]
    private let format: LabelFormat

    /// A file that can be changed; nil for one that can't: a TextGrid, whose tiers would be lost, or what is not in UTF-8.
    ///
    /// - Parameter bytes: the whole file; nothing of one that does not exist yet.
    package init?(_ bytes: [UInt8], format: LabelFormat) {
        guard format != .textGrid, String(validating: bytes, as: UTF8.self) != nil else { return nil }
        if format == .csv, CSVTable(Self.text(bytes)).unclosedLine != nil { return nil }
        self.bytes = bytes
        self.format = format
    }

    /// What its rows are; nil of an empty file, which may become either.
    package var kind: Kind? {
        switch format {
        case .audacity, .rttm, .textGrid: .intervals
        case .csv: columns.map { $0.start != nil && $0.end != nil ? .intervals : .verdicts }
        }
    }

    /// Gives a recording its label.
    ///
    /// - Parameters:
    ///   - label: the name; nil takes it away.
    ///   - recording: what a new row calls the recording.
    ///   - isRecording: whether a row that calls it so is of the recording.
    /// - Returns: whether the file can say that: one of intervals can't.
    package mutating func setLabel(
        _ label: String?, of recording: String, where isRecording: (String) -> Bool
    ) -> Bool {
        guard format == .csv, kind != .intervals else { return false }
        if bytes.isEmpty { append(["file", "label"], separator: 44) }
        guard let columns else { return false }
        let table = CSVTable(Self.text(bytes))
        let rows = rows(of: table, columns).filter { isRecording($0.fields[columns.file]) }
        guard let row = rows.first else {
            guard let label else { return true }
            var fields = [String](repeating: "", count: columns.count)
            (fields[columns.file], fields[columns.label]) = (recording, label)
            append(fields, separator: table.separator)
            return true
        }
        // From the last, so that places before it stay.
        for other in rows.dropFirst().reversed() { remove(other) }
        guard let label else {
            remove(row)
            return true
        }
        let text = Array(Self.field(label, table.separator).utf8)
        if columns.label < row.places.count {
            replace(row.places[columns.label], text)
        } else {
            let missing = [UInt8](repeating: table.separator, count: columns.label - row.places.count + 1)
            let end = row.places.last!.upperBound
            replace(end..<end, missing + text)
        }
        return true
    }

    /// Gives a recording its intervals.
    ///
    /// - Returns: whether the file can say that: one of labels can't.
    package mutating func setIntervals(_ labels: IntervalLabels, where isRecording: (String) -> Bool) -> Bool {
        guard kind != .verdicts else { return false }
        switch format {
        case .audacity: bytes = Array(format.text(labels).utf8)
        case .rttm: return setLines(labels, isRecording)
        case .csv: return setRows(labels, isRecording)
        case .textGrid: return false
        }
        return true
    }
}

// MARK: - CSV

extension LabelSheet {
    /// Where a table's columns are.
    private struct Columns {
        var file = 0
        var label = 1
        var start: Int?
        var end: Int?
        var count = 2
        var hasHead = false
    }

    /// Nil if there are no rows, no labels, or those of channels, which are more than one of a recording.
    private var columns: Columns? {
        let table = CSVTable(Self.text(bytes))
        guard let first = table.records.first else { return nil }
        let names = first.fields.map { LabelReader.column($0.trimmed.lowercased()) }
        var columns = Columns()
        columns.count = first.fields.count
        guard let file = names.firstIndex(of: "file") else { return first.fields.count < 2 ? nil : columns }
        columns.hasHead = true
        columns.file = file
        (columns.start, columns.end) = (names.firstIndex(of: "start"), names.firstIndex(of: "end"))
        guard let label = names.firstIndex(of: "label") else { return nil }
        columns.label = label
        let channel = names.firstIndex(of: "channel")
        let isOfChannels = table.records.dropFirst().contains { row in
            channel.map { $0 < row.fields.count && !row.fields[$0].trimmed.isEmpty } ?? false
        }
        return isOfChannels ? nil : columns
    }

    private func rows(of table: CSVTable, _ columns: Columns) -> [CSVTable.Record] {
        table.records.dropFirst(columns.hasHead ? 1 : 0).filter { columns.file < $0.fields.count }
    }

    /// - Returns: whether the columns for them are there.
    private mutating func setRows(_ labels: IntervalLabels, _ isRecording: (String) -> Bool) -> Bool {
        if bytes.isEmpty { append(["file", "start_s", "end_s", "label"], separator: 44) }
        guard let columns, let start = columns.start, let end = columns.end else { return false }
        let table = CSVTable(Self.text(bytes))
        let old = rows(of: table, columns).filter { isRecording($0.fields[columns.file]) }
        let rows = labels.labels.map { label -> [UInt8] in
            var fields = [String](repeating: "", count: columns.count)
            fields[columns.file] = labels.recording
            (fields[start], fields[end]) = (seconds(label.start, 6), seconds(label.end, 6))
            fields[columns.label] = label.text
            return line(fields, table.separator)
        }
        let place = old.first?.start
        for row in old.reversed() { remove(row) }
        if let place {
            replace(place..<place, Array(rows.joined()))
        } else {
            endLastLine()
            bytes += rows.joined()
        }
        return true
    }

    private func line(_ fields: [String], _ separator: UInt8) -> [UInt8] {
        let text = fields.map { Self.field($0, separator) }
        return Array(text.joined(separator: String(UnicodeScalar(separator))).utf8) + lineEnd
    }

    private mutating func append(_ fields: [String], separator: UInt8) {
        endLastLine()
        bytes += line(fields, separator)
    }

    private static func field(_ text: String, _ separator: UInt8) -> String {
        text.utf8.contains(separator) && separator != 44 ? "\"\(text.replacing("\"", with: "\"\""))\"" : CSV.field(text)
    }
}

// MARK: - RTTM

extension LabelSheet {
    /// - Returns: whether all that is there of the recording is of its first channel.
    private mutating func setLines(_ labels: IntervalLabels, _ isRecording: (String) -> Bool) -> Bool {
        var kept: [UInt8] = []
        var isPlaced = false
        let new = Array(format.text(labels).utf8)
        // Among bytes, since CR LF is one character.
        for line in bytes.split(separator: 10, omittingEmptySubsequences: false) {
            let fields = String(decoding: line, as: UTF8.self).split(whereSeparator: \.isWhitespace)
            if fields.count > 1, fields[0] == "SPEAKER", isRecording(String(fields[1])) {
                guard fields.count < 3 || fields[2] == "1" else { return false }
                if !isPlaced { kept += new }
                isPlaced = true
            } else {
                kept += line + [10]
            }
        }
        // What follows the last line end is no line.
        if kept.last == 10 { kept.removeLast() }
        bytes = kept
        guard !isPlaced else { return true }
        endLastLine()
        bytes += new
        return true
    }
}

// MARK: - Bytes

extension LabelSheet {
    /// The text, of which each byte has the place that it has in the file.
    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    private mutating func replace(_ place: Range<Int>, _ new: [UInt8]) { bytes.replaceSubrange(place, with: new) }

    private mutating func remove(_ row: CSVTable.Record) { bytes.removeSubrange(row.start..<row.end) }

    private mutating func endLastLine() {
        guard let last = bytes.last, last != 10, last != 13 else { return }
        bytes += lineEnd
    }

    /// As the file has it.
    private var lineEnd: [UInt8] {
        guard let end = bytes.firstIndex(of: 10), end > 0, bytes[end - 1] == 13 else { return [10] }
        return [13, 10]
    }
}
