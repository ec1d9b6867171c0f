public import TelephonyAudio

/// Why a simulated call can't be placed: a fault of what was asked for, not of the handler that is tested.
public typealias SimulationError = MediaError<SimulationErrorCode>

/// What kind of fault it is.
public enum SimulationErrorCode: String, Sendable, Hashable, Encodable {
    /// The handler's address is none.
    case address
    /// A sound can't be made: a file is not audio, or a text can't be spoken.
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
    /// A pattern is not a regular expression.
    case pattern
}
