public import RealTimeAPI

/// Why a step did not give a result.
public enum CallError: Error, Sendable, Hashable {
    /// The call is over: every command throws this from now on, `Call.once` still runs.
    case ended(CallStatus)
    /// The platform reported an error, a result that means failure, or the command could not be sent as it is.
    case commandFailed(command: String, reason: String)
    /// What `Call.once` ran threw an error, of which the description is left.
    case stepFailed(name: String, reason: String)
    /// The step's result does not fit into the journal; the flow cannot continue.
    case journalFull(step: String, bytes: Int, limit: Int)
    /// The flow took another step than it did before.
    case flowChanged(step: Int, was: String, now: String)
    /// A step was taken while another one was in progress.
    case stepInProgress(step: String)
    /// The call continues at another instance, or later: this run of the flow is over, and must not clean up after the call.
    case suspended
}

extension CallError: CustomStringConvertible {
    /// One sentence.
    public var description: String {
        switch self {
        case .ended(let status): "the call is over: \(status.name)"
        case .commandFailed(let command, let reason): "\(command) failed: \(reason)"
        case .stepFailed(let name, let reason): "\(name) failed: \(reason)"
        case .journalFull(let step, let bytes, let limit):
            "the result of \(step) makes the call's variables \(bytes) bytes long, and \(limit) are allowed: keep large results in a database, and their key in the journal"
        case .flowChanged(let step, let was, let now):
            "step \(step) was \(was) the first time and is \(now) now: put what may change into once, and raise the version when a flow changes"
        case .stepInProgress(let step):
            "\(step) was started while another step was in progress: a flow takes one step at a time"
        case .suspended: "the call continues elsewhere"
        }
    }
}
