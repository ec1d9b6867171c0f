import RealTimeAPI
import Testing

@testable import CallFlows

/// What hosts meet only when requests and the end of an idle call come at the same moment.
@Suite struct SessionStateTests {
    private let request = try! Platform().request

    /// The state of a call whose flow has returned: its first request was answered with `hangup`.
    private func endedFlow() -> SessionState {
        let hosted = HostedFlow(alone: CallFlow("state", version: 1) { _ in })
        let journal = Journal(flow: "state", version: 1, firstStatus: request.status)
        var state = SessionState(
            hosted, request, callVariables: request.variables, journal: journal, entries: [])
        _ = state.begin(request)
        _ = state.finish(nil)
        return state
    }

    /// Whether a session takes the end of the call, before which its last answer did not reach the platform.
    private func takesLateEnd(_ state: SessionState) async -> Bool {
        var state = state
        var end = request
        end.status = .hangup
        var isTaken = false
        _ = await withUnsafeContinuation { (continuation: AnswerContinuation) in
            isTaken = state.receive(late: end, continuation) != nil
            continuation.resume(returning: nil)
        }
        return isTaken
    }

    @Test func `a session takes the end of the call, unless it was forgotten: then that is another one's`() async {
        var state = endedFlow()
        #expect(await takesLateEnd(state))
        _ = state.forget()
        #expect(await !takesLateEnd(state))
    }
}
