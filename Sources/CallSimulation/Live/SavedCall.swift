import RealTimeAPI
package import TelephonyAudio

/// A live call as a test: a scenario in which a scripted caller does the same, and what was said.
package struct SavedCall: Sendable {
    /// The scenario; its parts of `audio` are named by the file that it was made for.
    package let scenario: CallScenario
    /// What the caller said, from the call's beginning on.
    package let audio: PhoneAudio

    /// What a caller did, relative to the commands that were executed then; what was said or pressed while the handler thought had
    /// no effect, and is left out.
    ///
    /// The call's id is another each time: texts with it in them are expected to have any in its place.
    ///
    /// - Parameters:
    ///   - outcome: of a call on a live line, whose audio was kept.
    ///   - setup: as it was placed.
    ///   - name: of the scenario.
    ///   - file: the name of the file that the audio is going to be in.
    package init?(_ outcome: CallOutcome, of setup: CallSetup, name: String, file: String) {
        guard let line = setup.liveLine else { return nil }
        var script = SavedScript(outcome, line.presses, file: file)
        script.add(outcome.steps)
        var scenario = CallScenario(name)
        scenario.callees = outcome.parties
        scenario.calls[0] = CallScenario.Call(of: setup)
        scenario.calls[0].caller.steps = script.needed
        let id = "\(setup.call)"
        scenario.calls[0].expectation.commands = outcome.steps.map { ExpectedCommand($0, withoutID: id) }
        scenario.calls[0].expectation.status = outcome.refusal == nil ? outcome.status : nil
        scenario.calls[0].expectation.refusal = outcome.refusal?.kind
        self.scenario = scenario
        audio = outcome.caller
    }
}

extension CallOutcome {
    /// Whether it was the caller who ended the call.
    fileprivate var isHungUpByCaller: Bool {
        transcript.events.contains { $0.leg == .caller && $0.kind == .hangsUp }
    }

    /// Those who were called: they answer again, and say nothing for as long as they were on the line.
    fileprivate var parties: [String: CallScenario.Party] {
        answers.mapValues { answer in
            guard case .after = answer, let callee else { return CallScenario.Party(answer) }
            // Who hung up first does so again.
            let length = callee.said.duration + (isHungUpByCaller ? .seconds(5) : .zero)
            return CallScenario.Party(
                answer, .init([.init(.answered, .silence(length), delay: .zero), .init(.done, .hangUp)]))
        }
    }
}

/// What a caller did, command by command.
private struct SavedScript {
    /// A key, as the call heard it.
    private struct HeardPress {
        let key: DTMFKey
        /// When its tone began.
        let start: Int
        /// When it was heard; nil if it was not.
        let heard: Int?
    }

    private let file: String
    private let presses: [HeardPress]
    private let isHungUpByCaller: Bool
    /// The name of the command that each step waits for, or follows.
    private var steps: [(command: String, step: CallScenario.Step)] = []

    init(_ outcome: CallOutcome, _ presses: [LiveLine.Press], file: String) {
        self.file = file
        isHungUpByCaller = outcome.isHungUpByCaller
        var heard = outcome.transcript.events.filter { $0.leg == .caller && $0.kind == .key }.map {
            (key: $0.text, frame: $0.timeMs / 20 - 1)
        }
        self.presses = presses.map { press in
            let range = press.frame...press.frame + LiveLine.pressLength + 2
            let index = heard.firstIndex { $0.key == "\(press.key)" && range.contains($0.frame) }
            return HeardPress(key: press.key, start: press.frame, heard: index.map { heard.remove(at: $0).frame })
        }
    }

    /// The steps without those that only let a command pass that no later one is called like.
    var needed: [CallScenario.Step] {
        var kept: [(command: String, step: CallScenario.Step)] = []
        for item in steps.reversed() {
            let isNeeded = item.step.action != Self.nothing || kept.contains { $0.command == item.command }
            if isNeeded { kept.append(item) }
        }
        return kept.reversed().map(\.step)
    }

