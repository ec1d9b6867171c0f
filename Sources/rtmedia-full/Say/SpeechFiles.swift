import AudioConversion
import Presentation
import QuickCommands
import RealTimeAPI
import SpeechSynthesis
import YAMLFiles

/// What files decide about speech: how words are spoken, and by whom.
enum SpeechFiles {
    /// The most bytes that a file may have.
    static let maximumBytes = 4 << 20

    /// The text of a file, without a mark of byte order.
    static func text(_ path: String) throws -> String {
        let bytes = try FileBytes.read(path, limit: maximumBytes)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw FileError(findings: [
                FileFinding(severity: .error, path, 1, "is not UTF-8; save it as UTF-8")
            ])
        }
        return text.hasPrefix("\u{FEFF}") ? String(text.unicodeScalars.dropFirst()) : text
    }

    /// A lexicon: a table of `word`, `spoken` and, where it is for one language alone, `language`.
    ///
    /// What stands in double brackets is sounds.
    ///
    /// - Parameter catalog: who speaks, which is asked for only if an entry is for one language.
    /// - Returns: the lexicon, and what there is to know of it.
    static func lexicon(
        _ path: String, catalog: () throws(SpeechError) -> VoiceCatalog
    ) throws -> (lexicon: Lexicon, notes: [FileFinding]) {
        var findings = FileFindings(file: path)
        let text = try Self.text(path)
        let start = String(text.prefix(4096))
        if start.withoutSpaceAround.hasPrefix("<"), start.contains("<lexicon") {
            throw FileError(
                path, "is a PLS lexicon (XML), which is not read; write CSV with the columns word, spoken and language")
        }
        var table = CSVTable(text)
        let names = [
            "word": ["grapheme"], "spoken": ["alias", "replacement"], "language": ["lang"], "notes": ["note"],
        ]
        var entries: [Lexicon.Entry] = []
        /// The lines of words and of languages, by what makes two of them one.
        var seen: [String: Int] = [:]
        if let columns = table.takeHeader(names, needed: ["word", "spoken"], findings: &findings) {
            for record in table.records {
                let place = FilePlace(line: record.line, column: 1)
                func field(_ name: String) -> String {
                    columns[name].flatMap { $0 < record.fields.count ? record.fields[$0].withoutSpaceAround : nil }
                        ?? ""
                }
                let (word, spoken, language) = (field("word"), field("spoken"), field("language"))
                let isSounds = spoken.hasPrefix("[[") && spoken.hasSuffix("]]") && spoken.utf8.count > 4
                let pronunciation: Lexicon.Pronunciation =
                    isSounds ? .phonemes(String(spoken.dropFirst(2).dropLast(2))) : .text(spoken)
                guard
                    let entry = Lexicon.Entry(
                        word: word, language: language.isEmpty ? nil : language, pronunciation: pronunciation)
                else {
                    let what =
                        word.isEmpty
                        ? "there is no word"
                        : isSounds
                            ? "sounds must be \(Lexicon.phonemeForm)"
                            : "the language \"\(language.excerpt)\" must look like fr or en-GB"
                    findings.add(.error, what, place)
                    continue
                }
                let key = "\(language.lowercased().replacing("_", with: "-"))\t\(word)"
                if let line = seen.updateValue(record.line, forKey: key) {
                    findings.add(
                        .warning, "\"\(word.excerpt)\" is in line \(line) already; this line counts", place)
                }
                if !language.isEmpty, seen[language] == nil, try !catalog().speaks(language) {
                    findings.add(
                        .warning,
                        "no local voice speaks \"\(language.excerpt)\": its words are never spoken so", place)
                }
                seen[language] = record.line
                entries.append(entry)
            }
        }
        guard !findings.containsError else { throw FileError(findings: findings.sorted) }
        return (Lexicon(entries), findings.sorted)
    }

    /// Voices: `NAME: { sex: female, voice: roa/fr+f2, rate: 160, pitch: 55 }`, of which any may be left out.
    static func voices(_ path: String) throws -> VoiceBook {
        var reader = VoicesReader(findings: FileFindings(file: path))
        return try reader.book(try text(path))
    }
}

extension FileFinding {
    init(severity: Finding.Severity, _ file: String, _ line: Int, _ message: String) {
        var findings = FileFindings(file: file)
        findings.add(severity, message, FilePlace(line: line, column: 1))
        self = findings.sorted[0]
    }
}

private struct VoicesReader: NodeReading {
    var findings: FileFindings

    mutating func book(_ text: String) throws -> VoiceBook {
        var book = VoiceBook()
        do throws(YAMLDocument.Failure) {
            let root = try YAMLDocument.root(text, of: "file of voices")
            for pair in members(root, "a file of voices")?.pairs ?? [] {
                guard let members = members(pair.value, "what is decided about \(pair.name)") else { continue }
                check(members, known: ["sex", "voice", "rate", "pitch"], of: "a voice")
                var entry = VoiceBook.Entry()
                if let node = members["sex"], let word = self.text(node, "sex") {
                    entry.sex = Sex(rawValue: word)
                    if entry.sex == nil { error("sex must be female or male", node.place) }
                }
                if let node = members["voice"] { entry.voice = self.text(node, "voice") }
                entry.rate = whole(members["rate"], "rate", Utterance.rates)
                entry.pitch = whole(members["pitch"], "pitch", Utterance.pitches)
                book[pair.name] = entry
            }
        } catch { findings.add(.error, error.message, error.mark) }
        guard !findings.containsError else { throw FileError(findings: findings.sorted) }
        return book
    }
}
