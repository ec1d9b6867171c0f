import AudioConversion
package import CommandArguments
package import RecordingDetection
public import TalkDetection
public import TelephonyAudio

extension G711: ExpressibleByArgument {}

extension WrittenForm: ExpressibleByArgument {}

extension RuleSet: ExpressibleByArgument {}

extension DetectedCommand: ExpressibleByArgument {}

extension PacketClock: ExpressibleByArgument {}

extension ArgumentHelp {
    /// Of the option that says what a result looks like.
    package static let outputForm = ArgumentHelp(
        "What to write: wav, base64 (the data of play_wav_data), or command (the whole response).", valueName: "form")

    /// Of the option that says what headerless audio is, where it needs few words.
    package static let headerless = ArgumentHelp(
        "Read the input as headerless audio, whatever it looks like, as in ulaw:8000:1.",
        valueName: "format:rate:channels")
}

extension CompletionKind {
    /// The encodings of headerless audio.
    package static var headerless: CompletionKind { .list(HeaderlessFormat.Encoding.allCases.map(\.rawValue)) }
}
