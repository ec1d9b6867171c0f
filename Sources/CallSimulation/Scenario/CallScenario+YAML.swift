import RealTimeAPI
import TelephonyAudio

extension CallScenario {
    /// The scenario as the text of a file, from which it can be read again.
    public var yaml: String {
        var writer = ScenarioWriter()
        writer.write(self)
        return writer.lines.joined(separator: "\n") + "\n"
    }
}

/// Writes YAML; texts in the quotation marks of JSON, which are YAML's too.
private struct ScenarioWriter {
    var lines: [String] = []
    private var depth = 0

    private mutating func line(_ text: String) { lines.append(String(repeating: "  ", count: depth) + text) }

    private mutating func block(_ title: String, _ body: (inout ScenarioWriter) -> Void) {
        line(title)
        depth += 1
        body(&self)
        depth -= 1
    }

    mutating func write(_ scenario: CallScenario) {
        let plain = CallScenario("")
        line("scenario: \(quoted(scenario.name))")
        if let media = scenario.media { line("media: \(quoted(media))") }
        if scenario.voice != plain.voice { line("voice: \(quoted(scenario.voice))") }
        if scenario.calls.count == 1, scenario.calls[0].name.isEmpty {
            write(scenario.calls[0])
        } else {
            block("calls:") { writer in
                for call in scenario.calls { writer.block("\(call.name):") { $0.write(call) } }
            }
        }
        if !scenario.callees.isEmpty {
            block("callees:") { writer in
                for (number, party) in scenario.callees.sorted(by: { $0.key < $1.key }) { writer.write(party, number) }
            }
        }
        if !scenario.closings.isEmpty {
            line(
                "closes: { \(scenario.closings.map { "\(quoted($0.room)): \(seconds($0.time))" }.joined(separator: ", ")) }"
            )
        }
    }

    private mutating func write(_ call: CallScenario.Call) {
        if call.start > .zero { line("starts: \(seconds(call.start))") }
        if let id = call.id { line("callid: \(id)") }
        for (name, value) in [
            ("app", call.app), ("number", call.number), ("cli_number", call.callerNumber),
            ("cli_name", call.callerName), ("cdr_field", call.customField), ("date_started", call.dateStarted),
        ] {
            if let value { line("\(name): \(quoted(value))") }
        }
        if call.variables != .emptyObject { line("variables: \(text(call.variables.value))") }
        if call.isOutbound { line("outbound: \(call.failure?.name ?? "true")") }
        if let time = call.hangUpAfter { line("hang_up_after: \(seconds(time))") }
        if let time = call.patience { line("patience: \(seconds(time))") }
        if let retries = call.retries { line("retries: \(retries)") }
        if let keepsState = call.keepsState { line("keep_state: \(keepsState)") }
        write(call.caller.line)
        write(call.caller.steps, "caller")
        write(call.expectation)
    }

    private mutating func write(_ party: CallScenario.Party, _ number: String) {
        switch party.answer {
        case .busy: line("\(quoted(number)): busy")
        case .congestion: line("\(quoted(number)): congestion")
        case .never: line("\(quoted(number)): never")
        case .rejected(let time): line("\(quoted(number)): { rejects: \(seconds(time)) }")
        case .after(let time):
            block("\(quoted(number)):") { writer in
                writer.line("answers: \(writer.seconds(time))")
                writer.write(party.script.line)
                writer.write(party.script.steps, "does")
            }
        }
    }

    private mutating func write(_ callerLine: CallerLine) {
        let plain = CallerLine()
        var parts: [String] = []
        if let noise = callerLine.noise {
            parts = ["noise: \(noise.rawValue)", "snr: \(callerLine.signalToNoise)"]
        }
        if callerLine.seed != plain.seed { parts.append("seed: \(callerLine.seed)") }
        if callerLine.level != plain.level { parts.append("level: \(callerLine.level.dBov)") }
        if callerLine.codec != plain.codec { parts.append("codec: \(callerLine.codec.rawValue)") }
        if !parts.isEmpty { line("line: { \(parts.joined(separator: ", ")) }") }
    }

    // MARK: Steps

    private mutating func write(_ steps: [CallScenario.Step], _ title: String) {
        guard !steps.isEmpty else { return }
        block("\(title):") { writer in
            for step in steps {
                let parts = [
                    writer.text(step.trigger), step.delay.map { "delay: \(writer.seconds($0))" },
                    writer.text(step.action),
                ]
                writer.line("- { \(parts.compactMap { $0 }.joined(separator: ", ")) }")
            }
        }
    }

    private func text(_ trigger: CallerScript.Trigger) -> String? {
        switch trigger {
        case .time(let time): "at: \(seconds(time))"
        case .asked: "when: asked"
        case .prompted: "after: prompt"
        case .heard: "when: listening"
        case .joined: "when: joined"
        case .answered: "when: answered"
        case .began(let match): "when: \(text(match))"
        case .ended(let match): "after: \(text(match))"
        case .done: nil
        }
    }

