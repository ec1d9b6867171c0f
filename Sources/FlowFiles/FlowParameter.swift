import RealTimeAPI
import YAMLFiles

/// A parameter's value as a file has it, and where.
indirect enum FlowParameter: Sendable {
    /// Text or a number; what is not quoted is whichever of them the parameter takes.
    case scalar(FlowText, isQuoted: Bool, FilePlace)
    case list([FlowParameter], FilePlace)
    case object([(name: String, value: FlowParameter)], FilePlace)

    var mark: FilePlace {
        switch self {
        case .scalar(_, _, let mark), .list(_, let mark), .object(_, let mark): mark
        }
    }

    /// The texts in it.
    var texts: [(FlowText, FilePlace)] {
        switch self {
        case .scalar(let text, _, let mark): [(text, mark)]
        case .list(let elements, _): elements.flatMap(\.texts)
        case .object(let members, _): members.flatMap(\.value.texts)
        }
    }

    /// The parts of the value by their JSON Pointers.
    func parts(at pointer: String = "") -> [String: FlowParameter] {
        var parts = [pointer: self]
        switch self {
        case .scalar: break
        case .list(let elements, _):
            for (index, element) in elements.enumerated() {
                parts.merge(element.parts(at: "\(pointer)/\(index)")) { first, _ in first }
            }
        case .object(let members, _):
            for member in members {
                parts.merge(member.value.parts(at: "\(pointer)/\(member.name)")) { first, _ in first }
            }
        }
        return parts
    }
}

extension FlowParameter {
    /// The value as JSON.
    ///
    /// - Parameters:
    ///   - values: what names stand for.
    ///   - asText: the pointers of what is text although it looks like a number.
    func json(_ values: FlowValues, asText: Set<String> = [], at pointer: String = "") -> JSON {
        switch self {
        case .scalar(let text, let isQuoted, _):
            let text = text.resolved(values)
            return isQuoted || asText.contains(pointer) ? .string(text) : .plain(text)
        case .list(let elements, _):
            return .array(
                elements.enumerated().map { $1.json(values, asText: asText, at: "\(pointer)/\($0)") })
        case .object(let members, _):
            return .object(
                members.map { JSON.Member($0.name, $0.value.json(values, asText: asText, at: "\(pointer)/\($0.name)")) }
            )
        }
    }

    /// A command of such parameters, and what is wrong with them: what would be an error as a number is taken as text.
    func command(_ kind: Command.Kind, _ values: FlowValues) -> (command: Command, findings: [Finding]) {
        let plain = kind.command(params: json(values))
        let wrong = Set(plain.findings.filter { $0.severity == .error }.map(\.pointer))
        guard !wrong.isEmpty else { return plain }
        let others = kind.command(params: json(values, asText: wrong)).findings
        let better = wrong.subtracting(others.filter { $0.severity == .error }.map(\.pointer))
        return better.isEmpty ? plain : kind.command(params: json(values, asText: better))
    }
}
