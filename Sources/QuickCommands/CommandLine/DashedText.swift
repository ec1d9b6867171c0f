import RealTimeAPI

/// A text to say that would be read as options, because it begins with a dash.
struct DashedText {
    private let text: String

    /// The text among the arguments of the tool; nil if there is none.
    init?(in arguments: some Sequence<String>) {
        let words = Array(arguments.prefix { $0 != "--" })
        guard words.first == "say" else { return nil }
        // What follows an option may be its value.
        let found = zip(words, words.dropFirst()).first { before, word in
            guard word.hasPrefix("-"), word.count > 1, !before.hasPrefix("-") else { return false }
            return word.contains(" ") || word.dropFirst().first.map { $0.isNumber || !$0.isASCII } == true
        }
        guard let found else { return nil }
        text = found.1
    }

    /// What to do about it.
    var advice: String {
        "\(text.excerpt): begins with a dash, as options do: write -- before the text, after all options"
    }
}
