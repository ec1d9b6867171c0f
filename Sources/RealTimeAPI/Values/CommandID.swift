/// What a handler knows its step by; the platform gives it back as it was, a number or a string.
public enum CommandID: Sendable, Hashable {
    /// A number of 64 bits.
    case integer(Int)
    /// A label.
    case string(String)
}

extension CommandID: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral {
    /// A number.
    public init(integerLiteral value: Int) { self = .integer(value) }
    /// A label.
    public init(stringLiteral value: String) { self = .string(value) }
}

extension CommandID: WireValue {
    init?(_ json: JSON) {
        switch json {
        case .string(let text): self = .string(text)
        case .number:
            guard let number = json.integer(Int.self) else { return nil }
            self = .integer(number)
        default: return nil
        }
    }

    func write(to writer: inout JSONWriter) {
        switch self {
        case .integer(let number): writer.write(integer: number)
        case .string(let text): writer.write(string: text)
        }
    }

    var json: JSON {
        switch self {
        case .integer(let number): .integer(number)
        case .string(let text): .string(text)
        }
    }
}
