import Synchronization
import TelephonyAudio

/// Work that is done once for all who ask for it at a time.
final class SharedWork<Key: Hashable & Sendable, Product: Sendable>: Sendable {
    private typealias Outcome = Result<Product, SpeechError>

    private struct Flight {
        let number: Int
        let cancellation = Cancellation()
        var callers: [Int: CheckedContinuation<Outcome, Never>] = [:]
    }

    private struct State {
        var flights: [Key: Flight] = [:]
        var lastNumber = 0
    }

    private let pool: WorkPool
    private let state = Mutex(State())

    init(pool: WorkPool) { self.pool = pool }

    /// What the work makes, which is begun unless it is under way.
    ///
    /// - Parameters:
    ///   - key: what tells one work from another.
    ///   - work: blocks its thread; should end soon once the cancellation is set, which it is when no caller is left.
    /// - Throws: what the work throws, or `cancelled` as soon as the task is.
    func product(
        for key: Key, _ work: @escaping @Sendable (Cancellation) throws(SpeechError) -> Product
    ) async throws(SpeechError) -> Product {
        let caller = state.withLock { state in
            state.lastNumber += 1
            return state.lastNumber
        }
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { join(key, caller, $0, work) }
        } onCancel: {
            leave(key, caller)
        }
        return try outcome.get()
    }

    private func join(
        _ key: Key, _ caller: Int, _ continuation: CheckedContinuation<Outcome, Never>,
        _ work: @escaping @Sendable (Cancellation) throws(SpeechError) -> Product
    ) {
        let (isCancelled, started) = state.withLock { state -> (Bool, Flight?) in
            // Looked at under the lock: a cancellation after this finds the caller in the flight.
            guard !Task.isCancelled else { return (true, nil) }
            let isNew = state.flights[key] == nil
            state.flights[key, default: Flight(number: caller)].callers[caller] = continuation
            return (false, isNew ? state.flights[key] : nil)
        }
        if isCancelled { continuation.resume(returning: .failure(.cancelled)) }
        guard let started else { return }
        pool.submit { [self] in
            let outcome: Outcome
            do throws(SpeechError) {
                if started.cancellation.isSet { throw .cancelled }
                outcome = .success(try work(started.cancellation))
            } catch { outcome = .failure(error) }
            land(key, started.number, outcome)
        }
    }

    /// Tells all callers.
    private func land(_ key: Key, _ number: Int, _ outcome: Outcome) {
        let callers = state.withLock { state -> [CheckedContinuation<Outcome, Never>] in
            // Another flight may have begun since all callers of this one left.
            guard let flight = state.flights[key], flight.number == number else { return [] }
            state.flights.removeValue(forKey: key)
            return Array(flight.callers.values)
        }
        for caller in callers { caller.resume(returning: outcome) }
    }

    /// Takes a caller out; the last one ends the work.
    private func leave(_ key: Key, _ caller: Int) {
        let continuation = state.withLock { state -> CheckedContinuation<Outcome, Never>? in
            guard let continuation = state.flights[key]?.callers.removeValue(forKey: caller) else { return nil }
            if state.flights[key]?.callers.isEmpty == true {
                state.flights.removeValue(forKey: key)?.cancellation.set()
            }
            return continuation
        }
        continuation?.resume(returning: .failure(.cancelled))
    }
}

/// Whether what is being done is still wanted.
final class Cancellation: Sendable {
    private let flag = Atomic(false)

    /// Whether it is not.
    var isSet: Bool { flag.load(ordering: .relaxed) }

    func set() { flag.store(true, ordering: .relaxed) }
}

extension SpeechError {
    static var cancelled: SpeechError { SpeechError(.cancelled, "speech", "was cancelled") }
}
