/// Runs a flow's function at once on the thread that starts it or lets it go on, which has the request that it answers.
///
/// To hand each turn to another thread, and its answer back, takes longer than all else that is done for it. The function
/// waits with `await` and never blocks, as flows promise, so that the thread is free again soon.
final class CallersExecutor: TaskExecutor {
    static let shared = CallersExecutor()

    func enqueue(_ job: consuming ExecutorJob) {
        UnownedJob(job).runSynchronously(on: asUnownedTaskExecutor())
    }
}
