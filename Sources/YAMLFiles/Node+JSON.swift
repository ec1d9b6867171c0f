package import RealTimeAPI
package import Yams

extension Node {
    /// Whether nothing is written.
    package var isNull: Bool { scalar.map { $0.style == .plain && ["", "~", "null"].contains($0.string) } ?? false }

    /// The value as JSON: what is not quoted is a number, a truth value or nothing if it looks like one.
    package var json: JSON {
        switch self {
        case .scalar(let scalar):
            isNull ? .null : scalar.style == .plain ? .plain(scalar.string) : .string(scalar.string)
        case .sequence(let sequence): .array(sequence.map(\.json))
        case .mapping(let mapping): .object(mapping.map { JSON.Member($0.key.scalar?.string ?? "", $0.value.json) })
        case .alias: .null
        }
    }
}

extension JSON {
    /// What text without quotes is.
    package static func plain(_ text: String) -> JSON {
        switch text {
        case "true": .bool(true)
        case "false": .bool(false)
        default:
            if let number = try? JSONText(text).value, case .number = number { number } else { .string(text) }
        }
    }
}
