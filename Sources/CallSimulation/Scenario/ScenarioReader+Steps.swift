import AudioConversion
import Files
import RealTimeAPI
import TelephonyAudio
import YAMLFiles
import Yams

/// What callers and callees do, and their lines.
extension ScenarioReader {
    private static let actions = ["say", "play", "press", "silent", "hang_up", "ends", "fails"]
    private static let triggers = ["at", "when", "after"]
    private static let events: [String: CallerScript.Trigger] = [
        "asked": .asked, "listening": .heard, "joined": .joined,
    ]
    private static let maximumSteps = 1000

    /// The steps of a script.
    mutating func steps(_ node: Node, _ what: String, isCallee: Bool) -> [CallScenario.Step] {
        guard let sequence = node.sequence, sequence.count <= Self.maximumSteps else {
            error("\(what) must be a list of at most \(Self.maximumSteps) steps, as in \"- when: asked\"", node.place)
            return []
        }
        var steps: [CallScenario.Step] = []
        for node in sequence {
            if let step = step(node, isCallee: isCallee) { steps.append(step) }
        }
        return steps
    }

    private mutating func step(_ node: Node, isCallee: Bool) -> CallScenario.Step? {
        if node.scalar?.string == "hang_up" { return CallScenario.Step(.done, .hangUp) }
        guard let members = members(node, "a step") else { return nil }
        check(members, known: Self.triggers + ["delay"] + Self.actions + ["voice", "from", "to"], of: "a step")
        let triggers = members.pairs.filter { Self.triggers.contains($0.name) }
        for other in triggers.dropFirst() {
            error("a step has one of at, when and after; this one has \(triggers[0].name) already", other.mark)
        }
        let actions = members.pairs.filter { Self.actions.contains($0.name) }
        for other in actions.dropFirst() {
            error("a step does one thing; this one does \(actions[0].name) already", other.mark)
        }
        guard let action = actions.first else {
            error("a step does something: say, play, press, silent, hang_up, ends or fails", node.place)
            return nil
        }
        if let voice = members["voice"], action.name != "say" { error("voice needs say beside it", voice.place) }
        for name in ["from", "to"] where action.name != "play" {
            if let node = members[name] { error("\(name) needs play beside it", node.place) }
        }
        let delay = members["delay"].flatMap { seconds($0, "delay") }
        let trigger = triggers.first.map { self.trigger($0.name, $0.value, isCallee: isCallee) } ?? .done
        guard let trigger, let act = self.action(action.name, action.value, members) else { return nil }
        if case .ends = act {
            guard case .began = trigger, delay == nil else {
                error(
                    "\(action.name) needs when: and a command beside it, as in { when: play, fails: no route }",
                    action.mark)
                return nil
            }
        }
        return CallScenario.Step(trigger, act, delay: delay)
    }

    // MARK: When

    private mutating func trigger(_ name: String, _ node: Node, isCallee: Bool) -> CallerScript.Trigger? {
        if name == "at" { return seconds(node, "at").map { .time($0) } }
        guard let word = node.scalar?.string else { return command(name, node, isCallee) }
        if isCallee {
            let events: [String: CallerScript.Trigger] = ["answered": .answered, "joined": .joined]
            if name == "when", let event = events[word] { return event }
            error("a callee acts with when: answered, when: joined or at: a time", node.place)
            return nil
        }
        if name == "when", let event = Self.events[word] { return event }
        if name == "after", word == "prompt" { return .prompted }
        guard Command.names.contains(word) else {
            let known = (name == "when" ? Self.events.keys.sorted() : ["prompt"]) + Command.names
            let words = name == "when" ? "asked, listening, joined" : "prompt"
            error("\(name): \"\(word)\" is neither \(words) nor a command\(near(word, known))", node.place)
            return nil
        }
        return Self.trigger(name, CallerScript.CommandMatch(word))
    }

    /// A command, with what it plays: `{ play: Welcome... }`.
    private mutating func command(_ name: String, _ node: Node, _ isCallee: Bool) -> CallerScript.Trigger? {
        guard !isCallee, let members = members(node, name), let pair = members.pairs.first, members.pairs.count == 1
        else {
            error("\(name) must be a word, or a command with what it plays, as in { play: Welcome... }", node.place)
            return nil
        }
        check(members, known: Command.names, of: name)
        guard let text = pattern(pair.value, name) else { return nil }
        return Self.trigger(name, CallerScript.CommandMatch(pair.name, playing: text))
    }

    private static func trigger(_ name: String, _ match: CallerScript.CommandMatch) -> CallerScript.Trigger {
        name == "when" ? .began(match) : .ended(match)
    }

    // MARK: What

