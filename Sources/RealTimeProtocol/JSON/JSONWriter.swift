/// Writes compact JSON: UTF-8 as it is, and no escapes but those that must be.
struct JSONWriter {
    private(set) var bytes: [UInt8] = []

    static func bytes(_ value: JSON) -> [UInt8] {
        var writer = JSONWriter()
        writer.bytes.reserveCapacity(256)
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
            if Self.needsNoEscape(utf8) {
                bytes += utf8
            } else {
                for byte in utf8 { write(escaping: byte) }
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Looks at 32 bytes at a time, since audio is a megabyte of text.
    private static func needsNoEscape(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var found = SIMDMask<SIMD32<Int8>>(repeating: false)
        var index = 0
        let raw = UnsafeRawBufferPointer(text)
        while index + 32 <= text.count {
            let part = raw.loadUnaligned(fromByteOffset: index, as: SIMD32<UInt8>.self)
            found .|= (part .< 32) .| (part .== UInt8(ascii: "\"")) .| (part .== UInt8(ascii: "\\"))
            index += 32
        }
        if any(found) { return false }
        return text[index...].allSatisfy { $0 >= 32 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
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
