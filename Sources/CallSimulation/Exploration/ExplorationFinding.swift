public import RealTimeAPI

/// A path on which a handler makes a mistake.
public struct ExplorationFinding: Sendable, Hashable {
    /// What is wrong.
    public enum Kind: String, Sendable, Hashable, Encodable {
        /// The handler answers with what the platform refuses, or not at all.
        case refused
        /// The answer comes too late.
        case late
        /// The handler refuses to be told that the caller has hung up.
        case refusedHangUp = "refused_hang_up"
        /// The call does not end, though nobody does anything any more.
        case endless
        /// The handler answers the same call differently.
        case unsteady
        /// The handler answers no call any more.
        case gone
    }

    /// A command, and how it ended.
    public struct Step: Sendable, Hashable, CustomStringConvertible {
        /// The command, as the handler gave it.
        public let command: Command
        /// How it ended.
        public let ending: CommandEnding

        /// As in `read -> "1"`.
        public var description: String { "\(command.name) -> \(ending)" }
    }

    /// What is wrong.
    public let kind: Kind
    /// The shortest way there, from the beginning of the call.
    public let steps: [Step]
    /// What is repeated for ever, if the call does not end.
    public let loop: [Step]
    /// One sentence that says what the handler did.
    public let reason: String
}

/// Something that is worth knowing of a path, but no error.
public struct ExplorationNote: Sendable, Hashable {
    /// The shortest way there that was tried, from the beginning of the call.
    public let steps: [ExplorationFinding.Step]
    /// One sentence.
    public let text: String
}

/// What an exploration found.
public struct ExplorationReport: Sendable {
    /// Why nothing was explored: nobody was there for the first call.
    public internal(set) var refusal: Refusal?
    /// Calls that were placed.
    public internal(set) var calls = 0
    /// Requests that were sent.
    public internal(set) var requests = 0
    /// How many commands the longest call had, that of a caller who does nothing too.
    public internal(set) var depth = 0
    /// Paths that were not followed any further, because they had the most commands.
    public internal(set) var cutPaths = 0
    /// Paths that were not followed, because there were the most calls.
    public internal(set) var openPaths = 0
    /// What is wrong, shortest path first; one for each thing that is wrong at one place.
    public internal(set) var findings: [ExplorationFinding] = []
    /// What is unusual, each once: what the platform warns of, texts in which nothing can be spoken.
    public internal(set) var notes: [ExplorationNote] = []

    /// Whether the handler stopped working, and nothing was tried after that.
    public internal(set) var isGone = false

    /// Whether every path was followed to its end.
    public var isComplete: Bool { cutPaths == 0 && openPaths == 0 && !isGone }
}