    private mutating func action(_ name: String, _ node: Node, _ members: NodeMembers) -> CallScenario.Action? {
        switch name {
        case "say":
            guard let text = text(node, "say") else { return nil }
            if text.isEmpty { error("say needs a text", node.place) }
            return .say(text, voice: members["voice"].flatMap { self.text($0, "voice") })
        case "play": return text(node, "play").flatMap { play($0, node, members) }
        case "press": return text(node, "press").flatMap { press($0, node) }
        case "silent": return seconds(node, "silent").flatMap { add(sound: $0, node) ? .silence($0) : nil }
        case "ends": return text(node, "ends").map { .ends(.result($0)) }
        case "fails":
            guard let text = text(node, "fails") else { return nil }
            if text.isEmpty { error("fails needs the text of the error", node.place) }
            return .ends(.error(text))
        default: return .hangUp
        }
    }

    private mutating func play(_ file: String, _ node: Node, _ members: NodeMembers) -> CallScenario.Action? {
        let path = PathName.resolve(file, in: folder)
        // A pipe would be waited for.
        guard FileStatus.kind(of: path) == .regular else {
            error("\(path): is not a file", node.place)
            return nil
        }
        do throws(ConversionError) {
            let audio = try AudioConverter(options: .ofCallers).convert(.file(path)).audio
            let isPart = members["from"] != nil || members["to"] != nil
            guard isPart else { return add(sound: audio.duration, node) ? .play(file) : nil }
            guard let part = part(of: audio.duration, node, members) else { return nil }
            return add(sound: part.upperBound - part.lowerBound, node) ? .play(file, part: part) : nil
        } catch {
            self.error("\(error)", node.place)
            return nil
        }
    }

    /// The part of a file that `from` and `to` name.
    private mutating func part(
        of length: Duration, _ node: Node, _ members: NodeMembers
    ) -> Range<Duration>? {
        let from = members["from"].map { seconds($0, "from") } ?? .zero
        let to = members["to"].map { seconds($0, "to") } ?? length
        guard let from, let to else { return nil }
        guard from < to, to <= length else {
            error(
                "from and to must be a part of the file, which lasts \(length / .seconds(1)) s",
                (members["from"] ?? members["to"] ?? node).place)
            return nil
        }
        return from..<to
    }

    private mutating func press(_ keys: String, _ node: Node) -> CallScenario.Action? {
        let pressed = keys.compactMap(DTMFKey.init)
        guard pressed.count == keys.count, !keys.isEmpty else {
            let hint = keys.isEmpty ? "; # and * need quotes, as in \"#\"" : ""
            error("press: \"\(keys)\" must be keys, 0-9, A-D, * and #\(hint)", node.place)
            return nil
        }
        return .keys(pressed)
    }

    // MARK: Lines

    /// A line: `{ noise: white, snr: 20, seed: 1, level: -26, codec: alaw }`.
    mutating func line(_ node: Node) -> CallerLine {
        var line = CallerLine()
        guard let members = members(node, "line") else { return line }
        check(members, known: ["noise", "snr", "seed", "level", "codec"], of: "a line")
        line.noise = members["noise"].flatMap { choice($0, "noise") }
        if let node = members["codec"], let codec: G711 = choice(node, "codec") { line.codec = codec }
        if let node = members["snr"] {
            line.signalToNoise = number(node, "snr", -40...100) ?? line.signalToNoise
            if line.noise == nil { error("snr needs noise beside it", node.place) }
        }
        if let node = members["level"] {
            line.level = Level(dBov: number(node, "level", -90...0) ?? line.level.dBov)
        }
        line.seed = UInt64(whole(members["seed"], "seed", 0...Int.max) ?? Int(line.seed))
        return line
    }

    private mutating func choice<Value: RawRepresentable & CaseIterable>(_ node: Node, _ what: String) -> Value?
    where Value.RawValue == String {
        guard let word = text(node, what) else { return nil }
        if let value = Value(rawValue: word) { return value }
        let known = Value.allCases.map(\.rawValue)
        error("\(what): \"\(word)\" is not one of \(known.joined(separator: ", "))\(near(word, known))", node.place)
        return nil
    }

    private mutating func number(_ node: Node, _ what: String, _ range: ClosedRange<Double>) -> Double? {
        guard let number = node.scalar.flatMap({ Double($0.string) }), range.contains(number) else {
            error(
                "\(what) must be a number of decibels, \(Int(range.lowerBound))...\(Int(range.upperBound))", node.place)
            return nil
        }
        return number
    }
}

extension ConversionOptions {
    /// What a file may be that comes from a caller: as long as a caller has patience.
    static let ofCallers: ConversionOptions = {
        var options = ConversionOptions()
        options.limits.maximumDuration = CallerScript().patience
        return options
    }()
}
