/// What can befall a request on its way to a handler, or come in between.
public enum Fault: String, Sendable, Hashable, CaseIterable, Encodable {
    /// The request is asked again after its answer, as one whose answer was lost: the answer must be the same.
    case duplicate
    /// The request arrives twice at the same time, on two connections: the answers must be the same.
    case twins
    /// The answer is lost: the connection is closed when it has come, unread, and the request is asked again on another.
    case droppedAnswer = "dropped_answer"
    /// The request arrives in two parts, with a pause between them.
    case delay
    /// Half of the request comes before it: no JSON, to be refused with 4xx.
    case brokenJSON = "broken_json"
    /// The request comes before it with a member of a wrong type.
    ///
    /// The platform never sends one, and its page does not say how to answer: other than with 4xx is an error for those who
    /// ask for this fault, and a note for others.
    case wrongType = "wrong_type"
    /// The request is asked again with a member that is not documented: refused with 4xx, or answered the same.
    case unknownField = "unknown_field"
    /// The request is asked again as `text/plain`: refused with 4xx, or answered the same.
    case contentType = "content_type"
}

extension Fault {
    /// Whether what a handler does wrong is only noted, unless the fault is asked for.
    var isMild: Bool { self == .wrongType }
}

/// What a handler did wrong when something befell a request.
public struct FaultFinding: Sendable, Hashable, Encodable {
    /// What befell the request.
    public let fault: Fault
    /// The call, counted from 1.
    public let call: Int
    /// The request in the call, counted from 1.
    public let request: Int
    /// One sentence: what the handler did, and what it should do.
    public let reason: String
}
