import Foundation
import TestSupport

extension Workplace.Run {
    /// The value that it wrote as JSON.
    func json<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
        try JSONDecoder().decode(type, from: Data(output))
    }

    /// The values that it wrote as lines of JSON.
    func jsonLines<Value: Decodable>(_ type: Value.Type = Value.self) throws -> [Value] {
        try text.split(separator: "\n").map { try JSONDecoder().decode(type, from: Data($0.utf8)) }
    }
}
