/// Which channels of recordings are looked at: of a call's recording most often the caller's alone.
package enum ChannelChoice: Sendable, Hashable {
    /// All together.
    case mix
    /// One, from 1.
    case only(Int)
    /// Each by itself.
    case each

    /// A choice as an option takes it; nil if the text is none.
    package init?(_ text: String) {
        switch text.lowercased() {
        case "mix": self = .mix
        case "each": self = .each
        case "left": self = .only(1)
        case "right": self = .only(2)
        case let text:
            guard let channel = Int(text), channel > 0 else { return nil }
            self = .only(channel)
        }
    }

    /// What a channel is called in a recording with so many; nil where there is but one.
    package static func name(_ channel: Int, of count: Int) -> String? {
        count < 2 ? nil : count == 2 ? (channel == 1 ? "left" : "right") : "channel \(channel)"
    }
}

extension ConversionOptions {
    /// The same for one of the channels, from 1; nil is all together.
    ///
    /// - Parameter isChosen: whether somebody has chosen that, so that there is nothing to warn of.
    package func channel(_ channel: Int?, isChosen: Bool) -> ConversionOptions {
        var options = self
        options.channel = channel.map { .only($0) } ?? .mix
        options.comparesChannels = !isChosen
        return options
    }
}
