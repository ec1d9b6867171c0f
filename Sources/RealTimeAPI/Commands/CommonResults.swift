/// A result that is one of a few words.
protocol NamedResult: DefinedResult {
    static var names: [(Self, String)] { get }
    static func other(_ wire: String) -> Self
}

extension NamedResult {
    /// A result by its word.
    public init(wire: String) { self = Self.names.first { $0.1.hasSameBytes(as: wire) }?.0 ?? .other(wire) }

    static var form: ResultForm { .words(names.map(\.1)) }

    var knownWire: String? { Self.names.first { $0.0 == self }?.1 }
}

/// What the commands that play answer.
public enum PlaybackResult: NamedResult {
    /// All has been played.
    case played
    /// An error occurred.
    case failed
    /// One that is not documented.
    case other(String)

    static let names: [(PlaybackResult, String)] = [(.played, "0"), (.failed, "1")]

    /// The text on the wire.
    public var wire: String {
        if case .other(let wire) = self { return wire }
        return knownWire!
    }
}

/// What the commands answer that can only succeed.
public enum SuccessResult: NamedResult {
    /// It succeeded.
    case done
    /// One that is not documented.
    case other(String)

    static let names: [(SuccessResult, String)] = [(.done, "0")]

    /// The text on the wire.
    public var wire: String {
        if case .other(let wire) = self { return wire }
        return knownWire!
    }
}

/// The temporary name of a recording: what ``Record`` answers and ``PlayRecord`` plays.
public struct MediaFile: DefinedResult, RawRepresentable, ExpressibleByStringLiteral, WireValue {
    static let form = ResultForm.text

    /// The name.
    public let rawValue: String

    /// A recording by its name.
    public init(rawValue: String) { self.rawValue = rawValue }
    /// A recording by its name.
    public init(_ name: String) { rawValue = name }
    /// A recording by its name.
    public init(stringLiteral name: String) { rawValue = name }
    /// A recording by its name.
    public init(wire: String) { rawValue = wire }
    /// The name.
    public var wire: String { rawValue }
}

/// The hash by which the platform knows a recorded call: what ``StartCallRecording`` and ``StopCallRecording`` answer.
public struct RecordingID: DefinedResult, RawRepresentable {
    static let form = ResultForm.text

    /// The hash.
    public let rawValue: String

    /// A recorded call by its hash.
    public init(rawValue: String) { self.rawValue = rawValue }
    /// A recorded call by its hash.
    public init(wire: String) { rawValue = wire }
    /// The hash.
    public var wire: String { rawValue }
}

/// The answer of a command of which the page says nothing.
public struct UndocumentedResult: DefinedResult {
    static let form = ResultForm.text

    /// The text on the wire.
    public let wire: String

    /// A result.
    public init(wire: String) { self.wire = wire }
}
