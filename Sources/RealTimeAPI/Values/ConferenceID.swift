/// What a conference room is called: all calls that name the same room meet there (`rt_conference_id`).
public struct ConferenceID: RawRepresentable, Sendable, Hashable, ExpressibleByStringLiteral, WireValue {
    /// The name, which must not be empty.
    public let rawValue: String

    /// A room by its name.
    public init(rawValue: String) { self.rawValue = rawValue }
    /// A room by its name.
    public init(_ name: String) { rawValue = name }
    /// A room by its name.
    public init(stringLiteral name: String) { rawValue = name }

    /// A number names the room that its digits do: the platform's SDK documents numbers.
    init?(_ json: JSON) {
        switch json {
        case .string(let name): rawValue = name
        case .number:
            guard let number = json.integer(Int.self) else { return nil }
            rawValue = String(number)
        default: return nil
        }
    }
}
