/// How far a call is.
public enum CallStatus: Sendable, Hashable {
    /// Answered, and in progress.
    case up
    /// One side has hung up.
    case hangup
    /// An inbound call that is not answered yet.
    case incomingCall
    /// Nobody answered.
    case noAnswer
    /// The network had no room for the call.
    case congestion
    /// The line was busy.
    case busy
    /// The call was refused.
    case rejected
    /// One that is not known; it is kept.
    case other(String)

    private static let names: [(CallStatus, String)] = [
        (.up, "UP"), (.hangup, "HANGUP"), (.incomingCall, "INCOMING_CALL"), (.noAnswer, "NOANSWER"),
        (.congestion, "CONGESTION"), (.busy, "BUSY"), (.rejected, "REJECTED"),
    ]

    /// The names of those that are known.
    public static let knownNames = names.map(\.1)

    /// A status by its name.
    public init(_ name: String) {
        self = Self.names.first { $0.1 == name }?.0 ?? .other(name)
    }

    /// The name.
    public var name: String {
        if case .other(let name) = self { return name }
        return Self.names.first { $0.0 == self }!.1
    }

    /// Whether the call is over, so that a request wants no command: all but UP and INCOMING_CALL.
    public var isFinal: Bool { self != .up && self != .incomingCall }
}

extension CallStatus: WireValue {
    init?(_ json: JSON) {
        guard case .string(let name) = json else { return nil }
        self.init(name)
    }

    func write(to writer: inout JSONWriter) { writer.write(string: name) }
    var json: JSON { .string(name) }
}
