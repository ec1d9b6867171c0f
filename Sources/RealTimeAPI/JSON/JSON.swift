/// A JSON value (RFC 8259), with the order of members and the digits of numbers as they were written.
public enum JSON: Sendable, Hashable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number as it is written, so that none is rounded.
    case number(String)
    /// Text, without the escapes that it may be written with.
    case string(String)
    /// Values in order.
    case array([JSON])
    /// Members in order; a name may be there twice.
    case object([Member])
    /// Text that has been checked and is carried as it is.
    case raw(JSONText)

    /// A member of an object.
    public struct Member: Sendable, Hashable {
        /// The name.
        public let name: String
        /// The value.
        public let value: JSON

        /// A member.
        public init(_ name: String, _ value: JSON) {
            self.name = name
            self.value = value
        }
    }

    /// A number.
    public static func integer(_ value: some BinaryInteger) -> JSON { .number(String(value)) }

    /// The value of an object's member; the last one if the name appears twice, as in most readers.
    public subscript(_ name: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.last { $0.name == name }?.value
    }

    /// The number, if it is a whole one that fits; `1.0` and `1e2` are.
    func integer<Number: FixedWidthInteger>(_ type: Number.Type = Number.self) -> Number? {
        guard case .number(let digits) = self else { return nil }
        return Number(digits) ?? DecimalNumber(digits).integer()
    }

    /// What people call the value, as in `"abc"` or `an object`.
    var summary: String {
        switch self {
        case .null: "null"
        case .bool(let value): "\(value)"
        case .number(let digits): digits.excerpt
        case .string(let text): "\"\(text.excerpt)\""
        case .array: "an array"
        case .object: "an object"
        case .raw(let text): text.isObject ? "an object" : text.value.summary
        }
    }
}

/// JSON text that has been checked and is carried byte for byte, such as the `variables` of a call.
public struct JSONText: Sendable, Hashable {
    /// The bytes, UTF-8, without white space around them.
    public let bytes: [UInt8]

    /// An object without members.
    public static let emptyObject = JSONText(unchecked: Array("{}".utf8))

    /// Text that is checked.
    ///
    /// - Throws: a ``JSONError`` if it is not JSON.
    public init(_ text: String) throws(JSONError) {
        var parser = JSONParser(Array(text.utf8))
        self.init(unchecked: try parser.wholeText())
    }

    /// A value as compact text.
    ///
    /// - Throws: a ``JSONError`` if a number in it is none, or if it is nested too deep.
    public init(encoding value: JSON) throws(JSONError) {
        var parser = JSONParser(JSONWriter.bytes(value))
        self.init(unchecked: try parser.wholeText())
    }

    /// An object of members that were read, as compact text: what was read can be written, and is not checked again.
    package init(read members: [JSON.Member]) {
        self.init(
            unchecked: members.isEmpty
                ? Self.emptyObject.bytes : JSONWriter.bytes(.object(members)).withoutSpareCapacity)
    }

    /// Text that is known to be JSON in UTF-8, without white space around it.
    package init(unchecked bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The text.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The text as a value.
    public var value: JSON {
        var parser = JSONParser(bytes)
        // It was checked when it was made.
        return try! parser.whole()
    }

    /// Whether it is an object.
    public var isObject: Bool { bytes.first == UInt8(ascii: "{") }

    /// Whether it is an empty array, which PHP writes for an empty object.
    public var isEmptyArray: Bool {
        bytes.first == UInt8(ascii: "[") && bytes.dropFirst().first { $0 > 32 } == UInt8(ascii: "]")
    }
}

/// Why a text is not JSON, and where.
public struct JSONError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Where, in bytes from the beginning.
    public let offset: Int
    /// What was found there.
    public let reason: String

    /// As in `not JSON: unexpected "x" at byte 17`.
    public var description: String { "not JSON: \(reason) at byte \(offset)" }

    /// The same with the line and the column, both from 1, if the text has more lines than one.
    func description(in text: [UInt8]) -> String {
        let before = text.prefix(offset)
        guard let end = before.lastIndex(of: UInt8(ascii: "\n")) else { return description }
        let line = before.count { $0 == UInt8(ascii: "\n") } + 1
        return "not JSON: \(reason) at line \(line), column \(offset - end)"
    }
}

extension [UInt8] {
    /// The same in as little memory as it needs, for what is kept as long as a call lasts.
    package var withoutSpareCapacity: [UInt8] {
        capacity > count + count / 4 + 32
            ? [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
                initialized = buffer.initialize(fromContentsOf: self)
            } : self
    }
}
