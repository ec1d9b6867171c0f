/// How far a call is.
public enum CallStatus: Sendable, Hashable {
    case up, hangup, incomingCall, noAnswer, congestion, busy, rejected
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

    var json: JSON { .string(name) }
}
