import RealTimeAPI
import TelephonyAudio

/// A scenario for what an exploration found, which has been run.
public struct ExplorationShowing: Sendable {
    /// The scenario.
    public let scenario: CallScenario
    /// Why it does not show what was found; nil if it does.
    public let failure: String?
}

extension ExplorationFinding {
    /// Runs scenarios in which a caller meets what was found, and the one after that in which the platform ends all commands by
    /// itself: media may be too short for what a caller does, or missing.
    ///
    /// - Parameter base: the call as it was explored.
    /// - Returns: the first one that shows it, or the first with the reason why none does; nil if a handler is unsteady, which no
    ///   caller brings about.
    public func showing(as base: CallSetup) async -> ExplorationShowing? {
        guard kind != .unsteady else { return nil }
        guard kind != .gone else {
            return ExplorationShowing(
                scenario: scenario(as: base, isForced: true), failure: "the handler does not answer any more")
        }
        let scenarios = [scenario(as: base, isForced: false), scenario(as: base, isForced: true)]
        var failures: [String] = []
        for scenario in scenarios {
            guard let failure = await failure(of: scenario, as: base) else {
                return ExplorationShowing(scenario: scenario, failure: nil)
            }
            failures.append(failure)
        }
        return ExplorationShowing(scenario: scenarios[0], failure: failures[0])
    }

    /// What a caller does to meet it, as a scenario of the same call.
    ///
    /// What no caller can do either, make a command fail, leave a recording without a name, be the last one in a room, the
    /// platform does there.
    ///
    /// - Parameters:
    ///   - base: the call.
    ///   - isForced: whether the platform ends all commands, without executing them.
    func scenario(as base: CallSetup, isForced: Bool) -> CallScenario {
        var script = PathScript()
        for step in steps + loop {
            if isForced { script.force(step) } else { script.add(step) }
        }
        return script.scenario("\(kind.rawValue): \(reason.prefix { $0 != "\n" })", base)
    }

    /// Why a scenario does not show it; nil if it does.
    private func failure(of scenario: CallScenario, as base: CallSetup) async -> String? {
        let outcome: CallOutcome
        do throws(SimulationError) {
            guard let call = try await scenario.run(as: base).calls.first else { return "the scenario has no call" }
            outcome = call.outcome
        } catch { return "\(error)" }
        let isShown =
            switch kind {
            // Nobody has hung up but, when it was too long, the caller.
            case .endless: outcome.refusal?.kind == .endless || outcome.duration >= CallerScript().patience
            case .late: outcome.refusal?.kind == .late
            // Handlers weave the call's id into what they answer.
            default: outcome.refusal?.description.withoutNumbers == reason.withoutNumbers
            }
        guard !isShown else { return nil }
        let steps = outcome.steps.map(\.shown).joined(separator: ", ")
        let end = outcome.refusal.map { "the platform refuses: \($0.line)" } ?? "the platform refuses nothing"
        return "in it \(steps.isEmpty ? "there is no command" : "the commands are \(steps)"), and \(end)"
    }
}

/// What a caller does so that commands end as they should, one after another.
private struct PathScript {
    private var steps: [CallScenario.Step] = []
    private var closings: [RoomClosing] = []
    /// A closing comes late enough for all that may be before it.
    private static let closingTime = Duration.seconds(300)
    private static let nothing = CallScenario.Action.silence(.zero)

    /// The scenario, of a call as it was explored.
    func scenario(_ name: String, _ base: CallSetup) -> CallScenario {
        var scenario = CallScenario(name)
        scenario.calls[0] = CallScenario.Call(of: base)
        scenario.calls[0].caller.steps = needed
        scenario.closings = closings
        return scenario
    }

    /// Adds that the platform ends a command in a way.
    mutating func force(_ step: ExplorationFinding.Step) {
        let began = CallerScript.Trigger.began(.init(step.command.name))
        guard step.ending == .hangUp else { return wait(began, .ends(step.ending)) }
        steps.append(CallScenario.Step(began, .hangUp, delay: .zero))
    }

