package import Testing

/// Tests that wait for programs, sockets, locks and time: they run on threads of their own.
///
/// A time limit of theirs counts the wait for their turn too.
package struct WaitingTrait: TestTrait, SuiteTrait, TestScoping {
    /// For a few at a time, twice as many as there are processors on most machines: each waits for a program that needs one.
    fileprivate static let forPrograms = Turnstile(width: 4)
    /// Beside those.
    fileprivate static let forTime = Turnstile(width: 4)

    fileprivate let turnstile: Turnstile

    package var isRecursive: Bool { true }

    package func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        // A suite's trait is its tests' too.
        guard !WaitingThreads.isCurrent else { return try await function() }
        try await turnstile.pass {
            try await WaitingThreads.$isCurrent.withValue(true) {
                try await withTaskExecutorPreference(WaitingThreads.shared) { try await function() }
            }
        }
    }
}

extension Trait where Self == WaitingTrait {
    /// Runs a test on a thread that it may block, a few of them at a time.
    package static var waiting: Self { Self(turnstile: WaitingTrait.forPrograms) }

    /// Runs a test that mostly waits for time to pass, a few of them at a time, beside those that wait for programs.
    package static var waitingForTime: Self { Self(turnstile: WaitingTrait.forTime) }
}

/// Lets some in, and others when those have left.
private actor Turnstile {
    private var freeCount: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(width: Int) { freeCount = width }

    nonisolated func pass(_ body: () async throws -> Void) async throws {
        await enter()
        do { try await body() } catch {
            await leave()
            throw error
        }
        await leave()
    }

    private func enter() async {
        guard freeCount == 0 else {
            freeCount -= 1
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    private func leave() {
        guard !waiting.isEmpty else {
            freeCount += 1
            return
        }
        waiting.removeFirst().resume()
    }
}
