import RealTimeAPI

/// What happened in a call, in order.
public struct Transcript: Sendable, Hashable {
    /// Who did or heard something.
    public enum Leg: String, Sendable, Hashable, Encodable {
        /// Who calls, or is called by the platform.
        case caller
        /// What executes the commands.
        case platform
        /// Who answers a `dialout`.
        case callee
        /// What the commands come from.
        case handler
    }

    /// What somebody does.
    public struct Act: Sendable, Hashable {
        /// What is done.
        public var kind: Event.Kind
        /// What is said, pressed or played.
        public var text: String

        /// An act, as in `Act(.says, "\"Bonjour\"")`.
        public init(_ kind: Event.Kind, _ text: String) {
            self.kind = kind
            self.text = text
        }

        /// For people: `says "Bonjour"`.
        var shown: String { text.isEmpty ? kind.rawValue : "\(kind.rawValue) \(text)" }
    }

    /// One thing that happened; two are equal that happened alike, however long an answer took.
    public struct Event: Sendable, Hashable, Encodable {
        /// What kind of thing it is; the raw value is what transcripts show, as text and as JSON.
        public enum Kind: String, Sendable, Hashable, Encodable, CaseIterable {
            /// The platform sends the handler a request.
            case request
            /// The handler answers.
            case answer
            /// The platform plays media, or a caller a file.
            case plays
            /// A text is spoken.
            case says
            /// Keys are pressed.
            case presses
            /// A key was heard as a tone.
            case key
            /// Audio without a name, or silence, for the time that the text tells.
            case lasts = "is"
            /// A script ends a command in the platform's place.
            case ends
            /// A callee hears a whisper.
            case hears
            /// The platform calls a callee.
            case rings
            /// A callee answers.
            case answers
            /// A callee is not reached.
            case isNotReached = "is not reached"
            /// Legs are joined, or a leg joins a room.
            case joins
            /// A leg leaves a room.
            case leaves
            /// The platform has made a recording.
            case records
            /// The platform sends keys.
            case sends
            /// Somebody hangs up.
            case hangsUp = "hangs up"
            /// What is worth knowing.
            case note
            /// The call is over, and the handler was told.
            case end
            /// The platform does not accept what the handler did.
            case refused
        }

        /// When, since the call began, in milliseconds of the virtual clock.
        public let timeMs: Int
        /// Who.
        public let leg: Leg
        /// What kind of thing.
        public let kind: Kind
        /// The rest: what was sent, played, heard or refused.
        public let text: String
        /// What people are told instead, where the text is a message of the protocol.
        let brief: String?
        /// How long the handler took for an answer, in milliseconds of real time; nil of all else.
        public let answerMs: Double?

        private enum CodingKeys: CodingKey {
            case timeMs, leg, kind, text, answerMs
        }

        /// Whether the same happened.
        public static func == (one: Event, other: Event) -> Bool {
            one.timeMs == other.timeMs && one.leg == other.leg && one.kind == other.kind && one.text == other.text
                && one.brief == other.brief
        }

        /// Hashes what counts.
        public func hash(into hasher: inout Hasher) {
            hasher.combine(timeMs)
            hasher.combine(leg)
            hasher.combine(kind)
            hasher.combine(text)
        }

        /// A line for people: `  1.240  caller    key       1`; one line whatever handlers send, and harmless to terminals.
        public var line: String {
            let time = String(timeMs / 1000) + "." + String(1000 + timeMs % 1000).dropFirst()
            return time.padded(to: 8, left: true) + "  " + leg.rawValue.padded(to: 8) + "  "
                + kind.rawValue.padded(to: 8) + "  "
                + (brief ?? text).harmless + (answerMs.map { "  (\($0) ms)" } ?? "")
        }
    }

    /// What happened.
    public private(set) var events: [Event] = []

    mutating func add(
        _ sample: Int, _ leg: Leg, _ kind: Event.Kind, _ text: String, brief: String? = nil, answerTime: Duration? = nil
    ) {
        let answerMs = answerTime.map { ($0 / .microseconds(10)).rounded() / 100 }
        events.append(
            Event(timeMs: sample / 8, leg: leg, kind: kind, text: text, brief: brief, answerMs: answerMs))
    }
}

extension String {
    fileprivate func padded(to width: Int, left: Bool = false) -> String {
        let space = String(repeating: " ", count: max(0, width - count))
        return left ? space + self : self + space
    }
}
