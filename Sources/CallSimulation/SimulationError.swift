/// Why a simulated call can't be placed: a fault of what was asked for, not of the handler that is tested.
public struct SimulationError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of fault it is.
    public enum Code: String, Sendable, Hashable, Encodable {
        /// The handler's address is none.
        case address
        /// A sound can't be made of what is there: a file that is no audio, a text that can't be spoken.
        case sound
        /// Nobody here speaks with the voice that is named.
        case voice
        /// A file or a folder can't be read.
        case noInput = "no_input"
        /// What makes sounds is not installed, as a speech engine, or fails.
        case unavailable
        /// The task that asked was cancelled.
        case cancelled
        /// A file holds no certificates.
        case certificate
        /// A pattern is no regular expression.
        case pattern
    }

    /// What kind of fault it is.
    public let code: Code
    /// What it concerns.
    public let subject: String
    /// What is wrong, and what to do.
    public let reason: String

    /// An error.
    public init(_ code: Code, _ subject: String, _ reason: String) {
        self.code = code
        self.subject = subject
        self.reason = reason
    }

    /// One line for people.
    public var description: String { "\(subject): \(reason)" }
}
