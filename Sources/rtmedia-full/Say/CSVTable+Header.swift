import Presentation
import RealTimeAPI
import YAMLFiles

extension CSVTable {
    /// The places of columns by their names in the first row, which is taken out; nil, with a finding, if one is not known.
    ///
    /// - Parameters:
    ///   - known: names of columns, each with others for it.
    ///   - needed: those that have to be there.
    mutating func takeHeader(
        _ known: [String: [String]], needed: [String], findings: inout FileFindings
    ) -> [String: Int]? {
        if let unclosedLine {
            findings.add(.error, "a quotation mark is never closed", FilePlace(line: unclosedLine, column: 1))
        }
        guard let head = takeFirst() else {
            findings.add(.error, "is empty", nil)
            return nil
        }
        var columns: [String: Int] = [:]
        for (index, field) in head.fields.enumerated() where !field.isEmpty {
            let name = field.lowercased()
            guard let column = known.first(where: { $0.key == name || $0.value.contains(name) })?.key else {
                findings.add(
                    .error,
                    "has no column \"\(field.excerpt)\"; the known columns are \(known.keys.sorted().joined(separator: ", "))",
                    FilePlace(line: head.line, column: 1))
                continue
            }
            if columns[column] != nil {
                findings.add(.error, "the column \(column) appears twice", FilePlace(line: head.line, column: 1))
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
