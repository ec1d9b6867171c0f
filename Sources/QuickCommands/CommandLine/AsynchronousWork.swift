import Dispatch

/// Does asynchronous work for a command, which is not: an asynchronous `main` would make every other one start later.
package func waitFor<Result: Sendable>(_ work: @escaping @Sendable () async -> Result) -> Result {
    let end = DispatchSemaphore(value: 0)
    nonisolated(unsafe) var result: Result?  // written before the signal, read after it
    Task.detached {
        result = await work()
        end.signal()
    }
    end.wait()
    return result!
}
