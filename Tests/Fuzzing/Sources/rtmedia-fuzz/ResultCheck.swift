import AudioConversion
import Foundation

/// What has to be true of every result, whatever the input was.
enum ResultCheck {
    /// Whether the numbers of a report fit each other.
    static func flaw(in report: ConversionReport, options: ConversionOptions) -> String? {
        guard report.sampleCount > 0 else {
            return "an empty result of \(report.frameCount) frames at \(report.sampleRate) Hz"
        }
        // Each of several streams is rounded, and may have a rate of its own.
        guard report.streamCount == 1 else { return nil }
        let whole = (2 * 8000 * report.frameCount + report.sampleRate) / (2 * report.sampleRate)
        let padding = 2 * Int((options.processing.padding / .microseconds(125)).rounded())
        let range = (options.processing.trims ? padding : whole + padding)...(whole + padding)
        guard !range.contains(report.sampleCount) else { return nil }
        return "\(report.sampleCount) samples of \(report.frameCount) frames at \(report.sampleRate) Hz, not \(range)"
    }

    /// Whether a file holds what it should, as judged by other code than that which wrote it.
    static func flaw(inFile path: String, form: OutputForm, report: ConversionReport) -> String? {
        guard let content = FileManager.default.contents(atPath: path) else { return "there is no result" }
        guard let wav = wav(in: content, form: form) else { return "the result can't be parsed as \(form)" }
        let header = Array(wav.prefix(44))
        func number(_ offset: Int, _ count: Int) -> Int {
            header[offset..<(offset + count)].reversed().reduce(0) { $0 << 8 | Int($1) }
        }
        guard header.count == 44, header.starts(with: Array("RIFF".utf8)), number(4, 4) == wav.count - 8,
            header[8..<16].elementsEqual("WAVEfmt ".utf8), number(16, 4) == 16, number(20, 2) == 1, number(22, 2) == 1,
            number(24, 4) == 8000, number(28, 4) == 16_000, number(32, 2) == 2, number(34, 2) == 16,
            header[36..<40].elementsEqual("data".utf8), number(40, 4) == wav.count - 44
        else { return "the header of the result is not the canonical one: \(header)" }
        return wav.count == 44 + 2 * report.sampleCount ? nil : "\(wav.count) bytes for \(report.sampleCount) samples"
    }

    private static func wav(in content: Data, form: OutputForm) -> Data? {
        switch form {
        case .wav: return content
        case .base64: return content.last == 10 ? Data(base64Encoded: content.dropLast()) : nil
        case .text:
            let object = try? JSONSerialization.jsonObject(with: content) as? [String: String]
            return object?["audio"].flatMap { Data(base64Encoded: $0) }
        }
    }
}
