import RealTimeAPI

/// How a step of a flow comes out.
enum StepOutcome: Sendable {
    case result(ResultText)
    case failure(CallError)
}

/// Who waits for the answer to a request; nil tells that it belongs to another session.
///
/// It is not checked, nor are those of steps: each is in one place of the state at a time, which hands it out once.
typealias AnswerContinuation = UnsafeContinuation<Response?, Never>

/// What has to be done once a session's state has been left: nothing of it may happen under its lock.
enum SessionAction {
    /// Answers those who wait for a turn.
    case answer([AnswerContinuation], Response)
    /// Lets the flow's function go on.
    case resume(UnsafeContinuation<StepOutcome, Never>, StepOutcome)
    /// Calls back when the budget of a turn is used up.
    case watch(turn: Int)
    /// Cancels what a `once` runs.
    case cancel(Task<Void, Never>)
    /// Tells the flow's end handler, and then the session.
    case tellEnd(CallEnd)
    /// Logs and counts the call's end.
    case reportEnd(CallStatus, CallEnd.Outcome)
    /// Logs and counts that a filler was sent.
    case reportFiller(step: Int)
    /// Logs and counts that the flow failed.
    case reportFailure(step: Int, reason: String)
}
