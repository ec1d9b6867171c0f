import RealTimeAPI
import YAMLFiles
import Yams

extension FlowReader {
    private static let stepKeys = ["save", "on", "next", "error"]
    private static let lookupMethods = ["get", "post"]
    /// What a step can do that is no command.
    private static let otherVerbs = lookupMethods + ["match", "clock"]
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
            guard let step = pair.value.mapping, let save = step["save"]?.scalar?.string else { continue }
            if Self.lookupMethods.contains(where: { step[$0] != nil }) {
                savedAnswers.insert(save)
            } else {
                savedNames.insert(save)
            }
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
        return FlowProgram(
            steps: read, start: start, maximumVisits: maximumVisits, lookups: lookups,
            paths: usedPaths.mapValues { Array($0) })
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
            error("there is no step \"\(name)\"\(near(name, stepNames.sorted()))", node.place)
            return nil
        }
        return name
    }

    private mutating func step(_ name: String, _ mark: FilePlace?, _ node: Node) -> FlowStep? {
        guard let members = members(node, "the step \"\(name)\"") else { return nil }
        let known = Command.names + Self.otherVerbs
        let verbs = members.pairs.filter { known.contains($0.name) }
        let isLookup = verbs.first.map { Self.lookupMethods.contains($0.name) } ?? false
        check(members, known: Self.stepKeys + known + (isLookup ? Self.lookupKeys : []), of: "the step \"\(name)\"")
        guard let verb = verbs.first else {
            error("the step \"\(name)\" has no command", mark)
            return nil
        }
        for other in verbs.dropFirst() {
            error("the step \"\(name)\" has a command already, \(verb.name): each step has one", other.mark)
        }
        var results = ResultTable()
        let action = action(verb, members, &results)
        results.next = members["next"].flatMap { target($0, "next") }
        checkKeys(of: verb.name, members)
        return FlowStep(
            name: name, action: action, saved: members["save"].flatMap { saved($0) }, results: results,
            onError: members["error"].flatMap { target($0, "error") })
    }

    /// What a step does, and where its results lead: what is wrong with the one does not hide what is wrong with the other.
    private mutating func action(
        _ verb: (name: String, mark: FilePlace?, value: Node), _ members: NodeMembers, _ results: inout ResultTable
    ) -> FlowStep.Action {
        let nothing = FlowStep.Action.match(FlowText(""))
        if let kind = Command.Kind(rawValue: verb.name) {
            let command = command(kind, verb.mark, verb.value)
            let audio = audioBefore(kind, verb.value)
            if let on = members["on"] { readResults(on, of: kind, verb.value, into: &results) }
            return command.map { .command($0, audio: audio) } ?? nothing
        }
        switch verb.name {
        case "match":
            if let on = members["on"] { readCases(on, into: &results) }
            guard let text = text(verb.value, "match").map({ FlowText($0) }) else { return nothing }
            checkNames([(text, verb.value.place ?? .start)])
            return .match(text)
        case "clock":
            if let on = members["on"] { readHours(on, into: &results) }
            guard let name = text(verb.value, "clock") else { return nothing }
            do throws(FlowZone.Failure) { return .clock(try FlowZone(name)) } catch {
                self.error(error.reason.hasPrefix("must") ? "clock \(error.reason)" : error.reason, verb.value.place)
                return nothing
            }
        default:
            if let on = members["on"] { readAnswers(on, hasResult: members["result"] != nil, into: &results) }
            return lookup(verb.name.uppercased(), verb.value, members).map { .lookup($0) } ?? nothing
        }
    }

    /// Finds what a step has that can't be of use to it.
    private mutating func checkKeys(of verb: String, _ members: NodeMembers) {
        switch verb {
        case Command.Kind.hangup.rawValue:
            for pair in members.pairs where ["on", "next", "save"].contains(pair.name) {
                error("nothing follows hangup", pair.mark)
            }
        case "match", "clock":
            for pair in members.pairs where pair.name == "save" || verb == "match" && pair.name == "error" {
                error("\(verb) has nothing to \(pair.name == "save" ? "save" : "fail at")", pair.mark)
            }
        default: break
        }
    }

    private mutating func saved(_ node: Node) -> String? {
        guard let name = text(node, "save") else { return nil }
        if !name.isName {
            error("save needs a name of 1...64 letters, digits, - and _", node.place)
        } else if FlowValues.fields[name] != nil {
            error("\"\(name)\" is a field of the call already: save under another name", node.place)
        } else if savedNames.contains(name), savedAnswers.contains(name) {
            error("\"\(name)\" is both an answer and a result: save one of them under another name", node.place)
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
            // A target that is wrong does not hide a result that is.
            let target = target(pair.value, "on")
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

    /// What a text may be: itself, a number of a range, or what has `...` for anything.
    private mutating func readCases(_ node: Node, into table: inout ResultTable) {
        guard let members = members(node, "on") else { return }
        for pair in members.pairs { readCase(pair.name, target(pair.value, "on"), pair.mark, into: &table) }
    }

    private mutating func readCase(
        _ text: String, _ target: String?, _ mark: FilePlace?, into table: inout ResultTable
    ) {
        if let range = range(text) {
            add(range, nil, target, mark, to: &table)
        } else if let pattern = FlowPattern(text) {
            if let target { table.patterns.append((pattern, target)) }
        } else {
            table.exact[text] = target
        }
    }

    /// What may come of a look-up.
    private mutating func readAnswers(_ node: Node, hasResult: Bool, into table: inout ResultTable) {
        guard let members = members(node, "on") else { return }
        for pair in members.pairs {
            let target = target(pair.value, "on")
            guard pair.name.hasPrefix(LookupFailure.prefix) else {
                if !hasResult {
                    error("on needs result, the member of the answer that \"\(pair.name)\" may be", pair.mark)
                }
                readCase(pair.name, target, pair.mark, into: &table)
                continue
            }
            let text = String(pair.name.dropFirst(LookupFailure.prefix.count))
            let ends = range(text) ?? (text, text)
            guard let lower = Int(ends.lower), let upper = Int(ends.upper), 300 <= lower, lower <= upper, upper <= 599
            else {
                error("a status is one of 300...599, or a range, as in status 404 or status 400-499", pair.mark)
                continue
            }
            if let target { table.statuses.append((lower...upper, target)) }
        }
    }

    private mutating func readHours(_ node: Node, into table: inout ResultTable) {
        guard let members = members(node, "on") else { return }
        for pair in members.pairs {
            let target = target(pair.value, "on")
            do throws(FlowHours.Failure) {
                let hours = try FlowHours(pair.name)
                if let target { table.hours.append((hours, target)) }
            } catch { self.error("\"\(pair.name)\" \(error.reason)", pair.mark) }
        }
    }

    private mutating func refuse(_ result: String, of command: String, _ words: [String], _ mark: FilePlace?) {
        let all = words.joined(separator: ", ")
        error("\(command) has no result \"\(result)\", only \(all)\(near(result, words))", mark)
    }

    private mutating func checkKeys(
        _ keys: String, of command: String, _ words: [String], _ maximum: Int, _ mark: FilePlace?
    ) {
        if words.contains(keys) { return }
        if !keys.utf8.allSatisfy({ (48...57).contains($0) || $0 == 42 || $0 == 35 }) {
            error(
                "\(command) has no result \"\(keys)\", only keys, a range of numbers as in 1-9, or \(words.joined(separator: ", "))\(near(keys, words))",
                mark)
        } else if keys.utf8.count > maximum {
            error("\(command) has no result \"\(keys)\": max_digits is \(maximum)", mark)
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
        _ ends: (lower: String, upper: String), _ maximumDigits: Int?, _ target: String?, _ mark: FilePlace?,
        to table: inout ResultTable
    ) {
        let text = "\(ends.lower)-\(ends.upper)"
        guard let lower = Int(ends.lower), let upper = Int(ends.upper), lower <= upper else {
            return error("the range \(text) begins after its end", mark)
        }
        if let maximumDigits, ends.upper.utf8.count > maximumDigits {
            error("read has no result \(ends.upper): max_digits is \(maximumDigits)", mark)
        }
        if let other = table.ranges.first(where: { $0.range.overlaps(lower...upper) }) {
            error("the range \(text) overlaps \(other.range.lowerBound)-\(other.range.upperBound)", mark)
        }
        // One that leads nowhere still is in the way of others.
        table.ranges.append((lower...upper, target ?? ""))
    }
}
