/// A telephone number in the international format of ITU-T E.164, as in `+33612345678`.
public struct PhoneNumber: Sendable, Hashable, CustomStringConvertible {
    /// The number, with its plus sign.
    public let description: String

    /// No number, until one is read.
    init() { description = "" }

    /// A number; nil unless it is a plus sign and 2 to 15 digits, the first not 0.
    public init?(_ text: String) {
        let digits = text.utf8.dropFirst()
        guard text.utf8.first == UInt8(ascii: "+"), (2...15).contains(digits.count), digits.first != UInt8(ascii: "0"),
            digits.allSatisfy({ (48...57).contains($0) })
        else { return nil }
        description = text
    }

    static let pattern = #"^\+[1-9][0-9]{1,14}$"#
}

extension PhoneNumber: WireValue {
    init?(_ json: JSON) {
        guard case .string(let text) = json else { return nil }
        self.init(text)
    }

    func write(to writer: inout JSONWriter) { writer.write(string: description) }
    var json: JSON { .string(description) }
}

/// What the callee sees as the caller.
public enum CallerID: Sendable, Hashable {
    /// A number.
    case number(PhoneNumber)
    /// Nothing: the number is withheld.
    case blocked
}

extension CallerID: WireValue {
    init?(_ json: JSON) {
        guard case .string(let text) = json else { return nil }
        if text.hasSameBytes(as: "BLOCKED") {
            self = .blocked
        } else {
            guard let number = PhoneNumber(text) else { return nil }
            self = .number(number)
        }
    }

    func write(to writer: inout JSONWriter) {
        switch self {
        case .number(let number): number.write(to: &writer)
        case .blocked: writer.write(string: "BLOCKED")
        }
    }

    var json: JSON {
        switch self {
        case .number(let number): number.json
        case .blocked: .string("BLOCKED")
        }
    }
}
