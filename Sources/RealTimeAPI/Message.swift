/// Why a message could not be read: every error that was found.
public struct MessageError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The errors, in the order of the fields; none of them is a warning.
    public let findings: [Finding]

    /// All of them, a line each.
    public var description: String { findings.map(\.description).joined(separator: "\n") }
}

/// What requests and responses have in common.
enum Message {
    /// How one is read: the message, and what is wrong with it, or unusual.
    typealias Reading<Value> = ([UInt8]) throws(JSONError) -> (value: Value, findings: [Finding])

    /// A message that has no errors.
    static func read<Value>(_ bytes: [UInt8], _ reading: Reading<Value>) throws(MessageError) -> Value {
        let (value, findings): (Value, [Finding])
        do throws(JSONError) { (value, findings) = try reading(bytes) } catch {
            throw MessageError(findings: [.error(error.description(in: bytes))])
        }
        let errors = findings.filter { $0.severity == .error }
        guard errors.isEmpty else { throw MessageError(findings: errors) }
        return value
    }

    static func findings<Value>(_ bytes: [UInt8], _ reading: Reading<Value>) -> [Finding] {
        do throws(JSONError) { return try reading(bytes).findings } catch {
            return [.error(error.description(in: bytes))]
        }
    }
}
