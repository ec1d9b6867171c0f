import RealTimeAPI
import YAMLFiles
import Yams

extension FlowReader {
    private static let stepKeys = ["save", "on", "next", "error"]
    private static let maximumSteps = 1000

    /// The steps, checked one by one and together.
    mutating func readProgram(_ members: Members, _ root: Node) -> FlowProgram? {
        let maximumVisits = whole(members["max_visits"], "max_visits", 1...1000) ?? 100
        guard let node = members["steps"] else {
            error("the flow has no steps: it needs steps: and at least one of them", root.place)
            return nil
        }
        guard let steps = self.members(node, "steps"), let first = steps.pairs.first else {
            if node.mapping != nil { error("the flow has no steps", node.place) }
            return nil
        }
        guard steps.pairs.count <= Self.maximumSteps else {
            error("\(steps.pairs.count) steps are more than \(Self.maximumSteps)", node.place)
            return nil
        }
        self.steps = steps.pairs.map(\.name)
        stepNames = Set(self.steps)
        for pair in steps.pairs {
            guard let save = pair.value.mapping?["save"]?.scalar?.string else { continue }
            savedNames.insert(save)
        }
        let start = members["start"].flatMap { target($0, "start") } ?? first.name
        var read: [String: FlowStep] = [:]
        for pair in steps.pairs {
            if !pair.name.isName {
                error("the step's name \"\(pair.name)\" must be 1...64 letters, digits, - and _", pair.mark)
            }
            if let step = step(pair.name, pair.mark, pair.value) { read[pair.name] = step }
        }
        findUnreachable(steps, start)
        return FlowProgram(steps: read, start: start, maximumVisits: maximumVisits)
    }

    /// Finds steps that none leads to, whatever else is wrong with them.
    private mutating func findUnreachable(_ members: Members, _ start: String) {
        var reached: Set<String> = []
        var waiting = [start]
        while let name = waiting.popLast() {
            guard reached.insert(name).inserted, let step = members[name]?.mapping else { continue }
            let targets = [step["next"], step["error"]] + (step["on"]?.mapping?.values.map(Optional.init) ?? [])
            waiting += targets.compactMap { $0?.scalar?.string }
        }
        for pair in members.pairs where !reached.contains(pair.name) {
            error("no step leads to \"\(pair.name)\"", pair.mark)
        }
    }

    /// The name of a step that another one leads to.
    private mutating func target(_ node: Node, _ what: String) -> String? {
        guard let name = text(node, what) else { return nil }
        guard stepNames.contains(name) else {
            error("no step is called \"\(name)\"\(near(name, stepNames.sorted()))", node.place)
            return nil
        }
        return name
    }

    private mutating func step(_ name: String, _ mark: FilePlace?, _ node: Node) -> FlowStep? {
        guard let members = members(node, "the step \"\(name)\"") else { return nil }
        let verbs = members.pairs.compactMap { pair in
            Command.Kind(rawValue: pair.name).map { (kind: $0, mark: pair.mark, value: pair.value) }
        }
        check(members, known: Self.stepKeys + Command.names, of: "the step \"\(name)\"")
        guard let verb = verbs.first else {
            error("the step \"\(name)\" has no command", mark)
            return nil
        }
        for other in verbs.dropFirst() {
            error("the step \"\(name)\" has a command already, \(verb.kind.rawValue): each step has one", other.mark)
        }
        // What is wrong with the command has been told, and does not hide what is wrong with the rest.
        let command = command(verb.kind, verb.mark, verb.value) ?? .fixed(.hangup(Hangup()))
        var results = ResultTable()
        if let on = members["on"] { readResults(on, of: verb.kind, verb.value, into: &results) }
        results.next = members["next"].flatMap { target($0, "next") }
        if verb.kind == .hangup {
            for pair in members.pairs where ["on", "next", "save"].contains(pair.name) {
                error("nothing follows hangup", pair.mark)
            }
        }
        return FlowStep(
            name: name, command: command, saved: members["save"].flatMap { saved($0) }, results: results,
            onError: members["error"].flatMap { target($0, "error") })
    }

    private mutating func saved(_ node: Node) -> String? {
        guard let name = text(node, "save") else { return nil }
        if !name.isName {
            error("save needs a name of 1...64 letters, digits, - and _", node.place)
        } else if FlowValues.fields[name] != nil {
            error("\"\(name)\" is a field of the call already: save under another name", node.place)
        }
        return name
    }

    // MARK: Results

    private mutating func readResults(
        _ node: Node, of kind: Command.Kind, _ parameters: Node, into table: inout ResultTable
    ) {
        guard let members = members(node, "on") else { return }
        let command = kind.rawValue
        let maximumDigits =
            parameters.mapping?[Read.maximumDigits.name]?.scalar.flatMap { Int($0.string) }
            ?? Read.maximumDigits.default
        for pair in members.pairs {
            guard let target = target(pair.value, "on") else { continue }
            switch kind.results {
            case .text: table.exact[pair.name] = target
            case .words(let words):
                if !words.contains(pair.name) { refuse(pair.name, of: command, words, pair.mark) }
                table.exact[pair.name] = target
            case .keys(let words):
                if let range = range(pair.name) {
                    add(range, maximumDigits, target, pair.mark, to: &table)
                } else {
                    checkKeys(pair.name, of: command, words, maximumDigits, pair.mark)
                    table.exact[pair.name] = target
                }
            }
        }
    }

    private mutating func refuse(_ result: String, of command: String, _ words: [String], _ mark: FilePlace?) {
        let all = words.joined(separator: ", ")
        error("\(command) never answers \"\(result)\", only \(all)\(near(result, words))", mark)
    }

    private mutating func checkKeys(
        _ keys: String, of command: String, _ words: [String], _ maximum: Int, _ mark: FilePlace?
    ) {
        if words.contains(keys) { return }
        if !keys.utf8.allSatisfy({ (48...57).contains($0) || $0 == 42 || $0 == 35 }) {
            error(
                "\(command) never answers \"\(keys)\", only keys, a range of numbers as in 1-9, or \(words.joined(separator: ", "))\(near(keys, words))",
                mark)
        } else if keys.utf8.count > maximum {
            error("\(command) never answers \"\(keys)\": max_digits is \(maximum)", mark)
        }
    }

    private func range(_ text: String) -> (lower: String, upper: String)? {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        let isNumbers = ends.allSatisfy { end in
            (1...18).contains(end.utf8.count) && end.utf8.allSatisfy { (48...57).contains($0) }
        }
        return ends.count == 2 && isNumbers ? (ends[0], ends[1]) : nil
    }

    private mutating func add(
        _ ends: (lower: String, upper: String), _ maximumDigits: Int, _ target: String, _ mark: FilePlace?,
        to table: inout ResultTable
    ) {
        let text = "\(ends.lower)-\(ends.upper)"
        guard let lower = Int(ends.lower), let upper = Int(ends.upper), lower <= upper else {
            return error("the range \(text) begins after its end", mark)
        }
        if ends.upper.utf8.count > maximumDigits {
            error("read never answers \(ends.upper): max_digits is \(maximumDigits)", mark)
        }
        if let other = table.ranges.first(where: { $0.range.overlaps(lower...upper) }) {
            error("the range \(text) overlaps \(other.range.lowerBound)-\(other.range.upperBound)", mark)
        }
        table.ranges.append((lower...upper, target))
    }
}