    private func text(_ match: CallerScript.CommandMatch) -> String {
        match.text.map { "{ \(match.name): \(quoted($0.description)) }" } ?? match.name
    }

    private func text(_ action: CallScenario.Action) -> String {
        switch action {
        case .say(let text, let voice): "say: \(quoted(text))" + (voice.map { ", voice: \(quoted($0))" } ?? "")
        case .play(let file, let part):
            "play: \(quoted(file))"
                + (part.map { ", from: \(seconds($0.lowerBound)), to: \(seconds($0.upperBound))" } ?? "")
        case .keys(let keys): "press: \(quoted(String(keys.map(\.character))))"
        case .silence(let time): "silent: \(seconds(time))"
        case .hangUp, .ends(.hangUp): "hang_up: true"
        case .ends(.result(let text)): "ends: \(quoted(text))"
        case .ends(.error(let text)): "fails: \(quoted(text))"
        }
    }

    // MARK: Expectations

    private mutating func write(_ expectation: Expectation) {
        guard expectation != Expectation() else { return }
        block("expect:") { writer in
            if let commands = expectation.commands {
                if commands.isEmpty {
                    writer.line("commands: []")
                } else {
                    writer.block("commands:") { for command in commands { $0.write(command) } }
                }
            }
            if !expectation.variables.isEmpty {
                writer.line("variables: \(writer.text(.object(expectation.variables)))")
            }
            if let status = expectation.status { writer.line("status: \(status.name)") }
            if let refusal = expectation.refusal { writer.line("refused: \(refusal.rawValue)") }
        }
    }

    private mutating func write(_ command: ExpectedCommand) {
        guard let name = command.name else { return line("- ...") }
        if command.text == nil, command.parameters.isEmpty {
            return line("- \(name)" + (command.result.map { ": \(quoted($0.description))" } ?? ""))
        }
        let parts =
            (command.text.map { ["plays: \(quoted($0.description))"] } ?? [])
            + command.parameters.map { "\($0.name): \(text($0.value))" }
            + (command.result.map { ["result: \(quoted($0.description))"] } ?? [])
        line("- \(name): { \(parts.joined(separator: ", ")) }")
    }

    private func text(_ pattern: ValuePattern) -> String {
        switch pattern {
        case .text(let pattern): quoted(pattern.description)
        case .list(let elements): "[\(elements.map(text).joined(separator: ", "))]"
        case .object(let members):
            "{ \(members.map { "\(key($0.name)): \(text($0.value))" }.joined(separator: ", ")) }"
        }
    }

    /// A value as YAML: JSON's text is not always, as of a letter that is written as two surrogates.
    private func text(_ value: JSON) -> String {
        switch value {
        case .null: "null"
        case .bool(let value): "\(value)"
        case .number(let digits): digits
        case .string(let text): quoted(text)
        case .array(let elements): "[\(elements.map(text).joined(separator: ", "))]"
        case .object(let members):
            members.isEmpty
                ? "{}" : "{ \(members.map { "\(key($0.name)): \(text($0.value))" }.joined(separator: ", ")) }"
        case .raw(let raw): text(raw.value)
        }
    }

    /// A name of a member; YAML wants a mark before one that is longer than 1,024 characters.
    private func key(_ name: String) -> String {
        let name = quoted(name)
        return name.utf8.count > 1000 ? "? \(name)" : name
    }

    // MARK: Values

    private func seconds(_ time: Duration) -> String {
        let microseconds = Int(time / .microseconds(1))
        let fraction = String(1_000_000 + microseconds % 1_000_000).dropFirst()
        let digits = fraction.reversed().drop { $0 == "0" }.reversed()
        return "\(microseconds / 1_000_000)" + (digits.isEmpty ? "" : "." + String(digits))
    }

    /// A word as it is, all else in quotation marks.
    private func quoted(_ text: String) -> String {
        let isWord =
            text.utf8.allSatisfy { (65...90).contains($0) || (97...122).contains($0) || $0 == 95 }
            && !["", "true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(text.lowercased())
        if isWord { return text }
        let json = (try? JSONText(encoding: .string(text)))?.text ?? "\"\""
        return json.unicodeScalars.map { $0.isPrintable ? String($0) : "\\u" + $0.hexadecimal }.joined()
    }
}

extension Unicode.Scalar {
    /// Whether YAML lets it stand for itself (YAML 1.2.2, 5.1).
    fileprivate var isPrintable: Bool {
        !(127...159).contains(value) && ![0xFEFF, 0xFFFE, 0xFFFF].contains(value)
    }

    /// Its number, in four digits.
    fileprivate var hexadecimal: String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }
}
