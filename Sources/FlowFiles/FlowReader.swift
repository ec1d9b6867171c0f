import CallFlows
import RealTimeAPI
import TelephonyAudio
import YAMLFiles
import Yams

/// Makes a flow of a file, and finds all that is wrong with it.
struct FlowReader: NodeReading {
    typealias Members = NodeMembers

    private static let keys = [
        "flow", "version", "voice", "start", "steps", "fallback", "safe_answer", "filler", "filler_limit", "max_visits",
    ]
    /// What keys were called before.
    private static let formerKeys = ["hold": "filler", "hold_limit": "filler_limit"]
    var audio: FlowAudio
    var voice = CallFlow.usualVoice
    /// What names may stand for, beside the call's own fields.
    var savedNames: Set<String> = []
    /// The answers of look-ups that are saved, and what of them is used.
    var savedAnswers: Set<String> = []
    var usedPaths: [String: Set<String>] = [:]
    let lookups: LookupSource
    /// The steps' names, in the order of the file.
    var steps: [String] = []
    var stepNames: Set<String> = []
    var findings: FileFindings
    /// The commands that listen while they play what is the same in every call, and where they stand.
    var talkDetections: [(command: PlayTalkDetect, place: FilePlace)] = []

    init(name: String, folder: String, lookups: LookupSource, readsAudio: Bool = true) {
        self.lookups = lookups
        findings = FileFindings(file: name)
        audio = FlowAudio(folder: folder, isRead: readsAudio)
    }

    /// The findings in the order of the file.
    var sortedFindings: [FlowFinding] { findings.sorted }

    /// The flow, as far as it can be read.
    mutating func read(_ text: String) -> CallFlow? {
        let root: Node
        do throws(YAMLDocument.Failure) { root = try YAMLDocument.root(text, of: "flow file") } catch {
            self.error(error.message, error.mark)
            return nil
        }
        guard let members = members(root, "a flow file") else { return nil }
        checkKeys(members)
        let flowName = flowName(members["flow"], root)
        let version = whole(members["version"], "version", 0...Int.max) ?? Self.hash(text)
        if let voice = members["voice"].flatMap({ self.text($0, "voice") }) { readVoice(voice, members["voice"]) }
        guard let program = readProgram(members, root) else { return nil }
        guard let flowName else { return nil }
        var flow = CallFlow(flowName, version: version) { call in try await program.run(call) }
        flow.voice = voice
        flow.fallback = CallFlow.apology(voice: voice)
        if let commands = commands(members["fallback"], "fallback") { flow.fallback = commands }
        if let commands = commands(members["safe_answer"], "safe_answer") { flow.safeAnswer = commands }
        if let filler = filler(members["filler"]) { flow.filler = filler }
        if let limit = whole(members["filler_limit"], "filler_limit", 0...1000) { flow.fillerLimit = limit }
        return flow
    }

    private mutating func checkKeys(_ members: Members) {
        var present = members
        for pair in members.pairs {
            guard let name = Self.formerKeys[pair.name] else { continue }
            error("\"\(pair.name)\" is called \"\(name)\" now", pair.mark)
            present.pairs.removeAll { $0.name == pair.name }
        }
        check(present, known: Self.keys, of: "a flow file")
    }

    /// A number that another text does not have: 56 bits of its hash.
    static func hash(_ text: String) -> Int { Int(FNV1a.hash64(text) >> 8) }

    private mutating func readVoice(_ voice: String, _ node: Node?) {
        if voice.isEmpty || voice.contains("|") {
            error("the voice \"\(voice)\" must be a name, as in TTS_EN-GB_SERENA", node?.place)
        } else {
            self.voice = voice
            for finding in Command.play(Play(.speech("a", voice: voice))).findings {
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
