/// A voice of the engine on this machine.
public struct LocalVoice: Sendable, Hashable {
    /// A language that a voice speaks.
    public struct Language: Sendable, Hashable {
        /// The tag, in lower case, as in `fr-fr`.
        public let tag: String
        /// How well: the lower the better.
        public let priority: Int
    }

    /// Its file, by which it is chosen, as in `roa/fr`; of a variant what follows the plus, as in `f2`.
    public let file: String
    /// What the engine calls it, as in "French (France)".
    public let name: String
    /// Whose voice it imitates, where the engine says so.
    public let sex: Sex?
    /// The languages that it speaks, the one that is its own first; none for a variant.
    public let languages: [Language]
    /// The name of the table of the sounds that it knows; empty if that is not known.
    let soundTable: String
}

/// Whose voice it is, or sounds like.
public enum Sex: String, Sendable, Hashable, Encodable {
    /// A woman's.
    case female
    /// A man's.
    case male
}
