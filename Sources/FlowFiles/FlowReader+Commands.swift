import RealTimeAPI
import YAMLFiles
import Yams

extension FlowReader {
    private static let mediaKeys = ["say", "library", "voice"]
    /// A text in which nothing is spoken.
    private static let pause = "."
    /// Deeper values are none that a command takes.
    private static let maximumDepth = 4

    /// A command, or a list, that is the same in every call.
    mutating func commands(_ node: Node?, _ what: String) -> [Command]? {
        guard let node else { return nil }
        var commands: [Command] = []
        for element in node.sequence.map(Array.init) ?? [node] {
            guard let members = members(element, what) else { continue }
            check(members, known: Command.names, of: what)
            for pair in members.pairs {
                guard let kind = Command.Kind(rawValue: pair.name) else { continue }
                if kind != .play, kind != .playWAVData, let audio = pair.value.mapping?["audio"] {
                    error("\(what) can't play audio: put a play step with the audio before it", audio.place)
                }
                switch command(kind, pair.mark, pair.value) {
                case .fixed(let command)?: commands.append(command)
                case .template?: error("\(what) is the same in every call and can't have ${names}", pair.mark)
                case nil: break
                }
            }
        }
        return commands
    }

    /// The command that keeps the platform occupied.
    mutating func filler(_ node: Node?) -> Command? {
        guard let node, let commands = commands(node, "filler") else { return nil }
        if node.sequence != nil { error("filler is one command, not a list", node.place) }
        if commands.contains(.hangup(Hangup())) { error("filler must not end the call", node.place) }
        return commands.first
    }

    /// A command of a step.
    mutating func command(_ kind: Command.Kind, _ mark: FilePlace?, _ node: Node) -> FlowCommand? {
        guard let (kind, parameters) = parameters(kind, mark, node) else { return nil }
        let mark = mark ?? .start
        checkNames(parameters.texts)
        guard parameters.texts.allSatisfy(\.0.isFixed) else {
            let values = FlowValues()
            let pointers = parameters.parts().filter { $0.value.texts.contains { !$0.0.isFixed } }.keys
            let findings = parameters.command(kind, values).findings
            // What names stand for is known in the call only.
            report(findings.filter { !pointers.contains($0.pointer) }, kind.rawValue, parameters, mark)
            return .template(kind, parameters)
        }
        let (command, findings) = parameters.command(kind, FlowValues())
        report(findings, kind.rawValue, parameters, mark)
        if case .playTalkDetect(let play) = command { talkDetections.append((play, mark)) }
        return findings.contains { $0.severity == .error } ? nil : .fixed(command)
    }

    /// Reports what the protocol has to say about parameters, where they are.
    private mutating func report(_ findings: [Finding], _ name: String, _ parameters: FlowParameter, _ mark: FilePlace)
    {
        let parts = parameters.parts()
        for finding in findings {
            let member = finding.pointer.split(separator: "/").last.map(String.init) ?? name
            guard let part = parts[finding.pointer] else {
                // A default that is assumed is one that this file leaves out on purpose.
                if finding.severity == .error { error("\(name): \(member) \(finding.message)", mark) }
                continue
            }
            add(finding.severity, "\(name): \(member): \(finding.message)", part.mark)
        }
    }

    /// Finds names that stand for nothing, and those that nothing closes.
    mutating func checkNames(_ texts: [(FlowText, FilePlace)]) {
        for (text, mark) in texts {
            if text.isOpen { error("${ has no closing }; write a name as in ${number}", mark) }
            for name in text.names {
                if let (answer, path) = answerPath(name) {
                    usedPaths[answer, default: []].insert(path)
                } else if savedAnswers.contains(name) {
                    error("\"\(name)\" is the answer of a look-up: name a member of it, as in ${\(name).name}", mark)
                } else if !isKnown(name) {
                    let known = (savedNames.union(FlowValues.fields.keys)).sorted()
                    error("no step saves \"\(name)\", and a call has no such field\(near(name, known))", mark)
                }
            }
        }
    }

    private func isKnown(_ name: String) -> Bool {
        savedNames.contains(name) || FlowValues.fields[name] != nil
            || name.hasPrefix(FlowValues.variablePrefix) && name.count > FlowValues.variablePrefix.count
    }

    /// What `customer.address.city` is of: an answer that a step saves, and a path in it; nil if it is none.
    private func answerPath(_ name: String) -> (answer: String, path: String)? {
        guard let dot = name.firstIndex(of: ".") else { return nil }
        let (answer, path) = (String(name[..<dot]), String(name[dot...].dropFirst()))
        return savedAnswers.contains(answer) && Self.isPath(path) ? (answer, path) : nil
    }

    // MARK: Parameters

    /// The parameters on the wire, and the command that takes them: what is played decides that for `play`.
    private mutating func parameters(
        _ kind: Command.Kind, _ mark: FilePlace?, _ node: Node
    ) -> (Command.Kind, FlowParameter)? {
        let (name, known) = (kind.rawValue, kind.parameterNames)
        let mark = mark ?? .start
        if node.scalar != nil {
            if node.isNull { return (kind, .object([], mark)) }
            // A command with one parameter may have its value alone, as in `wait: 2`.
            guard known.count == 1, let value = parameter(node) else {
                error("\(name) needs parameters: \(known.joined(separator: ", "))", node.place)
                return nil
            }
            return (kind, .object([(known[0], value)], mark))
        }
        guard let members = members(node, name) else { return nil }
        if [.play, .playWAVData].contains(kind), let audio = members["audio"] {
            return playable(kind, members, "audio", mark).flatMap { _ in wav(audio, mark) }
        }
        if let recording = members["recording"] {
            guard playable(kind, members, "recording", mark) != nil, let saved = text(recording, "recording") else {
                return nil
            }
            let value = FlowParameter.scalar(FlowText(name: saved), isQuoted: true, recording.place ?? mark)
            return (.playRecord, .object([("media_file", value)], mark))
        }
        return wire(kind, members, mark).map { (kind, $0) }
    }

