/// Voices that are assigned by hand: their sex, their stand-ins, rate and pitch.
public struct VoiceBook: Sendable, Hashable {
    /// What is assigned to a voice by hand; nil leaves it to the catalog.
    public struct Entry: Sendable, Hashable {
        /// Whose voice it is.
        public var sex: Sex?
        /// The local voice, with or without a variant (`roa/fr+f2`), or a language (`fr`).
        public var voice: String?
        /// How fast it speaks, in words per minute, 80...450.
        public var rate: Int?
        /// How high it speaks, 0...99.
        public var pitch: Int?

        /// Nothing decided.
        public init() {}
    }

    private var entries: [String: Entry] = [:]
    /// Sounds that names have so that they are told apart: a variant and a pitch.
    var sounds: [String: Sound] = [:]

    struct Sound: Sendable, Hashable {
        let variant: String
        let pitchOffset: Int
    }

    /// Nothing decided.
    public init() {}

    /// What is decided about a voice, by its name as it is asked for; letters in capitals or not are the same.
    public subscript(name: String) -> Entry? {
        get { entries[name.uppercased()] }
        set { entries[name.uppercased()] = newValue }
    }

    /// The names that something is decided about, in capitals.
    public var names: [String] { entries.keys.sorted() }
}

extension VoiceCatalog {
    /// Sees to it that voices sound different, as far as there are sounds.
    ///
    /// A name keeps its own sound unless one that comes before it in the alphabet has it. A language has 35 sounds for women and
    /// 49 for men: with more names than that, some sound alike.
    ///
    /// - Parameters:
    ///   - names: all names of a project; those that nobody stands in for are left out.
    ///   - book: what is decided already.
    /// - Returns: the book with sounds for the names; and those that still sound alike, each with the name that has its sound.
    public func cast(_ names: [String], _ book: VoiceBook) -> (book: VoiceBook, alike: [(name: String, as: String)]) {
        var book = book
        var owners: [String: String] = [:]
        var alike: [(name: String, as: String)] = []
        for name in Set(names.map { $0.uppercased() }).sorted() where PlatformVoice.isMeant(by: name) {
            guard let standIn = try? standIn(for: name, in: book) else { continue }  // told where it is spoken
            // Models of one voice are one voice.
            let givenName = PlatformVoice(name)?.givenName ?? name
            func key(_ variant: String?, _ offset: Int) -> String {
                "\(standIn.voice.file)+\(variant ?? "") \(standIn.pitch.map(String.init) ?? "") \(offset)"
            }
            let own = key(standIn.variant, standIn.pitchOffset)
            guard let owner = owners[own], owner != givenName else {
                owners[own] = givenName
                continue
            }
            let isDecided = book[name].map { $0.pitch != nil || $0.voice?.contains("+") == true } ?? false
            let free =
                isDecided ? nil : sounds(for: standIn.sex).first { owners[key($0.variant, $0.pitchOffset)] == nil }
            guard let free else {
                alike.append((name, owner))
                continue
            }
            book.sounds[name] = free
            owners[key(free.variant, free.pitchOffset)] = givenName
        }
        return (book, alike)
    }
}