    private static let nothing = CallScenario.Action.silence(.zero)

    mutating func add(_ commands: [CallOutcome.Step]) {
        for (index, command) in commands.enumerated() {
            let range = command.start.frames..<max(command.start.frames, command.end.frames)
            let isLast = index == commands.count - 1
            add(command.command, range, hangsUp: isLast && isHungUpByCaller && command.result == nil)
        }
    }

    private mutating func add(_ command: Command, _ frames: Range<Int>, hangsUp: Bool) {
        let first = steps.count
        // A key belongs to the command that heard it, or else to the one in which it was pressed.
        let keys = presses.filter { frames.contains($0.heard ?? $0.start) }
        /// Up to where all is done, in frames of the command.
        var done = 0
        for press in keys {
            let start = max(done, press.start - frames.lowerBound)
            if command.hearsVoice, start > done { play(done..<start, frames, first, command) }
            let delay = command.hearsVoice ? 0 : start - done
            if delay == 0, steps.count > first, case .keys(let before) = steps.last!.step.action {
                steps[steps.count - 1].step.action = .keys(before + [press.key])
            } else {
                add(.keys([press.key]), after: delay, first, command)
            }
            done = start + LiveLine.pressLength
        }
        if command.hearsVoice, done < frames.count {
            play(done..<frames.count, frames, first, command)
            done = frames.count
        }
        if hangsUp { add(.hangUp, after: max(0, frames.count - done), first, command) }
        if steps.count == first { add(Self.nothing, after: 0, first, command) }
    }

    private mutating func play(_ part: Range<Int>, _ frames: Range<Int>, _ first: Int, _ command: Command) {
        let (from, to) = (frames.lowerBound + part.lowerBound, frames.lowerBound + part.upperBound)
        add(.play(file, part: .frames(from) ..< .frames(to)), after: 0, first, command)
    }

    /// Adds a step that waits for the command, if it is the first in it, or for the one before.
    private mutating func add(
        _ action: CallScenario.Action, after frames: Int, _ first: Int, _ command: Command
    ) {
        let isFirst = steps.count == first
        let trigger = isFirst ? CallerScript.Trigger.began(.init(command.name)) : .done
        let delay: Duration? = isFirst || frames > 0 ? .frames(frames) : nil
        steps.append((command.name, CallScenario.Step(trigger, action, delay: delay)))
    }
}

extension Duration {
    fileprivate var frames: Int { samples / SimulatedCall.frameLength }

    fileprivate static func frames(_ count: Int) -> Duration { Duration(samples: count * SimulatedCall.frameLength) }
}

extension Command {
    /// Whether what the caller says during the command may be of consequence, not only keys.
    fileprivate var hearsVoice: Bool {
        switch self {
        case .playTalkDetect, .record, .waitForSilence, .conference, .simpleConference, .dialout: true
        case .hangup, .hangupCall, .play, .playRecord, .playWAVData, .read, .sendDTMF, .startCallRecording,
            .stopCallRecording, .wait:
            false
        }
    }
}

extension ExpectedCommand {
    /// What came, with any call's id in place of the one.
    fileprivate init(_ step: CallOutcome.Step, withoutID id: String) {
        self.init(
            step.command.name, playing: step.command.played.map { TextPattern($0, withoutID: id) },
            result: TextPattern(step.shownResult, withoutID: id))
    }
}

extension TextPattern {
    fileprivate init(_ text: String, withoutID id: String) {
        var text = text.replacing(id, with: "...")
        // What begins and ends with a slash is a regular expression elsewhere.
        if text.hasPrefix("/"), text.hasSuffix("/"), text.utf8.count > 2 { text = "..." + text.dropFirst() }
        self = (try? TextPattern(text)) ?? TextPattern(whole: text)
    }
}
