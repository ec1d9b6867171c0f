/// Writes compact JSON: UTF-8 as it is, and no escapes but those that must be.
struct JSONWriter {
    private(set) var bytes: [UInt8] = []

    /// The text of a value.
    static func bytes(_ value: JSON) -> [UInt8] { bytes { $0.write(value) } }

    /// The text that is written.
    static func bytes(_ write: (inout JSONWriter) -> Void) -> [UInt8] {
        var writer = JSONWriter()
        // A message without audio mostly fits.
        writer.bytes.reserveCapacity(500)
        write(&writer)
        return writer.bytes
    }

    mutating func write(_ value: JSON) {
        switch value {
        case .null: write("null")
        case .bool(let value): write(value)
        case .number(let digits): write(number: digits)
        case .string(let text): write(string: text)
        case .raw(let text): write(text)
        case .array(let elements):
            array { writer in
                for element in elements {
                    writer.element()
                    writer.write(element)
                }
            }
        case .object(let members):
            object { writer in
                for member in members {
                    writer.member(member.name)
                    writer.write(member.value)
                }
            }
        }
    }

    mutating func write(_ value: Bool) { write(value ? "true" : "false") }

    mutating func write(_ text: JSONText) { bytes += text.bytes }

    mutating func write(integer: some FixedWidthInteger) {
        if integer < 0 { bytes.append(UInt8(ascii: "-")) }
        let start = bytes.count
        var rest = integer.magnitude
        repeat {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        } while rest > 0
        bytes[start...].reverse()
    }

    mutating func write(number digits: String) { bytes += digits.utf8 }

    private mutating func write(_ word: StaticString) {
        bytes += UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
    }
}

// What holds others.
extension JSONWriter {
    /// Writes an object, each of whose values follows its ``member(_:)``.
    mutating func object(_ members: (inout JSONWriter) -> Void) {
        bytes.append(UInt8(ascii: "{"))
        members(&self)
        bytes.append(UInt8(ascii: "}"))
    }

    /// Writes an array, each of whose values follows an ``element()``.
    mutating func array(_ elements: (inout JSONWriter) -> Void) {
        bytes.append(UInt8(ascii: "["))
        elements(&self)
        bytes.append(UInt8(ascii: "]"))
    }

    /// Writes what stands before a member's value.
    mutating func member(_ name: String) {
        if bytes.last != UInt8(ascii: "{") { bytes.append(UInt8(ascii: ",")) }
        write(string: name)
        bytes.append(UInt8(ascii: ":"))
    }

    /// Writes what stands before an element.
    mutating func element() {
        if bytes.last != UInt8(ascii: "[") { bytes.append(UInt8(ascii: ",")) }
    }
}

// Strings.
extension JSONWriter {
    mutating func write(string text: String) {
        var text = text
        text.withUTF8 { utf8 in
            // Audio is a megabyte: with room for what follows it, it is copied once.
            if utf8.count > bytes.capacity - bytes.count { bytes.reserveCapacity(2 * bytes.count + utf8.count + 500) }
            bytes.append(UInt8(ascii: "\""))
            var start = 0
            while start < utf8.count {
                let end = PlainText.end(in: utf8, from: start)
                bytes += utf8[start..<end]
                if end < utf8.count { write(escaping: utf8[end]) }
                start = end + 1
            }
            bytes.append(UInt8(ascii: "\""))
        }
    }

    private mutating func write(escaping byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
        case 8: write("\\b")
        case 9: write("\\t")
        case 10: write("\\n")
        case 12: write("\\f")
        case 13: write("\\r")
        case 0..<32:
            let digits = Array("0123456789abcdef".utf8)
            write("\\u00")
            bytes += [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        default: bytes.append(byte)
        }
    }
}
