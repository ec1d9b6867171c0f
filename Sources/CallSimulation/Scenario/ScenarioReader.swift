import AudioConversion
import Files
import RealTimeAPI
import TelephonyAudio
public import YAMLFiles
import Yams

extension CallScenario {
    /// The keys of a call, which stand at the top of a file of one call.
    static let callKeys = [
        "callid", "app", "number", "cli_number", "cli_name", "cdr_field", "date_started", "variables", "outbound",
        "starts", "hang_up_after", "patience", "retries", "keep_state", "caller", "line", "expect",
    ]
    static let fileKeys = ["scenario", "media", "voice", "callees", "closes", "calls"]

    /// Reads a scenario file.
    ///
    /// - Parameter path: the file; audio files are relative to its folder.
    /// - Returns: the scenario, and warnings about it.
    /// - Throws: a `FileError` with all that is wrong. Nothing in a file crashes, and a large one is refused.
    public static func load(path: String) throws(FileError) -> (scenario: CallScenario, findings: [FileFinding]) {
        let text = try YAMLDocument.text(path: path, of: "scenario file")
        return try read(text, name: path, folder: PathName(path).folder)
    }

    /// Reads the text of a scenario file.
    ///
    /// - Parameters:
    ///   - text: the YAML.
    ///   - name: what findings call it.
    ///   - folder: the prefix of file names; empty, or with a `/` at its end.
    /// - Throws: a `FileError` with all that is wrong.
    public static func read(
        _ text: String, name: String, folder: String = ""
    ) throws(FileError) -> (scenario: CallScenario, findings: [FileFinding]) {
        var reader = ScenarioReader(name: name, folder: folder)
        let scenario = reader.read(text)
        guard let scenario, !reader.findings.containsError else { throw FileError(findings: reader.findings.sorted) }
        return (scenario, reader.findings.sorted)
    }
}

/// Makes a scenario of a file, and finds all that is wrong with it.
struct ScenarioReader: NodeReading {
    /// More calls at once nobody reads the report of.
    static let maximumCalls = 100

    /// Longer sounds nobody listens to, and they are all in memory.
    private static let maximumSound = Duration.seconds(3600)

    var findings: FileFindings
    let folder: String
    /// How long all files and silences are that callers and callees play.
    private var sound = Duration.zero

    init(name: String, folder: String) {
        findings = FileFindings(file: name)
        self.folder = folder
    }

    /// The scenario, as far as it can be read.
    mutating func read(_ text: String) -> CallScenario? {
        let root: Node
        do throws(YAMLDocument.Failure) { root = try YAMLDocument.root(text, of: "scenario file") } catch {
            self.error(error.message, error.mark)
            return nil
        }
        guard let members = members(root, "a scenario file") else { return nil }
        var scenario = CallScenario(members["scenario"].flatMap { self.text($0, "scenario") } ?? findings.file)
        scenario.folder = folder
        if let voice = members["voice"] { scenario.voice = self.text(voice, "voice") ?? scenario.voice }
        if let media = members["media"] { scenario.media = mediaFolder(media) }
        if let calls = members["calls"] {
            check(members, known: CallScenario.fileKeys, of: "a scenario file with calls:")
            scenario.calls = readCalls(calls)
        } else {
            check(members, known: CallScenario.fileKeys + CallScenario.callKeys, of: "a scenario file")
            scenario.calls = [call(members)]
        }
        if let callees = members["callees"] { scenario.callees = readCallees(callees) }
        if let closes = members["closes"] { scenario.closings = readClosings(closes) }
        return scenario
    }

    private mutating func mediaFolder(_ node: Node) -> String? {
        guard let name = text(node, "media") else { return nil }
        let path = PathName.resolve(name, in: folder)
        guard FileStatus.kind(of: path) == .folder else {
            error("\(path): is not a folder", node.place)
            return nil
        }
        return name
    }

    // MARK: Calls

    private mutating func readCalls(_ node: Node) -> [CallScenario.Call] {
        guard let members = members(node, "calls") else { return [] }
        guard (1...Self.maximumCalls).contains(members.pairs.count) else {
            error("calls: holds \(members.pairs.count), allowed are 1...\(Self.maximumCalls)", node.place)
            return []
        }
        var calls: [CallScenario.Call] = []
        for pair in members.pairs {
            if !pair.name.isName {
                error("the call's name \"\(pair.name)\" must be 1...64 letters, digits, - and _", pair.mark)
            }
            guard let members = self.members(pair.value, "the call \"\(pair.name)\"") else { continue }
            check(members, known: CallScenario.callKeys, of: "the call \"\(pair.name)\"")
            var call = call(members)
            call.name = pair.name
            if let id = call.id, calls.contains(where: { $0.id == id }) {
                error("the callid \(id) is another call's already", members["callid"]?.place)
            }
            calls.append(call)
        }
        return calls
    }

