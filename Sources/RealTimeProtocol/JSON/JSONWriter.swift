/// Writes compact JSON: UTF-8 as it is, and no escapes but those that must be.
struct JSONWriter {
    private(set) var bytes: [UInt8] = []

    static func bytes(_ value: JSON) -> [UInt8] {
        var writer = JSONWriter()
        writer.bytes.reserveCapacity(value.sizeHint)
        writer.write(value)
        return writer.bytes
    }

    private mutating func write(_ value: JSON) {
        switch value {
        case .null: write("null")
        case .bool(let value): write(value ? "true" : "false")
        case .number(let digits): bytes += digits.utf8
        case .string(let text): write(string: text)
        case .raw(let text): bytes += text.bytes
        case .array(let elements):
            bytes.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                write(element)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let members):
            bytes.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                write(string: member.name)
                bytes.append(UInt8(ascii: ":"))
                write(member.value)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }

    private mutating func write(_ word: StaticString) {
        bytes += UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
    }

    private mutating func write(string text: String) {
        var text = text
        bytes.append(UInt8(ascii: "\""))
        text.withUTF8 { utf8 in
            var start = 0
            while start < utf8.count {
                let end = PlainText.end(in: utf8, from: start)
                bytes += utf8[start..<end]
                if end < utf8.count { write(escaping: utf8[end]) }
                start = end + 1
            }
        }
        bytes.append(UInt8(ascii: "\""))
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

extension JSON {
    /// How many bytes the text has, if there is nothing to escape in it.
    fileprivate var sizeHint: Int {
        switch self {
        case .null, .bool: 5
        case .number(let digits): digits.utf8.count
        case .string(let text): text.utf8.count + 2
        case .raw(let text): text.bytes.count
        case .array(let elements): elements.reduce(2) { $0 + $1.sizeHint + 1 }
        case .object(let members): members.reduce(2) { $0 + $1.name.utf8.count + $1.value.sizeHint + 4 }
        }
    }
}
