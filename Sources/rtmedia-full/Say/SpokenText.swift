import AudioConversion
import Presentation
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
        // By bytes: in Swift, a bar and an accent that follows it are one character.
        let parts = text.withoutSpaceAround.utf8
            .split(separator: UInt8(ascii: "|"), maxSplits: 2, omittingEmptySubsequences: false)
            .map { String(Substring($0)) }
        guard parts.count > 1, parts[0].withoutSpaceAround.uppercased() == "TTS" else {
            (self.text, voice) = (text, nil)
            return
        }
        let name = parts[1].withoutSpaceAround
        guard parts.count > 2, !name.isEmpty, !parts[2].isEmpty else {
            throw SpeechError(
                .text, excerpt(of: given), "begins like TTS|VOICE|text, but the voice or the text is missing")
        }
        // Whoever puts spaces around the voice puts them around the text too.
        let isSpaced = parts[1] != name
        (self.text, voice) = (isSpaced ? parts[2].withoutSpaceAround : parts[2], name)
        if !given.utf8.starts(with: "TTS|".utf8) || isSpaced {
            note =
                "the text is read as TTS|VOICE|text; for the platform TTS must be in capitals, at the very beginning, with no spaces before or after the bars"
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