    /// The parameters of a command, with what is said or of the library as its `media_id`.
    private mutating func wire(_ kind: Command.Kind, _ members: Members, _ mark: FilePlace) -> FlowParameter? {
        let (name, known) = (kind.rawValue, kind.parameterNames)
        let takesMedia = known.contains("media_id")
        let short = takesMedia ? Self.mediaKeys : []
        let files = kind == .play ? ["audio", "recording"] : ["audio"]
        check(members, known: known + short + files, of: name)
        var pairs: [(name: String, value: FlowParameter)] = []
        for pair in members.pairs where known.contains(pair.name) {
            guard let value = parameter(pair.value) else { continue }
            pairs.append((pair.name, value))
        }
        var media = Members()
        media.pairs = members.pairs.filter { short.contains($0.name) }
        if let first = media.pairs.first, let value = self.media(media, first.mark ?? mark) {
            if members["media_id"] != nil { error("\(name) has both \(first.name) and media_id", first.mark) }
            pairs.append(("media_id", value))
        } else if kind == .read, let audio = members["audio"], members["media_id"] == nil {
            // It has to play something.
            let pause = FlowText("TTS|\(voice)|\(Self.pause)")
            pairs.append(("media_id", .scalar(pause, isQuoted: true, audio.place ?? mark)))
        }
        return .object(pairs, mark)
    }

    /// The audio that a step plays before its command; nil if there is none, or it is what the command plays.
    mutating func audioBefore(_ kind: Command.Kind, _ node: Node) -> FlowCommand? {
        guard ![.play, .playWAVData].contains(kind), let audio = node.mapping?["audio"] else { return nil }
        guard case (_, .object(let members, let mark))? = wav(audio, audio.place ?? .start) else { return nil }
        return .fixed(FlowParameter.object(members, mark).command(.playWAVData, FlowValues()).command)
    }

    /// Nil, with a finding, unless a command plays files and nothing else beside one.
    private mutating func playable(
        _ kind: Command.Kind, _ members: Members, _ key: String, _ mark: FilePlace
    ) -> Bool? {
        guard [.play, key == "audio" ? .playWAVData : .playRecord].contains(kind) else {
            error("\(kind.rawValue) can't play \(key), only play can: put a play step before it", mark)
            return nil
        }
        for pair in members.pairs where pair.name != key {
            error("\(key) stands alone, without \"\(pair.name)\"", pair.mark)
        }
        return true
    }

    private mutating func wav(_ node: Node, _ mark: FilePlace) -> (Command.Kind, FlowParameter)? {
        guard let file = text(node, "audio") else { return nil }
        do throws(FlowAudio.Failure) {
            let (base64, warnings) = try audio.base64(file)
            for warning in warnings { add(.warning, warning, node.place) }
            let value = FlowParameter.scalar(FlowText(base64), isQuoted: true, node.place ?? mark)
            return (.playWAVData, .object([("audio_data", value)], mark))
        } catch {
            self.error(error.reason, node.place)
            return nil
        }
    }

    /// A parameter's value; nil, with a finding, if it is none.
    ///
    /// - Parameter media: whether what has `say` or `library` in it is media.
    mutating func parameter(_ node: Node, media: Bool = true, depth: Int = 0) -> FlowParameter? {
        let mark = node.place ?? .start
        guard depth < Self.maximumDepth else {
            error("values are nested too deep here", mark)
            return nil
        }
        if let scalar = node.scalar {
            return .scalar(FlowText(scalar.string), isQuoted: scalar.style != .plain, mark)
        }
        if let sequence = node.sequence {
            var elements: [FlowParameter] = []
            for element in sequence {
                parameter(element, media: media, depth: depth + 1).map { elements.append($0) }
            }
            return .list(elements, mark)
        }
        guard let members = members(node, "the value") else { return nil }
        if media {
            if members.pairs.contains(where: { Self.mediaKeys.contains($0.name) }) {
                return self.media(members, mark)
            }
            if let audio = members["audio"] {
                error(
                    "audio can't be played there, only text or an entry of the Media Library; audio beside the command's own parameters is played before it",
                    audio.place)
                return nil
            }
        }
        var pairs: [(name: String, value: FlowParameter)] = []
        for pair in members.pairs {
            if let value = parameter(pair.value, media: media, depth: depth + 1) { pairs.append((pair.name, value)) }
        }
        return .object(pairs, mark)
    }

    /// Media: `{ say: TEXT, voice: NAME }` or `{ library: ID }`.
    private mutating func media(_ members: Members, _ mark: FilePlace) -> FlowParameter? {
        check(members, known: Self.mediaKeys, of: "media")
        if let library = members["library"] {
            if members["say"] != nil || members["voice"] != nil {
                error("library can't be combined with say or voice", mark)
            }
            return parameter(library)
        }
        guard let say = members["say"], let text = text(say, "say") else {
            if members["say"] == nil { error("voice needs say beside it", mark) }
            return nil
        }
        let own = members["voice"].flatMap { self.text($0, "voice") }
        return .scalar("TTS|\(own ?? voice)|" + FlowText(text), isQuoted: true, say.place ?? mark)
    }
}
