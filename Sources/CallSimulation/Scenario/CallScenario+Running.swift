import AudioConversion
import Files
import RealTimeAPI
public import TelephonyAudio

extension CallScenario {
    /// Places the calls, and compares them with what is expected.
    ///
    /// - Parameters:
    ///   - base: the handler, the sounds, and the values that the scenario leaves open; calls without an id get the base's and
    ///     those that follow it.
    ///   - file: the name of the scenario's file in reports; nil if there is none.
    /// - Throws: a ``SimulationError`` if a sound can't be had, or a pattern takes too long. What the handler does wrong is in the
    ///   report.
    public func run(as base: CallSetup, file: String? = nil) async throws(SimulationError) -> ScenarioReport {
        let setups = try await setups(base)
        let outcomes = try await CallSimulator.place(setups, closing: closings)
        var reports: [ScenarioReport.Call] = []
        for (call, outcome) in zip(calls, outcomes) {
            reports.append(try ScenarioReport.Call(call.name, outcome, call.expectation, file: file))
        }
        return ScenarioReport(name: name, calls: reports)
    }

    /// The calls as they are placed.
    ///
    /// - Parameter base: as for ``run(as:file:)``.
    /// - Throws: a ``SimulationError`` if a sound can't be had.
    public func setups(_ base: CallSetup) async throws(SimulationError) -> [CallSetup] {
        var base = base
        if let media { base.sounds = base.sounds.with(folder: PathName.resolve(media, in: folder)) }
        for (number, party) in callees {
            base.callees[number] = Callee(party.answer, try await script(party.script, base))
        }
        var used = Set(calls.compactMap(\.id))
        var next = base.call.rawValue
        var setups: [CallSetup] = []
        for call in calls {
            var setup = base
            while call.id == nil, used.contains(CallID(rawValue: next)) { next &+= 1 }
            setup.call = call.id ?? CallID(rawValue: next)
            used.insert(setup.call)
            setup.start = call.start
            setup.app = call.app ?? base.app
            setup.number = call.number ?? base.number
            setup.callerNumber = call.callerNumber ?? base.callerNumber
            setup.callerName = call.callerName ?? base.callerName
            setup.customField = call.customField ?? base.customField
            setup.dateStarted = call.dateStarted ?? base.dateStarted
            if call.variables != .emptyObject { setup.variables = call.variables }
            setup.isOutbound = call.isOutbound
            setup.failure = call.failure
            setup.patience = call.patience ?? base.patience
            setup.retries = call.retries ?? base.retries
            setup.keepsState = call.keepsState ?? base.keepsState
            setup.caller = try await script(call.caller, base)
            if let time = call.hangUpAfter { setup.caller.patience = time }
            setups.append(setup)
        }
        return setups
    }

    private func script(_ script: Script, _ base: CallSetup) async throws(SimulationError) -> CallerScript {
        var steps: [CallerScript.Step] = []
        for step in script.steps {
            let (action, act) = try await action(step.action, base.sounds)
            steps.append(CallerScript.Step(step.trigger, action, delay: step.delay, act: act))
        }
        var result = CallerScript(steps)
        result.line = script.line
        result.isInOrder = true
        return result
    }

    private func action(
        _ action: Action, _ sounds: Sounds
    ) async throws(SimulationError) -> (CallerScript.Action, Transcript.Act?) {
        switch action {
        case .say(let text, let voice):
            return (.sound(try await sounds.speech(text, voice ?? self.voice)), Transcript.Act(.says, "\"\(text)\""))
        case .play(let file, let part):
            do throws(ConversionError) {
                let path = PathName.resolve(file, in: folder)
                let audio = try await AudioConverter(options: .ofCallers).convertInBackground(.file(path)).audio
                guard let part else { return (.sound(audio), Transcript.Act(.plays, file)) }
                let text = "\(file), \(part.lowerBound / .seconds(1))...\(part.upperBound / .seconds(1)) s"
                return (.sound(audio.part(part)), Transcript.Act(.plays, text))
            } catch { throw SimulationError(error) }
        case .keys(let keys): return (.keys(keys), nil)
        case .silence(let time):
            return (
                .sound(PhoneAudio(samples: [Int16](repeating: 0, count: time.samples))),
                Transcript.Act(.lasts, "silent for \(time / .seconds(1)) s")
            )
        case .hangUp: return (.hangUp, nil)
        case .ends(let ending): return (.ends(ending), nil)
        }
    }
}

extension PhoneAudio {
    /// A part of it, as far as it is there.
    fileprivate func part(_ part: Range<Duration>) -> PhoneAudio {
        PhoneAudio(samples: Array(samples.prefix(part.upperBound.samples).dropFirst(part.lowerBound.samples)))
    }
}
