import RealTimeAPI
import YAMLFiles
import Yams

/// What is expected.
extension ScenarioReader {
    private static let statuses = CallStatus.knownNames.filter { CallStatus($0).isFinal }
    private static let maximumDepth = 8

    /// What is expected of a call: a list of commands, or `commands`, `variables`, `status` and `refused`.
    mutating func expectation(_ node: Node) -> Expectation {
        var expectation = Expectation()
        if node.sequence != nil {
            expectation.commands = commands(node)
            return expectation
        }
        guard let members = members(node, "expect") else { return expectation }
        check(members, known: ["commands", "variables", "status", "refused"], of: "expect")
        if let node = members["commands"] { expectation.commands = commands(node) }
        if let node = members["variables"] { expectation.variables = objectMembers(node, "variables") }
        if let node = members["status"], let word = text(node, "status") {
            expectation.status = CallStatus(word)
            if !Self.statuses.contains(word) {
                error(
                    "status: \"\(word)\" is not one of \(Self.statuses.joined(separator: ", "))\(near(word, Self.statuses))",
                    node.place)
            }
        }
        if let node = members["refused"], let word = text(node, "refused") {
            expectation.refusal = Refusal.Kind(rawValue: word)
            let known = Refusal.Kind.allCases.map(\.rawValue)
            if expectation.refusal == nil {
                error(
                    "refused: \"\(word)\" is not one of \(known.joined(separator: ", "))\(near(word, known))",
                    node.place)
            }
        }
        return expectation
    }

    private mutating func commands(_ node: Node) -> [ExpectedCommand] {
        guard let sequence = node.sequence else {
            error("commands must be a list, as in \"- play\"", node.place)
            return []
        }
        return sequence.compactMap { command($0) }
    }

    /// `- play`, `- read: 1`, `- read: { plays: "...", result: 1 }`, or `- ...`.
    private mutating func command(_ node: Node) -> ExpectedCommand? {
        if let word = node.scalar?.string {
            if word == "..." { return .any }
            return kind(word, node.place).map { named($0.rawValue, node) }
        }
        guard let members = members(node, "a command"), let pair = members.pairs.first else { return nil }
        guard members.pairs.count == 1 else {
            error("a line of the list has one command; what it plays goes into { }", members.pairs[1].mark)
            return nil
        }
        guard let kind = kind(pair.name, pair.mark) else { return nil }
        var command = named(pair.name, node)
        if pair.value.scalar != nil {
            if !pair.value.isNull { command.result = pattern(pair.value, "the result of \(pair.name)") }
            return command
        }
        guard let values = self.members(pair.value, pair.name) else { return nil }
        check(values, known: ["plays", "result"] + kind.parameterNames, of: pair.name)
        for value in values.pairs {
            switch value.name {
            case "plays": command.text = pattern(value.value, "plays")
            case "result": command.result = pattern(value.value, "result")
            default:
                if let pattern = valuePattern(value.value, value.name) {
                    command.parameters.append(.init(value.name, pattern))
                }
            }
        }
        return command
    }

    private func named(_ name: String, _ node: Node) -> ExpectedCommand {
        var command = ExpectedCommand(name)
        command.line = node.place?.line
        return command
    }

    private mutating func kind(_ name: String, _ mark: FilePlace?) -> Command.Kind? {
        let kind = Command.Kind(rawValue: name)
        if kind == nil { error("there is no command \"\(name)\"\(near(name, Command.names))", mark) }
        return kind
    }

    private mutating func objectMembers(_ node: Node, _ what: String, depth: Int = 0) -> [Expectation.Member] {
        guard let members = members(node, what) else { return [] }
        return members.pairs.compactMap { pair in
            valuePattern(pair.value, pair.name, depth: depth + 1).map { .init(pair.name, $0) }
        }
    }

    private mutating func valuePattern(_ node: Node, _ what: String, depth: Int = 0) -> ValuePattern? {
        guard depth < Self.maximumDepth else {
            error("values are nested too deep here", node.place)
            return nil
        }
        if node.scalar != nil { return pattern(node, what).map { .text($0) } }
        guard let sequence = node.sequence else { return .object(objectMembers(node, what, depth: depth)) }
        return .list(sequence.compactMap { valuePattern($0, what, depth: depth + 1) })
    }
}
