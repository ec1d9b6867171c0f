package import AudioConversion
package import CommandArguments
package import TelephonyAudio

/// The options that say what is done to a prompt's sound, but for its level.
package struct ProcessingArguments: ParsableArguments {
    @Flag(help: "Cut silence before and after the sound, except for 50 ms.")
    package var trim = false

    @Option(help: ArgumentHelp("Silence to add before and after, in milliseconds. (default: 0)", valueName: "ms"))
    package var pad: Int?

    @Option(help: ArgumentHelp("Length of the fade in and the fade out, in milliseconds.", valueName: "ms"))
    package var fade: Int = 0

    @Flag(help: "Limit the band to 300...3400 Hz, as telephone networks do.")
    package var bandLimit = false

    @Option(help: ArgumentHelp("Encode and decode the sound with G.711, as the caller will hear it.", valueName: "law"))
    package var preview: G711?

    package init() {}

    package func validate() throws {
        if let pad, !(0...60_000).contains(pad) { throw ValidationError("--pad \(pad): must lie in 0...60000 ms") }
        guard (0...60_000).contains(fade) else { throw ValidationError("--fade \(fade): must lie in 0...60000 ms") }
    }

    /// The options as the library takes them.
    package var processing: PromptProcessing {
        var processing = PromptProcessing()
        processing.trims = trim
        processing.padding = .milliseconds(pad ?? 0)
        processing.fade = .milliseconds(fade)
        processing.limitsBand = bandLimit
        processing.codecRoundTrip = preview
        return processing
    }
}
