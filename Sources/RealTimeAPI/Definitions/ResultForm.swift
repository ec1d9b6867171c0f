/// What a command can answer, for those who look at results as text.
package enum ResultForm: Sendable, Hashable {
    /// One of some words.
    case words([String])
    /// Keys that the caller pressed, or one of some words.
    case keys(or: [String])
    /// Some name that the platform makes up, or what is not documented.
    case text
}
