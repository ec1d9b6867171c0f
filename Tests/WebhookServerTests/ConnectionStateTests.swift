import NIOCore
import NIOHTTP1
import Testing

@testable import WebhookServer

/// The phases of a connection.
@Suite struct ConnectionStateTests {
    private let start = NIODeadline.uptimeNanoseconds(0)
    private let request = IncomingRequest(
        HTTPRequestHead(version: .http1_1, method: .POST, uri: "/"), answer: nil)

    /// A connection that has just been opened.
    private var opened: ConnectionState {
        var state = ConnectionState(requestTimeout: .seconds(10), idleTimeout: .seconds(60))
        state.open(now: start)
        return state
    }

    /// A connection whose request is complete.
    private var calling: ConnectionState {
        var state = opened
        state.begin(request, now: start)
        _ = state.complete()
        return state
    }

    @Test func `a request that is being answered has no deadline, and the next one waits`() {
        var state = opened
        #expect(state.takesRequest && !state.isBusy && state.deadline == start + .seconds(10))
        state.begin(request, now: start + .seconds(1))
        #expect(!state.takesRequest && !state.isBusy && state.deadline == start + .seconds(11))
        let content = state.complete()
        #expect(content != nil && state.isBusy && state.deadline == .distantFuture)
        state.wait()
        #expect(state.isBusy && state.exchange == IncomingRequest.Exchange(isLast: false, isHeadOnly: false))
    }

    @Test func `what has waited for an answer is taken after it, unless the handler's call is still on the stack`() {
        var state = calling
        var mayGoOn = state.answer(isWritable: true, now: start)
        #expect(!mayGoOn && state.takesRequest && state.deadline == start + .seconds(60))
        // A call that has answered at once does not make it wait.
        state.wait()
        #expect(state.takesRequest)
        state = calling
        state.wait()
        mayGoOn = state.answer(isWritable: true, now: start)
        #expect(mayGoOn && state.takesRequest)
    }

    @Test func `an answer that the client does not take keeps the next request waiting`() {
        var state = calling
        state.wait()
        var mayGoOn = state.answer(isWritable: false, now: start)
        #expect(!mayGoOn && state.isBusy)
        mayGoOn = state.becomeWritable()
        #expect(mayGoOn && state.takesRequest)
        mayGoOn = state.becomeWritable()
        #expect(!mayGoOn)
    }

    @Test func `a read that brings no whole header begins a request's time`() {
        var state = calling
        _ = state.answer(isWritable: true, now: start)
        // The read that brought the request itself.
        state.completeRead(now: start + .seconds(1))
        #expect(state.deadline == start + .seconds(60))
        state.completeRead(now: start + .seconds(2))
        #expect(state.deadline == start + .seconds(12))
        state.completeRead(now: start + .seconds(3))
        state.begin(request, now: start + .seconds(4))
        #expect(state.deadline == start + .seconds(12) && state.expiry == .refuse)
    }

    @Test func `a connection that is shut down finishes what it has begun`() {
        var state = opened
        state.begin(request, now: start)
        var shutdown = state.shutDown(isWriting: false)
        _ = state.complete()
        #expect(shutdown == .finish && state.exchange?.isLast == true)
        state = calling
        state.wait()
        shutdown = state.shutDown(isWriting: false)
        #expect(shutdown == .finish && state.exchange?.isLast == true)
    }

    @Test func `a connection that is shut down with nothing begun ends when its last answer is taken`() {
        var state = opened
        var shutdown = state.shutDown(isWriting: false)
        #expect(shutdown == .close)
        state = calling
        _ = state.answer(isWritable: true, now: start)
        var writing = state
        shutdown = state.shutDown(isWriting: false)
        #expect(shutdown == .close)
        let shutdowns = [true, true, false].map { writing.shutDown(isWriting: $0) }
        #expect(shutdowns == [.closeOutput, .finish, .close] && writing.isOver)
    }

    @Test func `a connection that is closed stays so`() {
        var state = calling
        state.close()
        let mayGoOn = state.answer(isWritable: true, now: start)
        state.end(now: start)
        state.begin(request, now: start)
        state.wait()
        #expect(!mayGoOn && state.isOver && !state.takesRequest)
        #expect(state.exchange == nil && state.deadline == .distantFuture)
    }
}
