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
        guard case .number(let digits) = json else { return nil }
        if let number = UInt64(digits) {
            self.init(rawValue: number)
        } else {
            guard let number = json.wholeNumber.flatMap(UInt64.init(exactly:)) else { return nil }
            self.init(rawValue: number)
        }
    }

    var json: JSON { .integer(rawValue) }
}
