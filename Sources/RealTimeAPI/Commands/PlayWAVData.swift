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

    static let definition = ObjectDefinition(
        fields: [
            Field("audio_data", \PlayWAVData.audioData, .wav, "BASE64 encoded WAV file. MUST BE 8000 Hz, 16 bit, mono.")
        ], blank: { PlayWAVData(base64: "") })
}
