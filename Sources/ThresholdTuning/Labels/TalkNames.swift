/// Which names of labels and folders mean talk.
///
/// Names are compared without regard to case, and with space, underscore and hyphen alike.
public struct TalkNames: Sendable, Hashable {
    private let talk: Set<String>
    private let isGiven: Bool

    /// Names that mean talk unless others are given.
    public static let usual = [
        "talk", "human", "speech", "voice", "person", "live", "hello", "caller", "yes", "true", "1",
    ]

    /// Names that are known to mean no talk; where names that mean talk are given, all others do.
    public static let usualWithout = [
        "no-talk", "notalk", "machine", "answering-machine", "voicemail", "silence", "silent", "noise", "music", "tone",
        "tones", "beep", "ring", "ringback", "busy", "fax", "dtmf", "click", "other", "none", "nonspeech", "non-speech",
        "nobody", "no", "false", "0",
    ]

    /// The usual names.
    public init() {
        talk = Set(Self.usual)
        isGiven = false
    }

    /// Given names: these mean talk, all others do not.
    public init(_ names: [String]) {
        talk = Set(names.map(Self.plain))
        isGiven = true
    }

    /// Whether a name means talk; nil if that is not known.
    public func isTalk(_ name: String) -> Bool? {
        let name = Self.plain(name)
        if talk.contains(name) { return true }
        return isGiven || Self.usualWithout.contains(name) ? false : nil
    }

    /// Whether a name is one that was given, or one of the usual ones.
    func isKnown(_ name: String) -> Bool {
        let name = Self.plain(name)
        return talk.contains(name) || Self.usual.contains(name) || Self.usualWithout.contains(name)
    }

    private static func plain(_ name: String) -> String {
        String(name.trimmed.lowercased().map { $0 == " " || $0 == "_" ? "-" : $0 })
    }
}

extension StringProtocol {
    /// Without white space around it.
    package var trimmed: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text = text.dropFirst() }
        while text.last?.isWhitespace == true { text = text.dropLast() }
        return String(text)
    }
}
