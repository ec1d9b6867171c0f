package import AudioConversion
package import RecordingDetection
package import TelephonyAudio
package import ThresholdTuning

/// What the command-line tool adds: how its commands and options are called, and what they would print.
///
/// The studio shows the same as the tool, and knows none of its options.
package struct StudioTool: Sendable {
    /// A text that is to be spoken, and how.
    package struct Speech: Sendable {
        /// Plain text, or SSML.
        package var text: String
        /// Who speaks; nil is whom the text names, or the usual voice.
        package var voice: String?
        /// Whether the text is SSML.
        package var isSSML = false
        /// In words per minute, 80...450; nil is as the voice speaks.
        package var rate: Int?
        /// From low to high, 0...99; nil is as the voice speaks.
        package var pitch: Int?
        /// The active speech level to bring it to, -60...0 dBov; nil is the usual one.
        package var level: Level?
    }

    /// Why something can't be done, in a sentence.
    package struct Failure: Error, Sendable {
        /// The sentence.
        package let message: String

        /// A failure.
        package init(_ message: String) { self.message = message }
    }

    /// The option that gives a setting.
    package var option: @Sendable (DetectionSetting) -> String
    /// The command line that asks for a detection in a file.
    package var commandLine: @Sendable (DetectionSettings, String) -> String
    /// A detection, in JSON.
    package var record: @Sendable (DetectionResult) -> String
    /// What is said of something that was found when a recording was read.
    package var warning: @Sendable (ConversionReport.Warning) -> String
    /// What is said of audio that can't be used.
    package var failure: @Sendable (ConversionError) -> ConversionError
    /// What is said of labels and recordings that can't be used to tune.
    package var tuningFailure: @Sendable (TuningError) -> TuningError
    /// An inspection of audio, in JSON.
    package var inspection: @Sendable (AudioSource) throws(ConversionError) -> String
    /// The platform's voices and who stands in for them, each in JSON.
    package var voices: @Sendable () -> [String]
    /// Speaks a text.
    package var speech: @Sendable (Speech) throws(Failure) -> PhoneAudio

    /// A tool.
    package init(
        option: @escaping @Sendable (DetectionSetting) -> String,
        commandLine: @escaping @Sendable (DetectionSettings, String) -> String,
        record: @escaping @Sendable (DetectionResult) -> String,
        warning: @escaping @Sendable (ConversionReport.Warning) -> String,
        failure: @escaping @Sendable (ConversionError) -> ConversionError,
        tuningFailure: @escaping @Sendable (TuningError) -> TuningError,
        inspection: @escaping @Sendable (AudioSource) throws(ConversionError) -> String,
        voices: @escaping @Sendable () -> [String],
        speech: @escaping @Sendable (Speech) throws(Failure) -> PhoneAudio
    ) {
        self.option = option
        self.commandLine = commandLine
        self.record = record
        self.warning = warning
        self.failure = failure
        self.tuningFailure = tuningFailure
        self.inspection = inspection
        self.voices = voices
        self.speech = speech
    }
}
