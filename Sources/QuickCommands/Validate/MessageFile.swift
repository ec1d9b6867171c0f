import AudioConversion
import RealTimeAPI
import TelephonyAudio

/// A file with a message, or with one on each line.
struct MessageFile {
    struct Message {
        let file: String
        /// From 1; nil if the file is one message.
        let line: Int?
        let bytes: ArraySlice<UInt8>

        var place: String { line.map { "\(file):\($0)" } ?? file }
    }

    private let name: String
    private let bytes: [UInt8]

    /// The most bytes that a file and a message can have: far more than there is use for.
    private static let limit = 128 << 20
    private static let messageLimit = 16 << 20

    /// - Throws: `noInput` if the file can't be read, `limit` if it is too long.
    init(_ path: String) throws(ConversionError) {
        name = path == "-" ? "standard input" : path
        bytes = try FileBytes.read(path, limit: Self.limit)
    }

    /// Does something with each message.
    ///
    /// - Throws: `limit` if a message is too long.
    func forEach(_ body: (Message) -> Void) throws(ConversionError) {
        guard hasMessagePerLine else { return body(try message(line: nil, bytes[...])) }
        var number = 0
        var rest = bytes[...]
        while let line = Self.nextLine(&rest) {
            number += 1
            if !Self.isBlank(line) { body(try message(line: number, line)) }
        }
    }

    private func message(line: Int?, _ bytes: ArraySlice<UInt8>) throws(ConversionError) -> Message {
        let message = Message(file: name, line: line, bytes: bytes)
        guard bytes.count <= Self.messageLimit else {
            throw ConversionError(
                .limit, file: message.place, "has \(bytes.count) bytes; \(Self.messageLimit) are accepted")
        }
        return message
    }

    /// Whether there are several lines, the first or second of which is JSON by itself.
    private var hasMessagePerLine: Bool {
        var lines: [ArraySlice<UInt8>] = []
        var rest = bytes[...]
        while lines.count < 2, let line = Self.nextLine(&rest) {
            if !Self.isBlank(line) { lines.append(line) }
        }
        return lines.count == 2
            && lines.contains { line in
                line.count <= Self.messageLimit && (try? JSONText(String(decoding: line, as: UTF8.self))) != nil
            }
    }

    private static func nextLine(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard !rest.isEmpty else { return nil }
        let line = rest.prefix { $0 != UInt8(ascii: "\n") }
        rest = rest[line.endIndex...].dropFirst()
        return line
    }

    private static func isBlank(_ line: ArraySlice<UInt8>) -> Bool { line.allSatisfy { $0 <= 32 } }
}
