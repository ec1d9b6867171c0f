/// Why a message could not be read: every error that was found.
public struct MessageError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The errors, in the order of the fields; none of them is a warning.
    public let findings: [Finding]

    /// All of them, a line each.
    public var description: String { findings.map(\.description).joined(separator: "\n") }
}

/// What requests and responses have in common.
enum Message {
    /// Parses a message that has no errors.
    static func parse(_ bytes: [UInt8], _ findings: (JSON) -> [Finding]) throws(MessageError) -> JSON {
        let message: JSON
        do throws(JSONError) { message = try value(bytes) } catch {
            throw MessageError(findings: [.error(error.description(in: bytes))])
        }
        let errors = findings(message).filter { $0.severity == .error }
        guard errors.isEmpty else { throw MessageError(findings: errors) }
        return message
    }

    static func findings(_ bytes: [UInt8], _ findings: (JSON) -> [Finding]) -> [Finding] {
        do throws(JSONError) { return findings(try value(bytes)) } catch {
            return [.error(error.description(in: bytes))]
        }
    }

    private static func value(_ bytes: [UInt8]) throws(JSONError) -> JSON {
        var parser = JSONParser(bytes)
        return try parser.whole(raw: "variables")
    }
}
