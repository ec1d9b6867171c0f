import AudioConversion
import RealTimeAPI
import SpeechSynthesis
import TelephonyAudio

/// What is to be said, as it is named on the command line.
struct SpokenText {
    let text: String
    /// The voice of `TTS|VOICE|text`; nil for plain text.
    let voice: String?

    /// Reads an argument, or standard input, which it may say; both may be plain text or `TTS|VOICE|text`.
    ///
    /// - Throws: a `SpeechError` for what is no UTF-8 or no `TTS|VOICE|text`, a `ConversionError` if standard input can't be
    ///   read.
    init(argument: String) throws {
        if argument == "-" {
            var bytes = try FileBytes.read("-", limit: SpeechLimits().maximumTextBytes)
            // The line end that echo adds is none of the text.
            while bytes.last == UInt8(ascii: "\n") || bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
            try self.init(Utterance(utf8: bytes, voice: "").text)
        } else {
            try Self.checkArguments()
            try self.init(argument)
        }
    }

    private init(_ text: String) throws(SpeechError) {
        guard text.utf8.starts(with: "TTS|".utf8) else {
            (self.text, voice) = (text, nil)
            return
        }
        guard case .speech(let spoken, let voice)? = Media(text) else {
            throw SpeechError(
                .text, excerpt(of: text), "begins as TTS|VOICE|text does, but the voice or the text is missing")
        }
        (self.text, self.voice) = (spoken, voice)
    }

    /// - Throws: `text` if an argument was no UTF-8, of which Swift makes something that is.
    private static func checkArguments() throws(SpeechError) {
        for argument in CommandLine.arguments.indices {
            guard let bytes = CommandLine.unsafeArgv[argument] else { continue }
            let length = UnsafeRawBufferPointer(start: bytes, count: .max).firstIndex(of: 0)!
            _ = try Utterance(utf8: UnsafeRawBufferPointer(start: bytes, count: length), voice: "")
        }
    }
}
