import AudioConversion
import Dispatch
import Files
import LevelMeasurement
import ParallelWork
import Presentation
import Synchronization
import TelephonyAudio
import ThresholdTuning

/// Measures the recordings of the folders in the background, from the first to the last.
final class Measuring: Sendable {
    private let shelf: RecordingShelf
    private let configuration: StudioConfiguration
    private let isStopped = Atomic(false)

    init(_ shelf: RecordingShelf, _ configuration: StudioConfiguration) {
        self.shelf = shelf
        self.configuration = configuration
    }

    func start() {
        DispatchQueue.global(qos: .utility).async { self.run() }
    }

    func stop() { isStopped.store(true, ordering: .relaxed) }

    private func run() {
        let inputs = shelf.entries.enumerated().compactMap { index, entry -> (Int, FoundInput)? in
            if case .file(let input) = entry.source { (index, input) } else { nil }
        }
        parallelMap(inputs, jobs: configuration.jobs) { index, input in
            guard !isStopped.load(ordering: .relaxed) else { return }
            let state = state(of: input)
            shelf.change(index) { $0.state = state }
        } deliver: { _, _ in
        }
    }

    private func state(of input: FoundInput) -> ShelfEntry.State {
        if input.isWalked, LabelFormat(ending: PathName(input.path).ending) != nil { return .skipped }
        do throws(ConversionError) {
            switch try configuration.meter.read(input) {
            case .recording(let levels, _, _): return .measured(MeasuredLevels(levels[0]))
            case .levels: return .failed("holds levels of recordings, and no sound")
            }
        } catch {
            if input.isWalked, error.code.group == .notAudio { return .skipped }
            return .failed(configuration.tool.failure(error).reason)
        }
    }
}
