/// Plays a WAV file that the response carries.
public struct PlayWAVData: DefinedCommand {
    /// What ``PlayWAVData`` can answer.
    public typealias Result = PlaybackResult
    /// Which command it is.
    public static let kind = Command.Kind.playWAVData
    static let summary = "Plays WAV data that is sent directly."

    /// The file in base64, padded and without line breaks: 8000 Hz, 16 bit, mono.
    public var audioData: String

    /// Plays a WAV file.
    ///
    /// - Parameter base64: as `PhoneAudio.base64WAV` gives it.
    public init(base64: String) { audioData = base64 }

    /// What is unusual about the size of ``audioData``: that it takes more than half of the 5 seconds for an answer at 4 Mbit/s,
    /// as about 58 seconds of audio do; nil if it does not.
    package static func warning(aboutByteCount count: Int) -> String? {
        guard count > 1_250_000 else { return nil }
        return
            "is \(count / 1_000_000).\(count / 100_000 % 10) MB, \(count / 4 * 3 / 16_000) s of audio, which may not arrive "
            + "within the 5 seconds for an answer; put it into the Media Library, or play it in parts"
    }

    static let definition = ObjectDefinition(
        fields: [
            Field("audio_data", \PlayWAVData.audioData, .wav, "BASE64 encoded WAV file. MUST BE 8000 Hz, 16 bit, mono.")
        ], blank: { PlayWAVData(base64: "") })
}
