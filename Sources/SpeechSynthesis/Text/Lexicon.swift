import SpeechMarkup

/// How words are spoken that the engine says wrong: names, abbreviations, words of another language.
public struct Lexicon: Sendable, Hashable {
    /// What is spoken for a word.
    public enum Pronunciation: Sendable, Hashable {
        /// Another text.
        case text(String)
        /// Sounds, as espeak-ng writes them, as in `h@l'oU`.
        case phonemes(String)
    }

    /// A word, and how it is spoken.
    public struct Entry: Sendable, Hashable {
        /// The word, or words; written in capitals it is meant only so, otherwise in any way.
        public let word: String
        /// The language in which it is spoken so, as in `fr` or `en-GB`; nil for all.
        public let language: String?
        /// What is spoken for it.
        public let pronunciation: Pronunciation

        /// A word of a lexicon.
        ///
        /// - Returns: nil if there is no word, or if the language or the sounds are not valid.
        public init?(word: String, language: String? = nil, pronunciation: Pronunciation) {
            guard word.contains(where: { !$0.isWhitespace }) else { return nil }
            if let language, LanguageTag(language) == nil { return nil }
            switch pronunciation {
            case .phonemes(let phonemes) where !PhonemeText.isPlain(phonemes): return nil
            case .text(let text) where SpokenCharacters.control(in: text) != nil: return nil
            default: break
            }
            self.word = word
            self.language = language
            self.pronunciation = pronunciation
        }
    }

    /// What the sounds of an entry may be.
    public static let phonemeForm = PhonemeText.name

    /// Its entries, as they were given; of two for one word the one with a language counts, then the later one.
    public let entries: [Entry]
    private let byFirst: [Character: [Entry]]

    /// A lexicon of entries.
    public init(_ entries: [Entry] = []) {
        self.entries = entries
        byFirst = Dictionary(grouping: entries.reversed()) { Character($0.word.first!.lowercased()) }
            .mapValues { entries in
                entries.enumerated().sorted {
                    ($1.element.word.count, $1.element.language == nil ? 0 : 1, $0.offset)
                        < ($0.element.word.count, $0.element.language == nil ? 0 : 1, $1.offset)
                }.map(\.element)
            }
    }

    /// The words of a text, each with what is spoken for it.
    func runs(of run: SpokenPart.Run, spokenBy voice: LocalVoice) -> [SpokenPart.Run] {
        guard !entries.isEmpty, run.kind == .text else { return [run] }
        let characters = Array(run.text)
        var runs: [SpokenPart.Run] = []
        var plain = ""
        var place = 0
        while place < characters.count {
            guard let first = characters[place].lowercased().first,
                let entry = byFirst[first]?.first(where: { entry in
                    Self.matches(entry, characters, at: place) && entry.isSpoken(by: voice)
                })
            else {
                plain.append(characters[place])
                place += 1
                continue
            }
            place += entry.word.count
            switch entry.pronunciation {
            case .text(let text): plain += text
            case .phonemes(let phonemes):
                runs.append(SpokenPart.Run(text: plain + " ", kind: .text, prosody: run.prosody))
                runs.append(SpokenPart.Run(text: phonemes, kind: .phonemes, prosody: run.prosody))
                plain = " "
            }
        }
        if !plain.isEmpty { runs.append(SpokenPart.Run(text: plain, kind: .text, prosody: run.prosody)) }
        return runs
    }

    /// Whether a word stands somewhere, as a whole one.
    private static func matches(_ entry: Entry, _ text: [Character], at place: Int) -> Bool {
        let word = Array(entry.word)
        guard text.count - place >= word.count else { return false }
        let hasCapitals = word.contains { $0.isUppercase }
        for (index, character) in word.enumerated() {
            let other = text[place + index]
            guard character == other || !hasCapitals && character.lowercased() == other.lowercased() else {
                return false
            }
        }
        // Scripts without capitals may write words without spaces.
        func isWord(_ character: Character) -> Bool { character.isCased || character.isNumber }
        let isApartBefore = place == 0 || !(isWord(word[0]) && isWord(text[place - 1]))
        let end = place + word.count
        return isApartBefore && (end == text.count || !(isWord(word[word.count - 1]) && isWord(text[end])))
    }
}

extension Lexicon.Entry {
    fileprivate func isSpoken(by voice: LocalVoice) -> Bool {
        guard let language, let tag = LanguageTag(language) else { return true }
        return voice.languages.contains { spoken in
            guard let spoken = LanguageTag(spoken.tag) else { return false }
            return spoken.code == tag.code && (tag.region == nil || spoken.region == tag.region)
        }
    }
}
