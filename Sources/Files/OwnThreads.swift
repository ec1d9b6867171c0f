/// Threads of this process's own, for work that blocks them.
///
/// Those of a queue are no good for that: a queue that can't start one, for lack of memory, tries again every second, without an
/// end, on the thread that has asked for it.
package enum OwnThreads {
    /// Runs work on this thread and on others, as many as can be started, and returns when all of it has ended.
    ///
    /// - Parameters:
    ///   - count: how many threads run it, this one too; there may be fewer.
    ///   - work: may run on several threads at once.
    package static func run(_ count: Int, _ work: () -> Void) {
        withoutActuallyEscaping(work) { work in
            nonisolated(unsafe) let work = work  // for several threads, as the caller has said
            var threads: [CLibrary.Thread] = []
            for _ in 1..<max(count, 1) {
                // Fewer threads do the same, later.
                guard let thread = try? CLibrary.startThread({ work() }) else { break }
                threads.append(thread)
            }
            work()
            for thread in threads { CLibrary.join(thread) }
        }
    }
}
