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

    /// Media by its text on the wire: digits, or `TTS|VOICE|text`, split at the first two bars.
    public init?(_ text: String) {
        if !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }), let id = Int(text) {
            self = id == 0 ? .none : .library(id)
            return
        }
        let parts = text.split(separator: "|", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "TTS", !parts[1].isEmpty, !parts[2].isEmpty else { return nil }
        self = .speech(String(parts[2]), voice: String(parts[1]))
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
            guard let id = json.wholeNumber, id >= 0 else { return nil }
            self = id == 0 ? .none : .library(id)
        default: return nil
        }
    }

    var json: JSON { .string(text) }
}
