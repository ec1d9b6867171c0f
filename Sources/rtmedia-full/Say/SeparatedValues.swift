import RealTimeAPI
import YAMLFiles

/// A table as spreadsheets write it: fields between commas, semicolons or tabs, in quotation marks where they need them
/// (RFC 4180).
struct SeparatedValues {
    /// A row, and the line that it begins in.
    struct Record {
        let line: Int
        let fields: [String]
    }

    /// The rows, those with nothing in them left out.
    private(set) var records: [Record] = []

    /// Reads a text.
    ///
    /// - Parameter separator: what stands between fields; nil for whichever of them the first line has.
    init(_ text: String, separator: UInt8? = nil, findings: inout FileFindings) {
        let bytes = Array(text.utf8)
        let head = bytes.prefix { $0 != 10 && $0 != 13 }
        let separator =
            separator
            ?? [9, 59, 44].max { left, right in
                head.count { $0 == left } < head.count { $0 == right }
            }
        var fields: [String] = []
        var field: [UInt8] = []
        var (line, firstLine) = (1, 1)
        var isQuoted = false
        var wasQuoted = false
        var place = 0
        func endField() {
            let text = String(decoding: field, as: UTF8.self)
            fields.append(wasQuoted ? text : text.withoutSpaceAround)
            (field, wasQuoted) = ([], false)
        }
        func endRecord() {
            endField()
            if fields.contains(where: { !$0.isEmpty }) { records.append(Record(line: firstLine, fields: fields)) }
            fields = []
        }
        while place < bytes.count {
            let byte = bytes[place]
            place += 1
            if byte == 10 { line += 1 }
            if isQuoted {
                if byte != 34 {
                    field.append(byte)
                } else if place < bytes.count, bytes[place] == 34 {
                    field.append(34)
                    place += 1
                } else {
                    isQuoted = false
                }
            } else if byte == 34, field.allSatisfy({ $0 == 32 }), !wasQuoted {
                (field, isQuoted, wasQuoted) = ([], true, true)
            } else if byte == separator {
                endField()
            } else if byte == 10 {
                endRecord()
                firstLine = line
            } else if byte != 13 || place < bytes.count && bytes[place] != 10 {
                // What stands behind closing marks is taken too, but for spaces.
                if !wasQuoted || byte != 32 { field.append(byte) }
            }
        }
        if isQuoted {
            findings.add(.error, "a quotation mark is never closed", FilePlace(line: firstLine, column: 1))
        }
        endRecord()
    }

    /// The places of columns by their names in the first row, which is taken out; nil, with a finding, if one is not known.
    ///
    /// - Parameters:
    ///   - known: names of columns, each with others for it.
    ///   - needed: those that have to be there.
    mutating func takeHeader(
        _ known: [String: [String]], needed: [String], findings: inout FileFindings
    ) -> [String: Int]? {
        guard let head = records.first else {
            findings.add(.error, "is empty", nil)
            return nil
        }
        records.removeFirst()
        var columns: [String: Int] = [:]
        for (index, field) in head.fields.enumerated() where !field.isEmpty {
            let name = field.lowercased()
            guard let column = known.first(where: { $0.key == name || $0.value.contains(name) })?.key else {
                findings.add(
                    .error,
                    "has no column \"\(field)\"; those that it can have are \(known.keys.sorted().joined(separator: ", "))",
                    FilePlace(line: head.line, column: 1))
                continue
            }
            if columns[column] != nil {
                findings.add(.error, "the column \(column) is there twice", FilePlace(line: head.line, column: 1))
            }
            columns[column] = index
        }
        for name in needed where columns[name] == nil {
            findings.add(
                .error, "the first line must name the columns, and names none \(name)",
                FilePlace(line: head.line, column: 1))
        }
        return findings.containsError ? nil : columns
    }
}

extension String {
    /// Without spaces, tabs and marks of byte order around it.
    var withoutSpaceAround: String {
        var text = Substring(self)
        while let first = text.unicodeScalars.first, first.properties.isWhitespace || first == "\u{FEFF}" {
            text.unicodeScalars.removeFirst()
        }
        while let last = text.unicodeScalars.last, last.properties.isWhitespace || last == "\u{FEFF}" {
            text.unicodeScalars.removeLast()
        }
        return String(text)
    }
}
