import RealTimeAPI

/// How a step of a flow comes out.
enum StepOutcome: Sendable {
    case result(ResultText)
    case failure(CallError)
}

/// Who waits for the answer to a request; nil tells that it belongs to another session.
typealias AnswerContinuation = UnsafeContinuation<Response?, Never>

/// What has to be done once a session's state has been left: nothing of it may happen under its lock.
enum SessionAction {
    /// Answers those who wait for a turn.
    case answer([AnswerContinuation], Response)
    /// Lets the flow go on.
    case resume(UnsafeContinuation<StepOutcome, Never>, StepOutcome)
    /// Calls back when the budget of a turn is used up.
    case watch(turn: Int)
    /// Cancels what a `once` runs.
    case cancel(Task<Void, Never>)
    /// Tells the flow's end handler, and then the session.
    case tellEnd(CallEnd)
    /// The call's end came, which is logged and counted, as are a bridged turn and a failure.
    case reportEnd(CallStatus, CallEnd.Outcome)
    /// A turn was bridged.
    case reportHold(step: Int)
    /// The flow failed.
    case reportFailure(step: Int, reason: String)
}
