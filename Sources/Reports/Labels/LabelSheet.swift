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

    /// Gives recordings their labels.
    ///
    /// - Parameters:
    ///   - labels: what a new row calls each recording, and the name of its label, which nil takes away; by their numbers.
    ///   - find: the number of the recording that a row calls so.
    /// - Returns: whether the file can say that: one of intervals can't.
    /// - Complexity: O(*n* + *m* log *m*) for a file of *n* bytes and *m* labels.
    package mutating func setLabels(
        _ labels: [Int: (recording: String, name: String?)], where find: (String) -> Int?
    ) -> Bool {
        guard format == .csv, kind != .intervals else { return false }
        if bytes.isEmpty { append(["file", "label"], separator: 44) }
        guard let columns else { return false }
        let table = CSVTable(Self.text(bytes))
        var edits: [Edit] = []
        var placed: Set<Int> = []
        for row in rows(of: table, columns) {
            guard let number = find(row.fields[columns.file]), let label = labels[number] else { continue }
            // The recording's first row says it for all.
            if placed.insert(number).inserted, let name = label.name {
                edits.append(Self.edit(of: row, columns, name, table.separator))
            } else {
                edits.append(Edit(place: row.start..<row.end))
            }
        }
        make(edits)
        for (number, label) in labels.sorted(by: { $0.key < $1.key }) where !placed.contains(number) {
            guard let name = label.name else { continue }
            var fields = [String](repeating: "", count: columns.count)
            (fields[columns.file], fields[columns.label]) = (label.recording, name)
            append(fields, separator: table.separator)
        }
        return true
    }

    /// Gives recordings their intervals.
    ///
    /// - Parameters:
    ///   - intervals: by the recordings' numbers.
    ///   - find: the number of the recording that a row calls so.
    /// - Returns: the numbers of those of which the file can say that: one of labels can't.
    /// - Complexity: as for ``setLabels(_:where:)``, of the intervals together.
    package mutating func setIntervals(
        _ intervals: [Int: IntervalLabels], where find: (String) -> Int?
    ) -> Set<Int> {
        guard kind != .verdicts else { return [] }
        switch format {
        case .audacity:
            guard intervals.count == 1, let labels = intervals.values.first else { return [] }
            bytes = Array(format.text(labels).utf8)
            return Set(intervals.keys)
        case .rttm: return setLines(intervals, find)
        case .csv: return setRows(intervals, find) ? Set(intervals.keys) : []
        case .textGrid: return []
        }
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

    /// What gives a row its label.
    private static func edit(of row: CSVTable.Record, _ columns: Columns, _ label: String, _ separator: UInt8) -> Edit {
        let text = Array(field(label, separator).utf8)
        if columns.label < row.places.count { return Edit(place: row.places[columns.label], bytes: text) }
        let missing = [UInt8](repeating: separator, count: columns.label - row.places.count + 1)
        let end = row.places.last!.upperBound
        return Edit(place: end..<end, bytes: missing + text)
    }

    /// - Returns: whether the columns for them are there.
    private mutating func setRows(_ intervals: [Int: IntervalLabels], _ find: (String) -> Int?) -> Bool {
        if bytes.isEmpty { append(["file", "start_s", "end_s", "label"], separator: 44) }
        guard let columns, let start = columns.start, let end = columns.end else { return false }
        let table = CSVTable(Self.text(bytes))
        func lines(of labels: IntervalLabels) -> [UInt8] {
            Array(
                labels.labels.map { label in
                    var fields = [String](repeating: "", count: columns.count)
                    fields[columns.file] = labels.recording
                    (fields[start], fields[end]) = (seconds(label.start, 6), seconds(label.end, 6))
                    fields[columns.label] = label.text
                    return line(fields, table.separator)
                }.joined())
        }
        var edits: [Edit] = []
        var placed: Set<Int> = []
        for row in rows(of: table, columns) {
            guard let number = find(row.fields[columns.file]), let labels = intervals[number] else { continue }
            let new = placed.insert(number).inserted ? lines(of: labels) : []
            edits.append(Edit(place: row.start..<row.end, bytes: new))
        }
        make(edits)
        for (number, labels) in intervals.sorted(by: { $0.key < $1.key }) where !placed.contains(number) {
            endLastLine()
            bytes += lines(of: labels)
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
    /// - Returns: the numbers of recordings of which all that is there is of their first channel.
    private mutating func setLines(_ intervals: [Int: IntervalLabels], _ find: (String) -> Int?) -> Set<Int> {
        var lines: [(bytes: ArraySlice<UInt8>, number: Int?)] = []
        var changed = Set(intervals.keys)
        // Among bytes, since CR LF is one character.
        for line in bytes.split(separator: 10, omittingEmptySubsequences: false) {
            let fields = String(decoding: line, as: UTF8.self).split(whereSeparator: \.isWhitespace)
            let number = fields.count > 1 && fields[0] == "SPEAKER" ? find(String(fields[1])) : nil
            lines.append((line, number))
            if let number, fields.count > 2, fields[2] != "1" { changed.remove(number) }
        }
        var kept: [UInt8] = []
        var placed: Set<Int> = []
        for (line, number) in lines {
            if let number, changed.contains(number), let labels = intervals[number] {
                if placed.insert(number).inserted { kept += format.text(labels).utf8 }
            } else {
                kept += line
                kept.append(10)
            }
        }
        // What follows the last line end is no line.
        if kept.last == 10 { kept.removeLast() }
        bytes = kept
        for number in changed.subtracting(placed).sorted() {
            endLastLine()
            bytes += format.text(intervals[number]!).utf8
        }
        return changed
    }
}

// MARK: - Bytes

extension LabelSheet {
    /// The text, of which each byte has the place that it has in the file.
    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    /// What takes the place of some bytes.
    private struct Edit {
        let place: Range<Int>
        var bytes: [UInt8] = []
    }

    /// Makes edits, which follow one another in the file.
    private mutating func make(_ edits: [Edit]) {
        guard !edits.isEmpty else { return }
        var new: [UInt8] = []
        new.reserveCapacity(bytes.count + edits.reduce(0) { $0 + $1.bytes.count })
        var end = 0
        for edit in edits {
            new += bytes[end..<edit.place.lowerBound]
            new += edit.bytes
            end = edit.place.upperBound
        }
        new += bytes[end...]
        bytes = new
    }

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