    private mutating func call(_ members: NodeMembers) -> CallScenario.Call {
        var call = CallScenario.Call()
        if let node = members["callid"], let text = text(node, "callid") {
            call.id = UInt64(text).map { CallID(rawValue: $0) }
            if call.id == nil { error("callid must be a whole number, 0...\(UInt64.max)", node.place) }
        }
        call.app = members["app"].flatMap { text($0, "app") }
        call.number = members["number"].flatMap { text($0, "number") }
        call.callerNumber = members["cli_number"].flatMap { text($0, "cli_number") }
        call.callerName = members["cli_name"].flatMap { text($0, "cli_name") }
        call.customField = members["cdr_field"].flatMap { text($0, "cdr_field") }
        call.dateStarted = members["date_started"].flatMap { text($0, "date_started") }
        if let node = members["variables"] { readVariables(node, of: &call) }
        if let node = members["outbound"] { readOutbound(node, of: &call) }
        if let node = members["starts"] { call.start = seconds(node, "starts") ?? .zero }
        if let node = members["hang_up_after"] { call.hangUpAfter = seconds(node, "hang_up_after") }
        if let node = members["patience"] { call.patience = seconds(node, "patience") }
        if call.patience == .zero {
            error("patience: 0 is no time for an answer; it must be over 0", members["patience"]?.place)
        }
        call.retries = whole(members["retries"], "retries", 0...CallSetup.maximumRetries)
        if let node = members["keep_state"], let word = text(node, "keep_state") {
            call.keepsState = word == "true"
            if !["true", "false"].contains(word) { error("keep_state must be true or false", node.place) }
        }
        if let node = members["caller"] { call.caller.steps = steps(node, "caller", isCallee: false) }
        if let node = members["line"] { call.caller.line = line(node) }
        if let node = members["expect"] { call.expectation = expectation(node) }
        return call
    }

    private mutating func readVariables(_ node: Node, of call: inout CallScenario.Call) {
        guard node.mapping != nil else {
            return error("variables must be written as \"name: value\" lines", node.place)
        }
        guard let text = try? JSONText(encoding: node.json) else {
            return error("variables: can't be written as JSON", node.place)
        }
        call.variables = text
    }

    private mutating func readOutbound(_ node: Node, of call: inout CallScenario.Call) {
        let failures = ["NOANSWER", "BUSY", "CONGESTION", "REJECTED"]
        guard let text = text(node, "outbound") else { return }
        switch text {
        case "true": call.isOutbound = true
        case "false": break
        default:
            guard failures.contains(text) else {
                let known = ["true", "false"] + failures
                return error(
                    "outbound: \"\(text)\" is not one of \(known.joined(separator: ", "))\(near(text, known))",
                    node.place)
            }
            call.isOutbound = true
            call.failure = CallStatus(text)
        }
    }

    // MARK: Rooms, callees

    private mutating func readClosings(_ node: Node) -> [RoomClosing] {
        guard let members = members(node, "closes") else { return [] }
        return members.pairs.compactMap { pair in
            seconds(pair.value, "closes").map { RoomClosing(pair.name, at: $0) }
        }
    }

    private mutating func readCallees(_ node: Node) -> [String: CallScenario.Party] {
        guard let members = members(node, "callees") else { return [:] }
        var callees: [String: CallScenario.Party] = [:]
        for pair in members.pairs {
            if PhoneNumber(pair.name) == nil {
                error("\"\(pair.name)\" is not a number; write it as in \"+33612345678\", with quotes", pair.mark)
            }
            callees[pair.name] = callee(pair.value)
        }
        return callees
    }

    private mutating func callee(_ node: Node) -> CallScenario.Party? {
        let words: [String: Callee.Answer] = [
            "busy": .busy, "congestion": .congestion, "never": .never, "rejected": .rejected(after: .seconds(2)),
        ]
        if let word = node.scalar?.string {
            if let answer = words[word] { return CallScenario.Party(answer) }
            let known = words.keys.sorted()
            error(
                "\"\(word)\" is not one of \(known.joined(separator: ", "))\(near(word, known)); a callee who answers has answers: and does:",
                node.place)
            return nil
        }
        if node.sequence != nil {
            return CallScenario.Party(.after(.seconds(2)), CallScenario.Script(steps(node, "a callee", isCallee: true)))
        }
        guard let members = members(node, "a callee") else { return nil }
        check(members, known: ["answers", "rejects", "does", "line"], of: "a callee")
        var party = CallScenario.Party(.after(.seconds(2)))
        if let node = members["answers"] { party.answer = .after(seconds(node, "answers") ?? .zero) }
        if let node = members["rejects"] {
            party.answer = .rejected(after: seconds(node, "rejects") ?? .zero)
            if members["answers"] != nil || members["does"] != nil {
                error("rejects can't be combined with answers or does", node.place)
            }
        }
        if let node = members["does"] { party.script.steps = steps(node, "does", isCallee: true) }
        if let node = members["line"] { party.script.line = line(node) }
        return party
    }
}

extension ScenarioReader {
    /// Adds a file or a silence; false, with a finding, if there are too many.
    mutating func add(sound length: Duration, _ node: Node) -> Bool {
        sound += length
        if sound <= Self.maximumSound { return true }
        error("the files and silences of all steps are over an hour", node.place)
        return false
    }

    /// A number of seconds, up to a day; nil, with a finding, if it is none.
    mutating func seconds(_ node: Node, _ what: String) -> Duration? {
        guard let number = node.scalar.flatMap({ Double($0.string) }), (0...86_400).contains(number) else {
            error("\(what) must be a number of seconds, 0...86400, as in 2.5", node.place)
            return nil
        }
        return .microseconds(Int((number * 1_000_000).rounded()))
    }

    /// A pattern; nil, with a finding, if it is none.
    mutating func pattern(_ node: Node, _ what: String) -> TextPattern? {
        guard let text = text(node, what) else { return nil }
        do throws(SimulationError) { return try TextPattern(text) } catch {
            self.error("\(what): \(error)", node.place)
            return nil
        }
    }
}
