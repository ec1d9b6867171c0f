import RecordingDetection
import TalkDetection

/// Verdicts by several settings, side by side: a column for each, and a line for each recording.
enum ComparisonTable {
    private static let width = 16

    /// What was detected, and the settings over their columns.
    static func head(_ detections: [Detection]) -> [String] {
        let silences = detections.map { "silence_ms \($0.silence?.milliseconds ?? 0)" }
        return detections[0].comparedSummary + [silences.map(padded).joined()]
    }

    /// The lines of a recording, one for each channel.
    static func rows(_ results: [DetectionResult], settings: Int) -> [String] {
        stride(from: 0, to: results.count, by: settings).map { start in
            let verdicts = results[start..<min(start + settings, results.count)]
            return verdicts.map { padded($0.shortVerdict) }.joined() + results[start].place
        }
    }

    private static func padded(_ text: String) -> String {
        text + String(repeating: " ", count: max(2, width - text.count))
    }
}

/// How often each setting had which verdict.
struct VerdictCounts {
    private var counts: [Int?: [String: Int]] = [:]
    private let silences: [Int?]

    init(_ detections: [Detection]) { silences = detections.map { $0.silence?.milliseconds } }

    mutating func add(_ result: DetectionResult) {
        let silence = silences.count > 1 ? result.detection.silence?.milliseconds : nil
        counts[silence, default: [:]][result.result.isEmpty ? "nothing" : result.result, default: 0] += 1
    }

    /// As in `3 × TALK, 1 × 0`, of several settings each with its own.
    var text: String {
        guard silences.count > 1 else { return Self.text(counts[nil] ?? [:]) }
        return silences.map { "silence_ms \($0 ?? 0): \(Self.text(counts[$0] ?? [:]))" }.joined(separator: "; ")
    }

    private static func text(_ counts: [String: Int]) -> String {
        counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.value) × \($0.key)" }
            .joined(separator: ", ")
    }
}
