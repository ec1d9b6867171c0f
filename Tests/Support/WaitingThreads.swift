import Foundation

/// Threads for tests that wait for programs, sockets and locks.
///
/// Swift has as many threads as there are processors. A test that blocks one of them keeps it from all other tests, and from
/// the server in this process that the test itself may be waiting for. Of these there are as many as are needed. None of them
/// ends before the tests do: a program that ends with the thread that started it would end too early.
final class WaitingThreads: TaskExecutor {
    static let shared = WaitingThreads()

    /// Whether the current task may block its thread.
    @TaskLocal static var isCurrent = false

    private let condition = NSCondition()
    // Only with the condition locked.
    nonisolated(unsafe) private var jobs: [UnownedJob] = []
    nonisolated(unsafe) private var idleCount = 0

    private init() {}

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        condition.withLock {
            jobs.append(job)
            if idleCount < jobs.count { Thread.detachNewThread { self.work() } }
            condition.signal()
        }
    }

    private func work() {
        while true { nextJob().runSynchronously(on: asUnownedTaskExecutor()) }
    }

    private func nextJob() -> UnownedJob {
        condition.withLock {
            idleCount += 1
            defer { idleCount -= 1 }
            while jobs.isEmpty { condition.wait() }
            return jobs.removeFirst()
        }
    }
}
