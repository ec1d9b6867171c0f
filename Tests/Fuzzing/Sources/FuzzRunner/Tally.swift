import Foundation
import Synchronization

/// Counts what became of the inputs, and shows it.
final class Tally: Sendable {
    /// What must not happen.
    enum Failure: String, CaseIterable {
        case crash, hang, memory, flaw
    }

    private struct State {
        var outcomes: [String: Int] = [:]
        var failures: [Failure: Int] = [:]
        var peak = 0
        var childPeak = 0
        var done: Int { outcomes.values.reduce(0, +) }
    }

    private let state = Mutex(State())
    private let total: Int
    private let start = ContinuousClock.now
    private let isTerminal = isatty(2) == 1

    init(count: Int) { total = count }

    var hasFailed: Bool { state.withLock { !$0.failures.isEmpty } }

    /// Counts an input that came to its end; peaks are in KiB.
    func count(_ outcome: String, peak: Int, childPeak: Int) {
        state.withLock { state in
            state.outcomes[outcome, default: 0] += 1
            state.peak = max(state.peak, peak)
            state.childPeak = max(state.childPeak, childPeak)
            guard isTerminal, state.done % 100 == 0 else { return }
            show("\r\u{1B}[K\(state.done) of \(total) inputs, \(rate(state.done)) a second")
        }
    }

    /// Counts a failure and says it at once.
    func fail(_ kind: Failure, _ message: String) {
        state.withLock { $0.failures[kind, default: 0] += 1 }
        show((isTerminal ? "\r\u{1B}[K" : "") + message + "\n")
    }

    /// Prints all counts.
    func printSummary() {
        let state = state.withLock { $0 }
        if isTerminal { show("\r\u{1B}[K") }
        for (outcome, count) in state.outcomes.sorted(by: { $0.value > $1.value }) { print("\(outcome): \(count)") }
        print("inputs: \(state.done), \(rate(state.done)) a second")
        print(Failure.allCases.map { "\($0.rawValue): \(state.failures[$0] ?? 0)" }.joined(separator: ", "))
        print("peak memory of a worker: \(state.peak >> 10) MB, of a child of it (ffmpeg): \(state.childPeak >> 10) MB")
    }

    private func rate(_ count: Int) -> Int {
        Int(Double(count) / max(0.001, (ContinuousClock.now - start) / .seconds(1)))
    }

    private func show(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
