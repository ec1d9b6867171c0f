/// The engine on this machine: its version, its voices, and the variants that each of them can have.
public struct VoiceCatalog: Sendable, Hashable {
    /// The version of espeak-ng, as in "1.51".
    public let engineVersion: String
    /// The voices, by file.
    public let voices: [LocalVoice]
    /// The variants, by file, as in `f2` for `roa/fr+f2`.
    public let variants: [LocalVoice]
    /// The sounds that voices know, by the names of their tables.
    private let sounds: [String: SoundTable]

    private struct SoundTable: Hashable {
        /// The name of the table that it adds to; empty if there is none.
        let base: String
        /// As they are written, separated by spaces.
        let sounds: String
    }

    /// Reads what the worker lists; nil if that is no list.
    init?(listing: String) {
        var engineVersion: String?
        var voices: [LocalVoice] = []
        var variants: [LocalVoice] = []
        var sounds: [String: SoundTable] = [:]
        for line in listing.split(separator: "\n") {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            switch fields[0] {
            case "engine" where fields.count == 3: engineVersion = fields[1]
            case "sounds" where fields.count == 4: sounds[fields[1]] = SoundTable(base: fields[2], sounds: fields[3])
            case "voice" where fields.count == 6:
                // Those of MBROLA need a program and data that may be missing, and deliver another rate.
                if !fields[1].hasPrefix("mb/") { voices.append(LocalVoice(fields, file: fields[1])) }
            case "variant" where fields.count == 6:
                if fields[1].hasPrefix("!v/") {
                    variants.append(LocalVoice(fields, file: String(fields[1].dropFirst(3))))
                }
            default: return nil
            }
        }
        guard let engineVersion, !voices.isEmpty else { return nil }
        self.engineVersion = engineVersion
        self.voices = voices.sorted { $0.file < $1.file }
        self.variants = variants.sorted { $0.file < $1.file }
        self.sounds = sounds
    }

    /// Where sounds begin that a voice does not know, of which the engine leaves out the rest of the word; nil if it knows all,
    /// or nobody knows which it knows.
    ///
    /// The longest that is known is taken at each place, as the engine does.
    func unknownSound(in phonemes: String, of voice: LocalVoice) -> String? {
        var known: Set<Substring> = []
        var name = voice.soundTable
        // Each adds to one before it; none is met twice, whatever the worker lists.
        var tables = sounds
        while let table = tables.removeValue(forKey: name) {
            known.formUnion(table.sounds.split(separator: " "))
            name = table.base
        }
        guard !known.isEmpty else { return nil }
        for word in phonemes.split(whereSeparator: \.isWhitespace) {
            var rest = word
            while !rest.isEmpty {
                // One bar parts sounds, two are one.
                if rest.hasPrefix("|"), !rest.hasPrefix("||") {
                    rest.removeFirst()
                } else if let length = (1...4).last(where: { known.contains(rest.prefix($0)) }) {
                    rest.removeFirst(min(length, rest.count))
                } else {
                    return String(rest)
                }
            }
        }
        return nil
    }

    /// Whether a voice speaks a language, as in `fr` or `en-GB`.
    package func speaks(_ language: String) -> Bool { LanguageTag(language).flatMap { voice(for: $0) } != nil }

    /// The voice of a file.
    func voice(file: some StringProtocol) -> LocalVoice? { voices.first { $0.file == file } }

    /// The best voice for a language.
    func voice(for language: LanguageTag) -> LocalVoice? {
        for tag in language.candidates {
            let speakers = voices.compactMap { voice in
                voice.languages.first { $0.tag == tag }.map { (voice: voice, priority: $0.priority) }
            }
            // Of equals the one with the shorter name is the plain one: cmn, not cmn-Latn-pinyin.
            let best = speakers.min {
                ($0.priority, $0.voice.file.count, $0.voice.file) < ($1.priority, $1.voice.file.count, $1.voice.file)
            }
            if let best { return readingMore(than: best.voice) }
        }
        return nil
    }

    /// The voice of a language that reads more of what is written in it.
    ///
    /// The plain Mandarin voice makes Pinyin of Chinese characters, and reads that with the sounds of English: the other one
    /// knows what Pinyin sounds like, and reads English words too.
    private func readingMore(than voice: LocalVoice) -> LocalVoice {
        voice.file == "sit/cmn" ? self.voice(file: "sit/cmn-Latn-pinyin") ?? voice : voice
    }

    /// Languages that may be meant by one that no voice speaks, with a voice's name, nearest first, six at the most.
    func languages(near tag: LanguageTag) -> [String] {
        let wanted = Array(tag.language)
        let codes = Set(voices.compactMap { $0.languages.first?.tag.prefix { $0 != "-" } })
        let ranked = codes.compactMap { code -> (rank: Int, text: String)? in
            guard let language = LanguageTag(code), let voice = voice(for: language) else { return nil }
            let common = zip(wanted, code).prefix { $0 == $1 }.count
            let isNamed = wanted.count > 3 && voice.name.lowercased().hasPrefix(tag.language.prefix(4))
            let isSwapped = wanted.sorted() == code.sorted()
            guard isNamed || isSwapped || common > 0 else { return nil }
            // A name counts more than letters in another order, and these more than letters that begin both.
            let rank = (isNamed ? -20 : 0) + (isSwapped ? -10 : 0) + abs(wanted.count - code.count) - 3 * common
            return (rank, "\(code) (\(voice.name))")
        }
        return ranked.sorted { ($0.rank, $0.text) < ($1.rank, $1.text) }.prefix(6).map(\.text)
    }
}

extension LocalVoice {
    /// Reads a line of the worker's list: kind, file, name, 1 or 2 for a man or a woman, languages as in `5:fr-fr`, and the name of the
    /// table of its sounds.
    fileprivate init(_ fields: [String], file: String) {
        self.file = file
        name = fields[2]
        sex = ["1": .male, "2": .female][fields[3]]
        languages = fields[4].split(separator: " ").compactMap { entry in
            guard let colon = entry.firstIndex(of: ":"), let priority = Int(entry[..<colon]) else { return nil }
            return Language(tag: entry[entry.index(after: colon)...].lowercased(), priority: priority)
        }.filter { $0.tag != "variant" }
        soundTable = fields[5]
    }
}
