import AudioConversion
import CallSimulation
import CommandArguments
import Presentation
import QuickCommands
import RealTimeAPI
import ThresholdTuning

/// Places a call for each recording, and tells what the handler's `play_talk_detect` made of it.
struct EachCall {
    /// What a verdict is, by what is on the recording.
    private enum Judgement: String, Encodable, CaseIterable {
        /// Talk where there is some, and none where there is none.
        case found, quiet
        /// No verdict TALK where there is talk, and one where there is none.
        case missed
        case falseTalk = "false"
        /// Nobody said what is on the recording.
        case unlabelled
        /// The handler did not ask, or the call ended before it was answered.
        case unasked

        var isWrong: Bool { self == .missed || self == .falseTalk || self == .unasked }
    }

    /// A call in JSON.
    private struct Record: Encodable {
        let file: String
        let label: String?
        let isTalk: Bool?
        let result: String?
        /// From the command's beginning to its end.
        let afterMs: Int?
        let judgement: Judgement
        let status: String
        let refused: String?
    }

    let recorder: CallRecorder?
    let json: Bool
    let quiet: Bool
    private var counts: [Judgement: Int] = [:]
    private var refusedCount = 0
    /// The exit code of the first recording that can't be read.
    private var firstFailure: ExitCode?

    init(recorder: CallRecorder?, json: Bool, quiet: Bool) {
        self.recorder = recorder
        self.json = json
        self.quiet = quiet
    }

    /// - Parameter setup: what each call is, but for what the caller says.
    /// - Throws: the exit code: that of the first recording that can't be read; of what is unavailable, if nobody is there; of data
    ///   that is bad, if the handler did what the platform refuses; or of what is different, if a verdict is wrong.
    mutating func run(_ recordings: [LabelledInput], _ setup: CallSetup) async throws {
        guard !recordings.isEmpty else {
            Console.note("rtmedia: there are no recordings: the folder is empty")
            throw ExitStatus.noInput
        }
        var progress = ProgressLine(isShown: !quiet)
        for (index, recording) in recordings.enumerated() {
            progress.show(Double(index) / Double(recordings.count), "\(index)/\(recordings.count) calls")
            let path = recording.input.path
            var setup = setup
            setup.call = CallID(rawValue: setup.call.rawValue &+ UInt64(index))
            do throws(ConversionError) {
                let sound = try AudioConverter().convert(.file(path)).audio
                setup.caller.steps.append(.init(.heard, .sound(sound), act: Transcript.Act(.plays, path)))
            } catch {
                firstFailure = firstFailure ?? ExitStatus.code(for: error)
                progress.note(lines: "rtmedia: \(error.advised(.call))")
                continue
            }
            let outcome = try await CallSimulator.place(setup)
            progress.clear()
            if outcome.isUnanswered {
                Console.note("rtmedia: \(outcome.refusal!)")
                throw ExitStatus.unavailable
            }
            tell(outcome, recording)
            try recorder?.write(outcome, as: recording.input.relativePath)
        }
        progress.clear()
        try finish()
    }

    private mutating func tell(_ outcome: CallOutcome, _ recording: LabelledInput) {
        let step = outcome.steps.first { $0.command.kind == .playTalkDetect && $0.result != nil }
        let judgement = Self.judgement(step?.result, isTalk: recording.label?.isTalk)
        counts[judgement, default: 0] += 1
        if outcome.refusal != nil { refusedCount += 1 }
        let time = step.map { Int(($0.end - $0.start) / .milliseconds(1)) }
        guard !json else {
            let record = Record(
                file: recording.input.path, label: recording.label?.name, isTalk: recording.label?.isTalk,
                result: step?.result, afterMs: time, judgement: judgement, status: outcome.status.name,
                refused: outcome.refusal.map { "\($0)" })
            return Console.data(jsonLine(record))
        }
        guard !quiet || judgement.isWrong else { return }
        let verdict =
            step.map { "\($0.result!) after \(Double(time! / 10) / 100) s" }
            ?? "play_talk_detect has not answered\(outcome.refusal.map { ": \($0)" } ?? "")"
        let label = recording.label.map { "\($0.name): " } ?? ""
        Console.data("\(recording.input.path): \(label)\(verdict): \(judgement.rawValue)")
    }

    private static func judgement(_ result: String?, isTalk: Bool?) -> Judgement {
        guard let result else { return .unasked }
        switch (isTalk, result == "TALK") {
        case (nil, _): return .unlabelled
        case (true?, true): return .found
        case (true?, false): return .missed
        case (false?, true): return .falseTalk
        case (false?, false): return .quiet
        }
    }

    private func finish() throws {
        if !quiet, !json {
            let parts = Judgement.allCases.compactMap { judgement -> String? in
                let count = counts[judgement] ?? 0
                let isUsual = judgement != .unlabelled && judgement != .unasked
                return isUsual || count > 0 ? "\(count) \(judgement.rawValue)" : nil
            }
            Console.data("\(counted(counts.values.reduce(0, +), "call")): \(parts.joined(separator: ", "))")
        }
        try Console.checkData()
        if let firstFailure { throw firstFailure }
        if refusedCount > 0 { throw ExitStatus.badData }
        if counts.contains(where: { $0.key.isWrong && $0.value > 0 }) { throw ExitStatus.different }
    }
}
