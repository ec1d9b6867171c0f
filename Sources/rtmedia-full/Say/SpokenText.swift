import AudioConversion
import QuickCommands
import RealTimeAPI
import SpeechSynthesis
import TelephonyAudio

/// What is to be said, as it is named on the command line or in a sheet.
struct SpokenText {
    let text: String
    /// The voice of `TTS|VOICE|text`; nil for plain text.
    let voice: String?
    /// What to know of how it is written; nil if nothing.
    private(set) var note: String?

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

    /// Reads a text, without a mark of byte order.
    init(_ given: String) throws(SpeechError) {
        let text = given.hasPrefix("\u{FEFF}") ? String(given.unicodeScalars.dropFirst()) : given
        let trimmed = text.withoutSpaceAround
        guard trimmed.prefix(4).uppercased() == "TTS|" else {
            (self.text, voice) = (text, nil)
            return
        }
        let exact = "TTS|" + trimmed.dropFirst(4)
        guard case .speech(let spoken, let voice)? = Media(exact) else {
            throw SpeechError(
                .text, excerpt(of: given), "begins as TTS|VOICE|text does, but the voice or the text is missing")
        }
        (self.text, self.voice) = (spoken, voice.withoutSpaceAround)
        if !given.utf8.starts(with: "TTS|".utf8) {
            note = "the text is taken for TTS|VOICE|text, which the platform wants in capitals, at the very beginning"
        }
    }

    /// Whether it looks as if it were meant as markup.
    var looksLikeMarkup: Bool {
        let start = text.withoutSpaceAround
        return start.hasPrefix("<speak") || start.hasPrefix("<?xml")
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
