import Files
import Presentation
import RealTimeAPI
import YAMLFiles

/// A table of prompts: what each is called, and what it says.
struct PromptSheet {
    /// A line of it.
    struct Row {
        /// What the prompt is called, as in `42` or `digits/1`.
        let id: String
        /// As it was written, as in `en_GB`; nil where the sheet has none.
        var language: String?
        let voice: String?
        let content: Content
        /// The line in the file, from 1.
        let line: Int
        /// Whether another language's row stands in for one that is missing.
        var isFallback = false

        /// A number for what it says, and how.
        var number: String {
            let what =
                switch content {
                case .text(let text): "text \(text)"
                case .recording(let file): "recording \(file)"
                }
            return SheetRecords.number(Array("\(language ?? "") \(voice ?? "") \(what)".utf8))
        }
    }

    enum Content {
        case text(String)
        /// A file beside the sheet, or in a folder there.
        case recording(String)
    }

    private(set) var rows: [Row] = []
    /// The languages in the order of the sheet; none where it has none.
    private(set) var languages: [String] = []
    /// What there is to know of the sheet, and is no error.
    private(set) var notes: [FileFinding] = []

    /// The most rows that a sheet may have.
    private static let maximumRows = 20_000

    /// Reads a sheet.
    ///
    /// - Throws: a `FileError` with all that is wrong, a `ConversionError` if it can't be read.
    init(_ path: String) throws {
        var reader = SheetReader(findings: FileFindings(file: path))
        let text = try SpeechFiles.text(path)
        switch PathName(path).ending.lowercased() {
        case "yaml", "yml": reader.readYAML(text)
        case "txt": reader.readLines(text)
        case "tsv": reader.readTable(text, separator: 9)
        default: reader.readTable(text, separator: nil)
        }
        if reader.rows.count > Self.maximumRows { reader.error("has more than \(Self.maximumRows) prompts", nil) }
        reader.checkNames()
        guard !reader.findings.containsError else { throw FileError(findings: reader.findings.sorted) }
        guard !reader.rows.isEmpty else { throw FileError(path, "has no prompts") }
        rows = reader.rows
        notes = reader.findings.sorted
        for language in rows.compactMap(\.language) where !languages.contains(language) { languages.append(language) }
        addFallbacks()
    }

    /// Whether each language has a folder of its own: if two of them have a prompt of one name.
    var hasFolders: Bool { Set(rows.map(\.id)).count < rows.count }

    /// The file of a row, in the folder of all prompts.
    func file(of row: Row) -> String {
        (hasFolders ? row.language.map { "\($0)/" } ?? "" : "") + row.id + ".wav"
    }

    /// Has `en` stand in for what `en_GB` lacks.
    private mutating func addFallbacks() {
        for language in languages {
            guard let end = language.lastIndex(where: { $0 == "_" || $0 == "-" }) else { continue }
            let general = language[..<end].lowercased()
            let own = Set(rows.filter { $0.language == language }.map(\.id))
            rows += rows.filter { $0.language?.lowercased() == general && !own.contains($0.id) }.map { row in
                var row = row
                row.language = language
                row.isFallback = true
                return row
            }
        }
    }
}

private struct SheetReader: NodeReading {
    var findings: FileFindings
    var rows: [PromptSheet.Row] = []

    private static let columns = [
        "id": ["name", "prompt", "key"], "language": ["lang", "locale"], "voice": ["speaker"], "text": ["say"],
        "notes": ["note", "comment", "comments", "remarks", "description"], "file": ["recording", "audio"],
    ]

    mutating func readTable(_ text: String, separator: UInt8?) {
        var table = CSVTable(text, separator: separator)
        guard let columns = table.takeHeader(Self.columns, needed: ["id"], findings: &findings) else { return }
        for record in table.records {
            if let extra = record.fields.dropFirst((columns.values.max() ?? 0) + 1).first(where: { !$0.isEmpty }) {
                error(
                    "has more fields than the first line names, as \"\(extra.excerpt)\"; put a text with commas in quotation marks",
                    FilePlace(line: record.line, column: 1))
            }
            func field(_ name: String) -> String? {
                guard let index = columns[name], index < record.fields.count else { return nil }
                return record.fields[index]
            }
            add(
                id: field("id") ?? "", language: field("language"), voice: field("voice"), text: field("text"),
                file: field("file"), FilePlace(line: record.line, column: 1))
        }
    }

    /// Lines as in `vm-goodbye: Goodbye.`; a semicolon begins a comment, and what stands in brackets is not said.
    mutating func readLines(_ text: String) {
        let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
        for (index, line) in lines.enumerated() {
            let line = String(line).withoutSpaceAround
            let place = FilePlace(line: index + 1, column: 1)
            guard !line.isEmpty, !line.hasPrefix(";") else { continue }
            guard let colon = line.firstIndex(of: ":") else {
                error("must look like \"name: text\"", place)
                continue
            }
            let said = String(line[line.index(after: colon)...]).replacing(/\[[^\[\]]*\]/, with: " ").withoutSpaceAround
            let id = String(line[..<colon]).withoutSpaceAround
            if said.isEmpty {
                add(.warning, "\(id.excerpt): has nothing to speak; record it", place)
            } else {
                add(id: id, language: nil, voice: nil, text: said, file: nil, place)
            }
        }
    }

