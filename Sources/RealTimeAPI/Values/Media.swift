/// What is played: something of the Media Library, or text that is spoken (`rt_media`).
public enum Media: Sendable, Hashable {
    /// An entry of the Media Library, by its id, 1 or more.
    case library(Int)
    /// Text, and the platform's name of the voice that says it, as in `TTS_FR-FR_AUDREY`.
    case speech(String, voice: String)
    /// Nothing, where that is allowed: 0 on the wire.
    case none

    /// The voices that are known to exist; the platform has more, and publishes no list.
    public static let knownVoices = [
        "TTS_EN-GB_SERENA", "TTS_EN-GB_DANIEL", "TTS_FR-FR_AUDREY", "NUANCE_FR_AUDREY", "NUANCE_FR_VIRGINIE",
        "NUANCE_FR_SEBASTIEN", "NUANCE_FR_THOMAS",
    ]

    /// What is unusual about a voice's name: that it is none of ``knownVoices``, and which one may be meant; nil if it is one.
    public static func warning(aboutVoice name: String) -> String? {
        guard !knownVoices.contains(name) else { return nil }
        let near = voice(near: name).map { "; did you mean \"\($0)\"?" } ?? ""
        return "the voice \"\(name.excerpt)\" is not known\(near)"
    }

    /// The known voice that may be meant by a name, if one is near in spelling.
    ///
    /// No more letters are wrong than a third of its given name has: what all names begin with makes none of them near.
    private static func voice(near name: String) -> String? {
        guard name.utf8.count <= 64 else { return nil }
        func letters(_ name: String) -> [Unicode.Scalar] {
            Array(name.uppercased().replacing("-", with: "_").unicodeScalars)
        }
        let distances = knownVoices.map { (voice: $0, wrong: editDistance(letters(name), letters($0))) }
        return distances.filter { voice, wrong in
            3 * wrong <= max(3, voice.split(separator: "_").last?.utf8.count ?? 0)
        }.min { $0.wrong < $1.wrong }?.voice
    }

    /// The longest text that is spoken here, in bytes of UTF-8: 16 KiB, a quarter of an hour of English.
    ///
    /// The platform's page states no limit, and may have another.
    public static let longestText = 16 << 10

    /// What is unusual about the length of a text: that it is over ``longestText``; nil if it is not.
    public static func warning(aboutTextOf byteCount: Int) -> String? {
        guard byteCount > longestText else { return nil }
        return "the text has \(byteCount) bytes and may not be spoken; \(longestText) are spoken here: divide it"
    }

    /// The largest id that is accepted, of 18 digits.
    static let largestID = 999_999_999_999_999_999

    /// Media by its text on the wire: digits, or `TTS|VOICE|text`, split at the first two bars.
    public init?(_ text: String) {
        if (1...18).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }), let id = Int(text) {
            self = id == 0 ? .none : .library(id)
            return
        }
        // By bytes: in Swift, a bar and an accent that follows it are one character.
        let parts = text.utf8.split(separator: UInt8(ascii: "|"), maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].elementsEqual("TTS".utf8), !parts[1].isEmpty, !parts[2].isEmpty else {
            return nil
        }
        self = .speech(String(Substring(parts[2])), voice: String(Substring(parts[1])))
    }

    /// The text on the wire.
    public var text: String {
        switch self {
        case .library(let id): String(id)
        case .speech(let text, let voice): "TTS|\(voice)|\(text)"
        case .none: "0"
        }
    }
}

extension Media: WireValue {
    init?(_ json: JSON) {
        switch json {
        case .string(let text): self.init(text)
        case .number:
            guard let id = json.integer(Int.self), (0...Self.largestID).contains(id) else { return nil }
            self = id == 0 ? .none : .library(id)
        default: return nil
        }
    }

    func write(to writer: inout JSONWriter) { writer.write(string: text) }
    var json: JSON { .string(text) }

    /// The media that comes out of the text on the wire: another if the voice has a bar in it; nil if none does, as of an id
    /// below zero, or no text.
    var onWire: Media? {
        switch self {
        case .none: return self
        case .library(let id):
            guard (0...Self.largestID).contains(id) else { return nil }
            return id == 0 ? Media.none : self
        case .speech(let text, let voice):
            if voice.utf8.contains(UInt8(ascii: "|")) { return Media(self.text) }
            return text.isEmpty || voice.isEmpty ? nil : self
        }
    }
}
