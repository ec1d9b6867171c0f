import CallFlows
import RealTimeProtocol
import Yams

/// Makes a flow of a file, and finds all that is wrong with it.
struct FlowReader {
    private static let keys = [
        "flow", "version", "voice", "start", "steps", "fallback", "safe_answer", "hold", "hold_limit", "max_visits",
    ]
    /// So many findings are kept; nobody reads more.
    private static let maximumFindings = 200

    let name: String
    var audio: FlowAudio
    var voice = "TTS_EN-GB_SERENA"
    /// What names may stand for, beside the call's own fields.
    var savedNames: Set<String> = []
    /// The steps' names, in the order of the file.
    var steps: [String] = []
    var stepNames: Set<String> = []
    private var findings: [FlowFinding] = []

    init(name: String, folder: String) {
        self.name = name
        audio = FlowAudio(folder: folder)
    }

    /// The findings in the order of the file.
    var sortedFindings: [FlowFinding] { findings.sorted { ($0.line, $0.column) < ($1.line, $1.column) } }

    /// Adds an error.
    mutating func error(_ message: String, _ mark: FilePlace?) { add(.error, message, mark) }

    mutating func add(_ severity: Finding.Severity, _ message: String, _ mark: FilePlace?) {
        guard findings.count < Self.maximumFindings else { return }
        let mark = mark ?? .start
        let finding = FlowFinding(
            severity: severity, file: name, line: mark.line, column: mark.column, message: message.oneLine)
        if !findings.contains(finding) { findings.append(finding) }
    }

    /// The flow, as far as it can be read.
    mutating func read(_ text: String) -> CallFlow? {
        let root: Node
        do throws(YAMLDocument.Failure) { root = try YAMLDocument.root(text) } catch {
            self.error(error.message, error.mark)
            return nil
        }
        guard let members = members(root, "a flow file") else { return nil }
        check(members, known: Self.keys, of: "a flow file")
        let flowName = flowName(members["flow"], root)
        let version = whole(members["version"], "version", 0...Int.max) ?? Self.hash(text)
        if let voice = members["voice"].flatMap({ self.text($0, "voice") }) { readVoice(voice, members["voice"]) }
        guard let program = readProgram(members, root) else { return nil }
        guard let flowName else { return nil }
        var flow = CallFlow(flowName, version: version) { call in try await program.run(call) }
        flow.voice = voice
        flow.fallback = [.play(Play(.speech("Sorry, something went wrong. Please call again later.", voice: voice)))]
        if let commands = commands(members["fallback"], "fallback") { flow.fallback = commands }
        if let commands = commands(members["safe_answer"], "safe_answer") { flow.safeAnswer = commands }
        if let hold = commands(members["hold"], "hold")?.first { flow.hold = hold }
        if let limit = whole(members["hold_limit"], "hold_limit", 0...1000) { flow.holdLimit = limit }
        return flow
    }

    /// A number that another text does not have (FNV-1a, 56 of its 64 bits).
    static func hash(_ text: String) -> Int {
        Int(text.utf8.reduce(14_695_981_039_346_656_037 as UInt64) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 } >> 8)
    }

    private mutating func readVoice(_ voice: String, _ node: Node?) {
        if voice.isEmpty || voice.contains("|") {
            error("the voice \"\(voice)\" must be a name, as in TTS_EN-GB_SERENA", node?.place)
        } else {
            self.voice = voice
            for finding in Command.findings(Play.name, params: .object([.init("media_id", .string("TTS|\(voice)|a"))]))
            {
                add(finding.severity, finding.message, node?.place)
            }
        }
    }

    private mutating func flowName(_ node: Node?, _ root: Node) -> String? {
        guard let node else {
            error("the flow has no name: begin with flow: NAME", root.place)
            return nil
        }
        guard let name = text(node, "flow") else { return nil }
        guard name.isName else {
            error("the flow's name \"\(name)\" must be 1...64 letters, digits, - and _", node.place)
            return nil
        }
        return name
    }
}

// MARK: Values

extension FlowReader {
    /// The members of a mapping by their names.
    struct Members {
        var pairs: [(name: String, mark: FilePlace?, value: Node)] = []
        subscript(_ name: String) -> Node? { pairs.first { $0.name == name }?.value }
    }

    /// A mapping's members; nil, with a finding, if it is none.
    mutating func members(_ node: Node, _ what: String) -> Members? {
        guard let mapping = node.mapping else {
            error("\(what) must be written as \"name: value\" lines", node.place)
            return nil
        }
        var members = Members()
        for (key, value) in mapping {
            guard let name = key.scalar?.string else {
                error("a name must be a word, not a list or a mapping", key.place)
                continue
            }
            members.pairs.append((name, key.place, value))
        }
        var known: Set<String> = []
        for pair in members.pairs where !known.insert(pair.name).inserted {
            error("\"\(pair.name)\" is there more than once", pair.mark)
        }
        return members
    }

    /// Finds names that are none of those that are known.
    mutating func check(_ members: Members, known: [String], of what: String) {
        for pair in members.pairs where !known.contains(pair.name) {
            error("\(what) has no \"\(pair.name)\"\(near(pair.name, known))", pair.mark)
        }
    }

    /// What may be meant by a name that is not known.
    func near(_ name: String, _ known: [String]) -> String {
        nearMiss(name, in: known).map { "; did you mean \"\($0)\"?" } ?? ""
    }

    /// Text; nil, with a finding, if it is none.
    mutating func text(_ node: Node, _ what: String) -> String? {
        guard let text = node.scalar?.string else {
            error("\(what) must be text", node.place)
            return nil
        }
        return text
    }

    /// A whole number; nil if there is none, with a finding if there is something else.
    mutating func whole(_ node: Node?, _ what: String, _ range: ClosedRange<Int>) -> Int? {
        guard let node else { return nil }
        guard let number = node.scalar.flatMap({ Int($0.string) }), range.contains(number) else {
            let end = range.upperBound == .max ? " or more" : "...\(range.upperBound)"
            error("\(what) must be a whole number, \(range.lowerBound)\(end)", node.place)
            return nil
        }
        return number
    }
}

extension String {
    /// Whether it is a name: 1...64 letters, digits, `-` and `_`.
    var isName: Bool {
        (1...64).contains(utf8.count)
            && utf8.allSatisfy {
                (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 45 || $0 == 95
            }
    }

    /// Without characters that would move a terminal's cursor, and not long.
    fileprivate var oneLine: String {
        let scalars = unicodeScalars.prefix(400).map { scalar in
            scalar.value < 32 || (127..<160).contains(scalar.value) ? " " : scalar
        }
        var text = ""
        text.unicodeScalars.append(contentsOf: scalars)
        return unicodeScalars.count > 400 ? text + "..." : text
    }
}
