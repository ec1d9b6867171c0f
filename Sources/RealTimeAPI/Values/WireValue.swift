/// A value that has a form on the wire.
protocol WireValue: Sendable, Hashable {
    /// Nil if it has another form, or is out of range.
    init?(_ json: JSON)
    func write(to writer: inout JSONWriter)
    /// The same as ``write(to:)``, as a tree: for those who look into a command.
    var json: JSON { get }
}

extension String: WireValue {
    init?(_ json: JSON) {
        guard case .string(let text) = json else { return nil }
        self = text
    }

    func write(to writer: inout JSONWriter) { writer.write(string: self) }
    var json: JSON { .string(self) }
}

extension Bool: WireValue {
    init?(_ json: JSON) {
        guard case .bool(let value) = json else { return nil }
        self = value
    }

    func write(to writer: inout JSONWriter) { writer.write(self) }
    var json: JSON { .bool(self) }
}

extension Int: WireValue {
    init?(_ json: JSON) {
        guard let number = json.integer(Int.self) else { return nil }
        self = number
    }

    func write(to writer: inout JSONWriter) { writer.write(integer: self) }
    var json: JSON { .integer(self) }
}

extension WireValue where Self: RawRepresentable, RawValue == String {
    init?(_ json: JSON) {
        guard case .string(let text) = json else { return nil }
        self.init(rawValue: text)
    }

    func write(to writer: inout JSONWriter) { writer.write(string: rawValue) }
    var json: JSON { .string(rawValue) }
}

extension Array: WireValue where Element: WireValue {
    init?(_ json: JSON) {
        guard case .array(let elements) = json else { return nil }
        self = []
        for element in elements {
            guard let value = Element(element) else { return nil }
            append(value)
        }
    }

    func write(to writer: inout JSONWriter) {
        writer.array { writer in
            for element in self {
                writer.element()
                element.write(to: &writer)
            }
        }
    }

    var json: JSON { .array(map(\.json)) }
}

extension String {
    /// Whether two texts are the same on the wire; to `==`, the sign of Kelvin is a `K`.
    func hasSameBytes(as other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}
