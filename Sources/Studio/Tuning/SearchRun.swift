import AudioConversion
import Dispatch
import LevelMeasurement
import NIOHTTP1
import ParallelWork
import Presentation
import RealTimeAPI
import Reports
import Synchronization
import TelephonyAudio
import ThresholdTuning

/// The search for the best parameters: one at a time, in the background.
final class SearchRun: Sendable {
    private enum Phase {
        case idle
        case running(Int, progress: Double)
        case stopped
        case failed(String)
        case done(JSONText)
    }

    private struct State {
        var phase = Phase.idle
        /// Which run it is: one that was stopped may still be ending while another runs.
        var number = 0
    }

    private let shelf: RecordingShelf
    private let configuration: StudioConfiguration
    private let state = Mutex(State())

    init(_ shelf: RecordingShelf, _ configuration: StudioConfiguration) {
        self.shelf = shelf
        self.configuration = configuration
    }

    /// What the page is told.
    var reply: StudioReply {
        var members: [JSON.Member] = []
        func add(_ state: String, progress: Double = 0, error: String? = nil, result: JSON = .null) {
            members = [
                JSON.Member("state", .string(state)), JSON.Member("progress", .double(progress)),
                JSON.Member("error", .text(error)), JSON.Member("result", result),
            ]
        }
        switch state.withLock({ $0.phase }) {
        case .idle: add("idle")
        case .running(_, let progress): add("running", progress: progress)
        case .stopped: add("stopped")
        case .failed(let error): add("failed", error: error)
        case .done(let result): add("done", progress: 1, result: .raw(result))
        }
        return .json(members)
    }

    /// Stops it, if it runs.
    func stop() {
        state.withLock { state in
            if case .running = state.phase { state.phase = .stopped }
        }
    }

    /// Starts it.
    ///
    /// - Throws: 409 if it runs already.
    func start(_ options: TuningOptions) throws(StudioError) {
        let number: Int? = state.withLock { state in
            if case .running = state.phase { return nil }
            state.number += 1
            state.phase = .running(state.number, progress: 0)
            return state.number
        }
        guard let number else { throw StudioError(.conflict, "a search is running; stop it first") }
        DispatchQueue.global(qos: .utility).async { self.run(number, options) }
    }

    private func isCurrent(_ number: Int) -> Bool {
        state.withLock { state in
            if case .running(number, _) = state.phase { true } else { false }
        }
    }

    private func end(_ number: Int, _ phase: Phase) {
        state.withLock { state in
            if case .running(number, _) = state.phase { state.phase = phase }
        }
    }

    private func run(_ number: Int, _ options: TuningOptions) {
        let (recordings, findings) = labelledRecordings(number)
        guard isCurrent(number) else { return }
        let tuner: Tuner
        do throws(TuningError) {
            tuner = try Tuner(recordings, conditions: LineCondition.standard, options: options)
        } catch { return end(number, .failed("\(configuration.tool.tuningFailure(error))")) }
        let result = tuner.run(
            jobs: configuration.jobs,
            progress: { part in
                self.state.withLock { state in
                    if case .running(number, _) = state.phase {
                        state.phase = .running(number, progress: 0.2 + 0.8 * part)
                    }
                }
            }, isStopped: { !self.isCurrent(number) })
        guard let result else { return }
        end(number, .done(TuningData(result, findings: findings).json))
    }

    /// The labelled recordings with their levels under all conditions, which are kept on disk, or else measured again; and those
    /// that can't be read any more.
    private func labelledRecordings(_ number: Int) -> ([LabelledRecording], [TuningError]) {
        let entries = shelf.entries.filter { $0.measured != nil && $0.mark.isTalk != nil }
        var labelled: [LabelledRecording] = []
        var findings: [TuningError] = []
        var finished = 0
        parallelMap(entries, jobs: configuration.jobs) { entry -> Measured? in
            isCurrent(number) ? levels(of: entry) : nil
        } deliver: { index, result in
            finished += 1
            let progress = 0.2 * Double(finished) / Double(entries.count)
            state.withLock { state in
                if case .running(number, _) = state.phase { state.phase = .running(number, progress: progress) }
            }
            switch result {
            case .levels(let levels, let warnings):
                let mark = entries[index].mark
                labelled.append(LabelledRecording(levels, isTalk: mark.isTalk!, speaker: mark.speaker))
                findings += warnings
            case .failed(let finding): findings.append(finding)
            case nil: break
            }
        }
        return (labelled, findings)
    }

    /// What came of a recording.
    private enum Measured {
        /// Its levels, and what is to be known of it.
        case levels(RecordingLevels, warnings: [TuningError])
        case failed(TuningError)
    }

    private func levels(of entry: ShelfEntry) -> Measured {
        switch entry.source {
        case .file(let input):
            do throws(ConversionError) {
                guard case .recording(let levels, _, let warnings) = try configuration.meter.read(input) else {
                    return .failed(TuningError(.recordings, input.path, "holds levels of recordings, and no sound"))
                }
                return .levels(
                    levels[0],
                    warnings: warnings.map { TuningError(.recordings, input.path, configuration.tool.warning($0)) })
            } catch {
                return .failed(TuningError(.recordings, error.file, configuration.tool.failure(error).reason))
            }
        case .memory(let sound):
            let samples = sound.samples
            var recorder = LevelRecorder(digest: ContentDigest(of: samples.span.bytes))
            recorder.add(samples.span)
            return .levels(
                recorder.finish(name: entry.labelName),
                warnings: sound.warnings.map {
                    TuningError(.recordings, entry.labelName, configuration.tool.warning($0))
                })
        }
    }
}
