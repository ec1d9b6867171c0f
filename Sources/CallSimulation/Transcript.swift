/// What happened in a call, in order.
public struct Transcript: Sendable, Hashable {
    /// Who did or heard something.
    public enum Leg: String, Sendable, Hashable, Encodable {
        case caller
        case platform
        case callee
        case handler
    }

    /// One thing that happened.
    public struct Event: Sendable, Hashable, Encodable {
        /// When, since the call began, in milliseconds of the virtual clock.
        public let timeMs: Int
        /// Who.
        public let leg: Leg
        /// What: `request`, `answer`, `plays`, `says`, `presses`, `key`, `joins`, `rings`, `hangs up`, `note`, `end`, `refused` ...
        public let kind: String
        /// The rest: what was sent, played, heard or refused.
        public let text: String
        /// What people are told instead, where the text is a message of the protocol.
        let brief: String?

        private enum CodingKeys: CodingKey {
            case timeMs, leg, kind, text
        }

        /// A line for people: `  1.240  caller    key       1`.
        public var line: String {
            let time = String(timeMs / 1000) + "." + String(1000 + timeMs % 1000).dropFirst()
            return time.padded(to: 8, left: true) + "  " + leg.rawValue.padded(to: 8) + "  " + kind.padded(to: 8) + "  "
                + (brief ?? text)
        }
    }

    /// What happened.
    public private(set) var events: [Event] = []

    mutating func add(_ sample: Int, _ leg: Leg, _ kind: String, _ text: String, brief: String? = nil) {
        events.append(Event(timeMs: sample / 8, leg: leg, kind: kind, text: text, brief: brief))
    }
}

extension String {
    fileprivate func padded(to width: Int, left: Bool = false) -> String {
        let space = String(repeating: " ", count: max(0, width - count))
        return left ? space + self : self + space
    }
}