    /// `id: text`, `id: { text: ..., voice: ... }`, or a list of `{ id: ..., text: ... }`.
    mutating func readYAML(_ text: String) {
        do throws(YAMLDocument.Failure) {
            let root = try YAMLDocument.root(text, of: "sheet")
            if let list = root.list {
                for node in list {
                    guard let members = members(node, "a prompt") else { continue }
                    add(members, id: members["id"]?.text ?? "", node.place)
                }
                return
            }
            for pair in members(root, "a sheet")?.pairs ?? [] {
                if let text = pair.value.text {
                    add(id: pair.name, language: nil, voice: nil, text: text, file: nil, pair.mark)
                } else if let members = members(pair.value, "a prompt") {
                    add(members, id: pair.name, pair.mark)
                }
            }
        } catch { findings.add(.error, error.message, error.mark) }
    }

    private mutating func add(_ members: NodeMembers, id: String, _ place: FilePlace?) {
        check(members, known: Self.columns.keys.sorted(), of: "a prompt")
        var values: [String: String] = [:]
        for pair in members.pairs where pair.name != "notes" { values[pair.name] = text(pair.value, pair.name) }
        add(
            id: id, language: values["language"], voice: values["voice"], text: values["text"], file: values["file"],
            place)
    }

    private mutating func add(
        id: String, language: String?, voice: String?, text: String?, file: String?, _ place: FilePlace?
    ) {
        func known(_ text: String?) -> String? {
            text.map(\.withoutSpaceAround).flatMap { $0.isEmpty ? nil : $0 }
        }
        if let reason = Self.refusal(ofID: id) { return error("the id \"\(id.excerpt)\" \(reason)", place) }
        if let language = known(language), !language.isLanguageName {
            return error("the language \"\(language.excerpt)\" must look like en or en_GB", place)
        }
        let content: PromptSheet.Content
        switch (known(text), known(file)) {
        case (let text?, nil): content = .text(text)
        case (nil, let file?):
            guard Self.isInside(file) else {
                return error("the file \"\(file.excerpt)\" must lie beside the sheet, or in a folder there", place)
            }
            content = .recording(file)
        case (nil, nil): return error("\(id) has neither a text nor a file", place)
        case (_?, _?): return error("\(id) has both a text and a file; leave one of them out", place)
        }
        rows.append(
            PromptSheet.Row(
                id: id, language: known(language), voice: known(voice), content: content, line: place?.line ?? 1))
    }

    /// Finds prompts of one name, and of names that are one where capitals do not count.
    mutating func checkNames() {
        var seen: [String: PromptSheet.Row] = [:]
        var spellings: [String: String] = [:]
        for row in rows {
            let place = FilePlace(line: row.line, column: 1)
            let language = (row.language ?? "").lowercased().replacing("-", with: "_")
            if let other = spellings[language], other != row.language ?? "" {
                error("the language \"\(row.language ?? "")\" is written \"\(other)\" above", place)
            }
            spellings[language] = row.language ?? ""
            let key = "\(language) \(row.id.lowercased())"
            if let other = seen[key] {
                error(
                    other.id == row.id
                        ? "\(row.id)\(row.language.map { " in \($0)" } ?? "") appears already in line \(other.line)"
                        : "\(row.id) and \(other.id) of line \(other.line) would be the same file on systems that ignore case",
                    place)
            }
            seen[key] = row
        }
        let withLanguage = rows.filter { $0.language != nil }.count
        if withLanguage > 0, withLanguage < rows.count, let row = rows.first(where: { $0.language == nil }) {
            error("\(row.id) has no language, and others have one", FilePlace(line: row.line, column: 1))
        }
        // A file and a folder can't have one name.
        let folders = Set(rows.flatMap { row in row.id.lowercased().split(separator: "/").dropLast().map(String.init) })
        for row in rows {
            let file = (row.id.lowercased().split(separator: "/").last.map(String.init) ?? "") + ".wav"
            if folders.contains(file) {
                error(
                    "\(row.id) would be a file where another prompt has a folder", FilePlace(line: row.line, column: 1))
            }
        }
    }

    /// Why a text can't be the name of a prompt; nil if it can.
    private static func refusal(ofID id: String) -> String? {
        if id.isEmpty { return "is missing" }
        if id.utf8.count > 200 { return "is longer than 200 characters" }
        if id.hasPrefix("/") { return "begins with / and would lie outside the folder" }
        let parts = id.split(separator: "/", omittingEmptySubsequences: false)
        for part in parts {
            if part == ".." || part == "." { return "would lie outside the folder" }
            if part.isEmpty { return "has a part without a name" }
            if part.hasPrefix(".") { return "would be a hidden file" }
            if part.hasPrefix("-") { return "begins with a dash" }
            if part.utf8.count > 64 { return "has a part of more than 64 characters" }
            guard part.utf8.allSatisfy({ byte in part.isPlainNameByte(byte) }) else {
                return "must be made of ASCII letters, digits, -, _ and ., with / between folders"
            }
        }
        return parts.count > 8 ? "is nested deeper than 8 folders" : nil
    }

    private static func isInside(_ path: String) -> Bool {
        !path.hasPrefix("/") && !path.unicodeScalars.contains { $0.value < 32 || $0.value == 127 }
            && !path.split(separator: "/", omittingEmptySubsequences: false).contains("..") && path != "-"
    }
}

extension StringProtocol {
    fileprivate func isPlainNameByte(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || "-_.".utf8.contains(byte)
    }
}

extension String {
    /// Whether it can be a language, and the name of a folder.
    fileprivate var isLanguageName: Bool {
        let parts = split(omittingEmptySubsequences: false) { $0 == "_" || $0 == "-" }
        return utf8.count <= 32 && (2...3).contains(parts[0].utf8.count)
            && parts.allSatisfy { part in
                !part.isEmpty && part.utf8.count <= 8
                    && part.utf8.allSatisfy {
                        (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0)
                    }
            }
    }
}
