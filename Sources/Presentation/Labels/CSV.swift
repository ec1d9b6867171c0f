/// Comma-separated values (RFC 4180).
package enum CSV {
    /// A field, in quotation marks where it needs them.
    package static func field(_ text: String) -> String {
        text.utf8.contains(where: { ",\"\n\r".utf8.contains($0) }) ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
    }
}

/// A table as spreadsheets write it: fields between commas, semicolons or tabs, in quotation marks where they need them.
package struct CSVTable {
    /// A row, and the line that it begins in, from 1.
    package struct Record {
        package let line: Int
        /// Without the space around those that are not in quotation marks.
        package let fields: [String]
        /// Where each field lies among the text's bytes, with its quotation marks and the space around it.
        package let places: [Range<Int>]
        /// Where the row ends among the text's bytes, behind its line end.
        package let end: Int

        /// Where the row begins among the text's bytes.
        package var start: Int { places[0].lowerBound }
    }

    /// The rows, those with nothing in them left out.
    package private(set) var records: [Record] = []
    /// The line of a quotation mark that is never closed; nil if there is none.
    package private(set) var unclosedLine: Int?
    /// What stands between fields.
    package let separator: UInt8

    /// Reads a text.
    ///
    /// - Parameter separator: what stands between fields, in ASCII; nil for whichever of the three the first line
    ///   that is not empty has most of.
    package init(_ text: String, separator: UInt8? = nil) {
        let bytes = Array(text.utf8)
        let head = bytes.drop { $0 == 10 || $0 == 13 }.prefix { $0 != 10 && $0 != 13 }
        let separator =
            separator
            ?? [9, 59, 44].max { left, right in
                head.count { $0 == left } < head.count { $0 == right }
            }!
        self.separator = separator
        var fields: [String] = []
        var places: [Range<Int>] = []
        var fieldStart = 0
        var field: [UInt8] = []
        var (line, firstLine) = (1, 1)
        var isQuoted = false
        var wasQuoted = false
        var place = 0
        func endField(at end: Int) {
            let text = String(decoding: field, as: UTF8.self)
            fields.append(wasQuoted ? text : text.withoutSpaceAround)
            (field, wasQuoted) = ([], false)
            // The separator or the line end has been taken already.
            places.append(fieldStart..<end)
            fieldStart = place
        }
        func endRecord(at end: Int) {
            endField(at: end)
            if fields.contains(where: { !$0.isEmpty }) {
                records.append(Record(line: firstLine, fields: fields, places: places, end: place))
            }
            (fields, places) = ([], [])
            firstLine = line
        }
        while place < bytes.count {
            let byte = bytes[place]
            place += 1
            // A line ends with CR LF, LF, or CR.
            let endsLine = byte == 10 || byte == 13 && !(place < bytes.count && bytes[place] == 10)
            if endsLine { line += 1 }
            if isQuoted {
                if byte != 34 {
                    field.append(byte)
                } else if place < bytes.count, bytes[place] == 34 {
                    field.append(34)
                    place += 1
                } else {
                    isQuoted = false
                }
            } else if byte == 34, !wasQuoted, field.allSatisfy({ $0 == 32 || $0 == 9 }) {
                (field, isQuoted, wasQuoted) = ([], true, true)
            } else if byte == separator {
                endField(at: place - 1)
            } else if endsLine {
                // A carriage return before a line feed is none of the field.
                endRecord(at: place >= 2 && byte == 10 && bytes[place - 2] == 13 ? place - 2 : place - 1)
            } else if byte != 13 {
                // What stands behind closing marks is taken too, but for spaces.
                if !wasQuoted || byte != 32 { field.append(byte) }
            }
        }
        if isQuoted { unclosedLine = firstLine }
        endRecord(at: place)
    }

    /// The first row, which is taken out; nil if there is none.
    package mutating func takeFirst() -> Record? { records.isEmpty ? nil : records.removeFirst() }
}

extension String {
    /// Without spaces, tabs and marks of byte order around it.
    package var withoutSpaceAround: String {
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
