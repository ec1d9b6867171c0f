import Presentation
import TelephonyAudio
import ThresholdTuning

/// Reads the lines of a file of labels, one after another.
struct LabelReader {
    /// What findings call the file.
    private let name: String
    private(set) var content = LabelFormat.Content()

    init(_ bytes: [UInt8], _ format: LabelFormat, name: String, recording: String) {
        self.name = name
        guard let text = Self.text(bytes) else {
            content.findings.append(TuningError(.label, name, "is no text in UTF-8 or UTF-16"))
            return
        }
        switch format {
        case .audacity: readAudacity(text, recording: recording)
        case .rttm: readRTTM(text)
        case .csv: readCSV(text)
        case .textGrid: readTextGrid(text, recording: recording)
        }
    }

    /// The text in UTF-8, or in UTF-16 as Praat writes it where there are other letters than ASCII's.
    private static func text(_ bytes: [UInt8]) -> String? {
        for (mark, isBig) in [([0xFF, 0xFE] as [UInt8], false), ([0xFE, 0xFF], true)] where bytes.starts(with: mark) {
            let units = stride(from: 2, to: bytes.count - 1, by: 2).map { index in
                let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
                return isBig ? first << 8 | second : second << 8 | first
            }
            return String(validating: units, as: UTF16.self)
        }
        let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
        return String(validating: content, as: UTF8.self)
    }

    /// Notes that a line is wrong.
    mutating func refuse(_ line: Int, _ reason: String) {
        content.findings.append(TuningError(.label, "\(name):\(line)", reason))
    }

    mutating func add(
        _ recording: some StringProtocol, channel: Int? = nil, line: Int, _ label: RecordingLabel.Content
    ) {
        content.labels.append(RecordingLabel(String(recording), channel: channel, label, place: "\(name):\(line)"))
    }

    /// Notes an interval, or that its times are wrong.
    mutating func addInterval(
        _ recording: some StringProtocol, channel: Int? = nil, line: Int, _ start: some StringProtocol,
        _ end: some StringProtocol, text: String?
    ) {
        guard let start = Self.seconds(start), let end = Self.seconds(end) else {
            return refuse(line, "the times \"\(start)\" and \"\(end)\" are no seconds, as in 1.25")
        }
        guard start <= end else { return refuse(line, "the interval ends at \(end) s before it begins at \(start) s") }
        add(recording, channel: channel, line: line, .interval(start: start, end: end, text: text))
    }

    /// The number of a channel, from 1, or `left` or `right`; nil if it is neither.
    static func channel(_ text: some StringProtocol) -> Int? {
        switch text.lowercased() {
        case "left": 1
        case "right": 2
        case let text: Int(text).flatMap { $0 > 0 ? $0 : nil }
        }
    }

    /// With a decimal point, or the comma that some programs write.
    static func seconds(_ text: some StringProtocol) -> Double? {
        let plain = String(text.map { $0 == "," ? "." : $0 }).trimmed
        guard let value = Double(plain), (0...1e9).contains(value) else { return nil }
        return value
    }

    /// The lines of a text with their numbers, from 1.
    static func lines(_ text: String) -> [(number: Int, text: Substring)] {
        text.split(omittingEmptySubsequences: false) { $0.isNewline }.enumerated().map { ($0.offset + 1, $0.element) }
    }
}

// MARK: - Audacity and RTTM

extension LabelReader {
    private mutating func readAudacity(_ text: String, recording: String) {
        // A track without labels: the recording is known of.
        add(recording, line: 1, .interval(start: 0, end: 0, text: ""))
        for (number, line) in Self.lines(text) where !line.allSatisfy(\.isWhitespace) {
            // A line that begins with a backslash tells the frequencies of the one before.
            if line.hasPrefix("\\") { continue }
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard fields.count >= 2 else {
                refuse(number, "has no start and end between tabs, as Audacity writes them")
                continue
            }
            let label = fields.dropFirst(2).joined(separator: " ").trimmed
            addInterval(recording, line: number, fields[0], fields[1], text: label.isEmpty ? nil : label)
        }
    }

    private static let silentTypes = [
        "NOSCORE", "NO_RT_METADATA", "SEGMENT", "LEXEME", "NON-LEX", "NON-SPEECH", "FILLER", "EDIT", "IP", "SU", "CB",
        "A/P", "SPKR-INFO",
    ]

    private mutating func readRTTM(_ text: String) {
        let lines = Self.lines(text).filter { !$0.text.hasPrefix(";;") }
        // A channel is named in every line: where all say 1, nobody chose it.
        let namesChannels = lines.contains { line in
            let fields = line.text.split(whereSeparator: \.isWhitespace)
            return fields.first == "SPEAKER" && fields.count > 2 && Self.channel(fields[2]) ?? 1 != 1
        }
        for (number, line) in lines {
            let fields = line.split(whereSeparator: \.isWhitespace)
            guard let type = fields.first else { continue }
            if Self.silentTypes.contains(String(type)) {
                // Nothing is heard of talk, but the recording is known of.
                if fields.count > 1 { add(fields[1], line: number, .interval(start: 0, end: 0, text: nil)) }
                continue
            }
            guard type == "SPEAKER", fields.count >= 5 else {
                refuse(number, "is no line of RTTM, as in SPEAKER name 1 0.52 1.40 <NA> <NA> talk <NA> <NA>")
                continue
            }
            guard let start = Self.seconds(fields[3]), let length = Self.seconds(fields[4]) else {
                refuse(
                    number, "the onset \"\(fields[3])\" and the duration \"\(fields[4])\" are no seconds, as in 1.25")
                continue
            }
            add(
                fields[1], channel: namesChannels ? Self.channel(fields[2]) : nil, line: number,
                .interval(start: start, end: start + length, text: nil))
        }
    }
}
