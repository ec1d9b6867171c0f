import AudioConversion
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
    static func lexicon(_ path: String) throws -> Lexicon {
        var findings = FileFindings(file: path)
        var table = SeparatedValues(try text(path), findings: &findings)
        let names = [
            "word": ["grapheme"], "spoken": ["alias", "replacement"], "language": ["lang"], "notes": ["note"],
        ]
        var entries: [Lexicon.Entry] = []
        if let columns = table.takeHeader(names, needed: ["word", "spoken"], findings: &findings) {
            for record in table.records {
                func field(_ name: String) -> String {
                    columns[name].flatMap { $0 < record.fields.count ? record.fields[$0].withoutSpaceAround : nil }
                        ?? ""
                }
                let spoken = field("spoken")
                let isSounds = spoken.hasPrefix("[[") && spoken.hasSuffix("]]") && spoken.utf8.count > 4
                let language = field("language")
                let pronunciation: Lexicon.Pronunciation =
                    isSounds ? .phonemes(String(spoken.dropFirst(2).dropLast(2))) : .text(spoken)
                guard
                    let entry = Lexicon.Entry(
                        word: field("word"), language: language.isEmpty ? nil : language, pronunciation: pronunciation)
                else {
                    let what =
                        field("word").isEmpty
                        ? "there is no word"
                        : isSounds
                            ? "sounds must be \(Lexicon.phonemeForm)"
                            : "the language \"\(language)\" must be as fr or en-GB"
                    findings.add(.error, what, FilePlace(line: record.line, column: 1))
                    continue
                }
                entries.append(entry)
            }
        }
        guard !findings.containsError else { throw FileError(findings: findings.sorted) }
        return Lexicon(entries)
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
