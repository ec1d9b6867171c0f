/// What the platform knows a call by: an unsigned integer of 64 bits, all of which are kept.
public struct CallID: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    /// The number.
    public let rawValue: UInt64

    /// A call.
    public init(rawValue: UInt64) {
        self.rawValue = rawValue
    }

    /// The number in digits.
    public var description: String { String(rawValue) }
}

extension CallID: WireValue {
    init?(_ json: JSON) {
        guard let number = json.integer(UInt64.self) else { return nil }
        self.init(rawValue: number)
    }

    func write(to writer: inout JSONWriter) { writer.write(integer: rawValue) }
    var json: JSON { .integer(rawValue) }
}
