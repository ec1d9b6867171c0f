import Presentation
package import RealTimeAPI
import StudioPage
import TalkDetection
public import TelephonyAudio
public import ThresholdTuning

/// All that tuning found as one HTML file, which needs nothing else: the studio's page with its data inside, and below it, for
/// paper and for readers without scripts, all numbers as tables.
///
/// On the page parameters are moved and tried on the recordings, whose levels are in it, by the same rule; what is heard of them
/// is in it as far as it was given.
public struct TuningReport: Sendable {
    let result: TuningResult
    let command: String
    let call: String
    let words: String
    let findings: [TuningError]
    private let catalogue: [JSON.Member]
    private let sounds: [String: String]

    /// A report.
    ///
    /// - Parameters:
    ///   - result: what was found.
    ///   - command: the recommended command, as JSON.
    ///   - call: the same in Swift.
    ///   - words: the same in a sentence.
    ///   - findings: what is wrong with recordings and labels.
    public init(
        _ result: TuningResult, command: String, call: String, words: String, findings: [TuningError]
    ) {
        self.init(
            result, command: command, call: call, words: words, findings: findings, catalogue: [],
            sounds: [:])
    }

    /// A report whose settings can be moved, and whose recordings can be heard.
    ///
    /// - Parameters:
    ///   - catalogue: the commands and settings as the page knows them.
    ///   - sounds: WAV files in base64, by what their recordings are called.
    package init(
        _ result: TuningResult, command: String, call: String, words: String, findings: [TuningError],
        catalogue: [JSON.Member], sounds: [String: String]
    ) {
        self.result = result
        self.command = command
        self.call = call
        self.words = words
        self.findings = findings
        self.catalogue = catalogue
        self.sounds = sounds
    }

    /// The whole file.
    public var html: String {
        let page = ReportPage(
            title: "play_talk_detect: \(middleText)", module: "report.js", data: data, text: text)
        return page.html
    }

    private var middleText: String {
        Axis.allCases.map { "\($0.rawValue) \(result.plateau.middle.milliseconds($0))" }.joined(
            separator: ", ")
    }
}

// MARK: - Data

extension TuningReport {
    /// The most bytes of levels and outlines that a file has, in base64: those of recordings that are judged wrongly come first.
    private static let levelLimit = 24 << 20

    private var data: [JSON.Member] {
        let middle = result.plateau.middle
        return [
            JSON.Member("session", .object(catalogue)),
            JSON.Member("result", .raw(TuningData(result, findings: findings).json)),
            JSON.Member(
                "parameters",
                .object(Axis.allCases.map { JSON.Member($0.rawValue, .integer(middle.milliseconds($0))) })),
            JSON.Member("threshold", .integer(result.options.nominalThreshold.rawValue)),
            JSON.Member("recordings", .array(recordings)),
        ]
    }

    private var recordings: [JSON] {
        let condition = result.conditions.firstIndex(of: .unchanged)!
        var room = Self.levelLimit
        var shown: [Int: JSON] = [:]
        let order =
            result.judgements.indices.filter { !result.judgements[$0].isRight }
            + result.judgements.indices.filter { result.judgements[$0].isRight }
        for index in order {
            let recording = result.judgements[index].recording
            let levels = Base64.encode(
                Self.bytes(recording.levels.levels(condition: condition)).span.bytes)
            let extremes = Base64.encode(Self.bytes(recording.levels.extremes[...]).span.bytes)
            room -= levels.utf8.count + extremes.utf8.count
            guard room >= 0 else { break }
            let location = recording.levels.location
            var members = [
                JSON.Member("id", .string("\(index)")), JSON.Member("name", .string(location)),
                JSON.Member("label", .string(recording.isTalk ? "talk" : "no-talk")),
                JSON.Member("duration_ms", .number("\(Double(recording.levels.sampleCount) / 8)")),
                JSON.Member("sample_count", .integer(recording.levels.sampleCount)),
                JSON.Member("levels", .string(levels)), JSON.Member("extremes", .string(extremes)),
            ]
            if let sound = sounds[location] { members.append(JSON.Member("audio", .string(sound))) }
            shown[index] = .object(members)
        }
        return shown.sorted { $0.key < $1.key }.map(\.value)
    }

    /// Little-endian.
    private static func bytes(_ numbers: ArraySlice<some FixedWidthInteger>) -> [UInt8] {
        numbers.flatMap { number in withUnsafeBytes(of: number.littleEndian) { Array($0) } }
    }
}
