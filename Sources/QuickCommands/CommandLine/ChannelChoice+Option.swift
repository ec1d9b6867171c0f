package import AudioConversion
package import CommandArguments

package func parseChannelChoice(_ text: String) throws -> ChannelChoice {
    guard let choice = ChannelChoice(text) else {
        throw ValidationError("must be left, right, the number of a channel, from 1, mix, or each")
    }
    return choice
}

extension ArgumentHelp {
    /// Of the option that says which channels of recordings are looked at.
    package static let recordedChannel = ArgumentHelp(
        "The channel of the caller: left, right, or a number, from 1; mix for all together, or each for each by itself (default: mix, with a warning where channels differ).",
        valueName: "channel")
}