    /// The steps without those at the end that only wait for their turn.
    private var needed: [CallScenario.Step] {
        var kept: [CallScenario.Step] = []
        for step in steps.reversed() {
            let isNeeded = step.action != Self.nothing || kept.contains { $0.trigger == step.trigger }
            if isNeeded { kept.append(step) }
        }
        return kept.reversed()
    }

    private mutating func wait(_ trigger: CallerScript.Trigger, _ action: CallScenario.Action = nothing) {
        steps.append(CallScenario.Step(trigger, action))
    }

    private mutating func press(_ trigger: CallerScript.Trigger, _ keys: String) {
        wait(trigger, .keys(keys.compactMap(DTMFKey.init)))
    }

    /// Adds what makes a command end in a way.
    mutating func add(_ step: ExplorationFinding.Step) {
        let began = CallerScript.Trigger.began(.init(step.command.name))
        switch step.ending {
        case .error: wait(began, .ends(step.ending))
        case .hangUp: wait(began, .hangUp)
        case .result(let text) where !callersCanEnd(step.command, text): wait(began, .ends(step.ending))
        case .result(let text):
            // One that hangs up in a later command of this name lets this one pass.
            wait(began)
            add(step.command, text)
        }
    }

    /// Whether what a caller does, or does not do, can bring a result about.
    private func callersCanEnd(_ command: Command, _ result: String) -> Bool {
        switch command {
        case .record: !result.isEmpty
        case .play, .playRecord, .playWAVData: result == PlaybackResult.played.wire
        case .conference: result != Conference.Result.lastParticipant.wire
        case .dialout, .hangup, .hangupCall, .playTalkDetect, .read, .sendDTMF, .simpleConference,
            .startCallRecording, .stopCallRecording, .wait, .waitForSilence:
            true
        }
    }

    private mutating func add(_ command: Command, _ result: String) {
        switch command {
        case .read(let read): press(read, result)
        case .playTalkDetect:
            // Silence is what it takes for the other result.
            if result == PlayTalkDetect.Result.talk.wire {
                wait(.heard, .say("Yes, hello, who is it?"))
            } else {
                wait(.heard)
            }
        case .record: press(.heard, "#")
        case .waitForSilence(let command):
            guard result == WaitForSilence.Result.timeout.wire else {
                wait(.heard)
                break
            }
            let count = Int(command.timeout / .seconds(1)) + 1
            wait(.heard, .say(String(repeating: "I am still talking to you. ", count: count)))
        case .conference(let conference): add(conference, result)
        case .simpleConference: press(.joined, "*")
        case .dialout, .hangup, .hangupCall, .play, .playRecord, .playWAVData, .sendDTMF, .startCallRecording,
            .stopCallRecording, .wait:
            break
        }
    }

    private mutating func press(_ read: Read, _ result: String) {
        guard result != Read.Result.timeout.wire else {
            for _ in 0..<read.attempts { wait(.asked) }
            return
        }
        // Of # alone the prompt comes again.
        guard !result.isEmpty else {
            for _ in 0..<read.attempts { press(.asked, "#") }
            return
        }
        press(.asked, result.count < read.maximumDigits ? result + "#" : result)
    }

    private mutating func add(_ conference: Conference, _ result: String) {
        let pin = conference.pinCode?.digits ?? ""
        // More steps no scenario has.
        let tries = pin.isEmpty ? 0 : min(conference.tries, 1000)
        switch result {
        case Conference.Result.noPIN.wire: for _ in 0..<tries { wait(.asked) }
        case Conference.Result.wrongPIN.wire: for _ in 0..<tries { press(.asked, pin == "0" ? "1#" : "0#") }
        case Conference.Result.left.wire, Conference.Result.closed.wire:
            if !pin.isEmpty { press(.asked, pin + "#") }
            if result == Conference.Result.left.wire {
                press(.joined, "*")
            } else {
                wait(.joined)
                closings.append(RoomClosing(conference.id.rawValue, at: Self.closingTime))
            }
        default: break
        }
    }
}
