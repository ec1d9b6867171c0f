/// Something to know about a message.
public struct Finding: Sendable, Hashable, CustomStringConvertible {
    /// How bad it is.
    public enum Severity: String, Sendable, Hashable {
        /// The platform would refuse the message, or do something else than is meant.
        case error
        /// The message is accepted, but unusual.
        case warning
    }

    /// How bad it is.
    public let severity: Severity
    /// The field, by its JSON Pointer (RFC 6901); empty for the whole message.
    public let pointer: String
    /// The value, as far as it is said; it may be what someone has typed, which is not for logs.
    private let value: String?
    /// What is wrong with it.
    private let fault: String

    /// What was found, what is allowed, and what might be meant.
    public var message: String { value.map { "\($0) \(fault)" } ?? fault }

    /// As ``description``, without the value: for logs.
    package var withoutValue: String { pointer.isEmpty ? fault : "\(place) \(fault)" }

    /// As in `/params/attempts: 12 is over the maximum 10`.
    public var description: String { pointer.isEmpty ? message : "\(place): \(message)" }

    /// The pointer as people read it: names of members may be as long as the message.
    private var place: String { pointer.harmless(atMost: 200) }

    /// An error of a value itself; ``inside(_:)`` says where that is.
    static func error(_ fault: String) -> Finding { Finding(severity: .error, pointer: "", value: nil, fault: fault) }

    /// An error of a value.
    static func error(_ value: JSON, _ fault: String) -> Finding {
        Finding(severity: .error, pointer: "", value: value.summary, fault: fault)
    }

    /// A warning of a value itself; ``inside(_:)`` says where that is.
    static func warning(_ fault: String) -> Finding {
        Finding(severity: .warning, pointer: "", value: nil, fault: fault)
    }

    /// A warning of a value.
    static func warning(_ value: JSON, _ fault: String) -> Finding {
        Finding(severity: .warning, pointer: "", value: value.summary, fault: fault)
    }

    /// A warning of a member that appears twice.
    static let repeated = Finding.warning(
        "appears more than once; the last one counts here, others may take the first")

    /// The same on a value that is a member or an element (RFC 6901, section 3).
    func inside(_ name: String) -> Finding {
        let token = name.replacing("~", with: "~0").replacing("/", with: "~1")
        return Finding(severity: severity, pointer: "/\(token)\(pointer)", value: value, fault: fault)
    }
}

extension [Finding] {
    var containsError: Bool { contains { $0.severity == .error } }

    func inside(_ name: String) -> [Finding] { map { $0.inside(name) } }
}

/// Warnings of members that are not known, with what may be meant; so many of them at most that it can be read.
///
/// - Parameter meant: what other names stand for that are no near miss.
func unknownMembers(
    _ unknown: [String], known names: [String], meant: [String: String] = [:]
) -> [Finding] {
    let shown = unknown.prefix(20).map { name in
        let near = (meant[name] ?? nearMiss(name, in: names)).map { "; did you mean \"\($0)\"?" } ?? ""
        return Finding.warning("is unknown and ignored\(near)").inside(name)
    }
    return unknown.count == shown.count ? shown : shown + [.warning("has more unknown members")]
}

/// The nearest of some names, if one is near: it begins with this one, or at most a third of its letters differ.
package func nearMiss(_ name: String, in names: [String]) -> String? {
    guard name.utf8.count <= 64 else { return nil }
    if name.count >= 3, let longer = names.first(where: { $0.hasPrefix(name) }) { return longer }
    func folded(_ name: String) -> [UnicodeScalar] {
        Array(name.lowercased().replacing("-", with: "_").unicodeScalars)
    }
    let distances = names.map { ($0, editDistance(folded(name), folded($0))) }
    guard let (nearest, distance) = distances.min(by: { $0.1 < $1.1 }) else { return nil }
    return distance * 3 <= max(3, nearest.count) ? nearest : nil
}

/// Insertions, deletions, substitutions and exchanges of neighbours that make one text of the other.
func editDistance(_ a: [UnicodeScalar], _ b: [UnicodeScalar]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in a.indices {
        var current = [i + 1]
        for j in b.indices {
            var best = min(last[j] + (a[i] == b[j] ? 0 : 1), last[j + 1] + 1, current[j] + 1)
            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, beforeLast[j - 1] + 1) }
            current.append(best)
        }
        (beforeLast, last) = (last, current)
    }
    return last[b.count]
}
