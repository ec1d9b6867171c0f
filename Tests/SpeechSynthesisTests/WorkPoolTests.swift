import Dispatch
import Synchronization
import TestSupport
import Testing

@testable import SpeechSynthesis

/// Work that waits its turn.
@Suite(.waiting) struct WorkPoolTests {
    private final class Token: Sendable {}

    @Test("work that is done is let go of while other work goes on")
    func release() {
        let pool = WorkPool(size: 1)
        let (hasBegun, mayEnd) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        weak var token: Token?
        do {
            let owned = Token()
            token = owned
            pool.submit { withExtendedLifetime(owned) {} }
        }
        pool.submit {
            hasBegun.signal()
            mayEnd.wait()
        }
        hasBegun.wait()
        #expect(token == nil)
        mayEnd.signal()
    }

    @Test("all work is done, in order, and no more of it at a time than may be", arguments: [1, 3])
    func order(size: Int) {
        let pool = WorkPool(size: size)
        let state = Mutex((begun: [Int](), running: 0, most: 0))
        let done = DispatchGroup()
        for number in 0..<500 {
            done.enter()
            pool.submit {
                state.withLock { state in
                    state.begun.append(number)
                    state.running += 1
                    state.most = max(state.most, state.running)
                }
                state.withLock { $0.running -= 1 }
                done.leave()
            }
        }
        done.wait()
        state.withLock { state in
            #expect(state.begun.sorted() == Array(0..<500) && state.most <= size)
            if size == 1 { #expect(state.begun == Array(0..<500)) }
        }
    }
}
