import RealTimeAPI

/// A way for a command to end, as a handler sees it.
public enum CommandEnding: Sendable, Hashable, CustomStringConvertible {
    /// With a result, as it stands on the wire.
    case result(String)
    /// With an error, and no result.
    case error(String)
    /// With the end of the call.
    case hangUp

    /// As in `"TIMEOUT"`, `error` or `hang-up`.
    public var description: String {
        switch self {
        case .result(let text): "\"\(text)\""
        case .error: "error"
        case .hangUp: "hang-up"
        }
    }
}

extension ResultText {
    /// A result as the platform writes that of a command.
    init(_ text: String, endOf command: Command) {
        self.init(text, isNumber: command.kind.resultIsNumber)
    }
}
