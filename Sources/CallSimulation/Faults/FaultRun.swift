import RealTimeAPI
public import TelephonyAudio

/// What a handler did with faults.
public struct FaultReport: Sendable {
    /// Why the faults could not be tried: the call does not even work without them.
    public internal(set) var refusal: Refusal?
    /// What the platform warns of in a call without faults, each once.
    public internal(set) var warnings: [String] = []
    /// Whether two calls without faults were the same, so that one with faults can be held against them.
    public internal(set) var isRepeatable = true
    /// How many calls had faults.
    public internal(set) var calls = 0
    /// How often each fault was tried.
    public internal(set) var tried: [Fault: Int] = [:]
    /// What the handler did wrong.
    public internal(set) var findings: [FaultFinding] = []
    /// What would be wrong if one had asked for the fault: the platform's page does not.
    public internal(set) var notes: [FaultFinding] = []
    /// Whether no more calls were placed, since after the last finding those without faults fail, too.
    public internal(set) var isGone = false
}

/// Places calls whose requests arrive twice, late, in parts, or damaged.
public enum FaultRun {
    /// Places two calls without faults, to know how the call goes, and then calls with them, one after another.
    ///
    /// - Parameters:
    ///   - calls: how many have faults.
    ///   - seed: the same calls have the same faults for the same seed.
    ///   - faults: those that are tried, which is not empty; nil for all, where some of what goes wrong is only noted.
    ///   - setup: makes a call of its number, 0 and up; they only differ in their id, which is none of the numbers that
    ///     commands have.
    ///   - progress: called after each call.
    /// - Throws: a ``SimulationError`` if a call can't be placed.
    public static func run(
        calls: Int, seed: UInt64, faults: Set<Fault>? = nil, setup: (Int) -> CallSetup,
        progress: (FaultReport) -> Void = { _ in }
    ) async throws(SimulationError) -> FaultReport {
        var report = FaultReport()
        let clean = try await CallSimulator.place(setup(0))
        report.refusal = clean.refusal
        for warning in clean.warnings where !report.warnings.contains(warning) { report.warnings.append(warning) }
        guard clean.refusal == nil else { return report }
        let route = clean.route(setup(0).call)
        report.isRepeatable = route == (try await CallSimulator.place(setup(1))).route(setup(1).call)
        var before: FaultInjector?
        for number in 0..<calls {
            let call = setup(number + 2)
            let (outcome, injector) = try await CallSimulator.place(
                call, faults: FaultInjector(call, call: number + 1, seed: seed, faults: faults))
            report.calls += 1
            for (fault, _) in injector.faults { report.tried[fault, default: 0] += 1 }
            if outcome.refusal != nil, let refusal = try await CallSimulator.place(setup(calls + 2 + number)).refusal {
                // Who was not there from the first request on was gone after the last one of the call before.
                let last = injector.hasMetHandler ? injector : before ?? injector
                if injector.hasMetHandler { report.add(injector) }
                report.isGone = true
                if let finding = last.finding(
                    at: last.lastBeforeSilence?.request,
                    "the handler stopped working after it: calls without faults now fail: \(refusal.reason)")
                {
                    // What followed is the same, told again.
                    let isLater = { (other: FaultFinding) in
                        other.call == finding.call && other.request >= finding.request
                    }
                    report.findings.removeAll(where: isLater)
                    report.notes.removeAll(where: isLater)
                    report.findings.append(finding)
                }
                progress(report)
                return report
            }
            report.add(injector)
            let known = report.isRepeatable ? route : nil
            if let finding = outcome.disturbance(call.call, route: known, injector) { report.findings.append(finding) }
            before = injector
            progress(report)
        }
        return report
    }
}

extension FaultReport {
    /// Adds what was found in a call.
    fileprivate mutating func add(_ injector: FaultInjector) {
        findings += injector.findings
        notes += injector.notes
    }
}

extension CallOutcome {
    /// The commands and their results, with `CALL` for the call's id, which a handler may weave into names.
    fileprivate func route(_ call: CallID) -> [String] {
        steps.map { step in
            let command = String(decoding: Response(step.command).json, as: UTF8.self)
            return "\(command) -> \(step.result ?? "the end")".replacing("\(call)", with: "CALL")
        }
    }

    /// How the faults changed the course of the call; nil if they did not.
    fileprivate func disturbance(_ call: CallID, route known: [String]?, _ injector: FaultInjector) -> FaultFinding? {
        if let refusal {
            return injector.finding(
                at: nil, "the call fails, but not without faults: \(refusal.reason)")
        }
        let route = route(call)
        guard let known, known != route else { return nil }
        let step = zip(route, known).prefix { $0 == $1 }.count
        let found = step < route.count ? String(route[step].prefix(160)) : "nothing"
        let wanted = step < known.count ? String(known[step].prefix(160)) : "nothing"
        return injector.finding(
            at: step + 1,
            "the call takes another path: command \(step + 1) is \(found), without faults it is \(wanted)")
    }
}
