import CallSimulation
import RealTimeAPI
import TelephonyAudio
import TestSupport
import Testing

/// Handlers, right and wrong, whose requests faults befall.
@Suite(.waitingForTime, .timeLimit(.minutes(15))) struct FaultTests {
    private func run(
        _ mistake: String, calls: Int = 12, seed: UInt64 = 7, faults: Set<Fault>? = nil
    ) async throws -> FaultReport {
        let handler = try MenuHandler(mistake)
        return try await handler.use { base in
            try await FaultRun.run(calls: calls, seed: seed, faults: faults) { number in
                var setup = base
                setup.caller = CallerScript([.init(.asked, .keys([DTMFKey("1")!]))])
                // As long as the platform waits is long enough for those who never answer.
                if mistake == "hangs_of_broken" { setup.patience = .seconds(5) }
                setup.call = CallID(rawValue: UInt64(421_889 + number))
                return setup
            }
        }
    }

    @Test("A right handler bears every fault")
    func right() async throws {
        let report = try await run("none")
        #expect(report.findings.isEmpty)
        #expect(report.isRepeatable)
        #expect(report.tried.keys.count == Fault.allCases.count)
    }

    @Test(
        "A wrong handler is found out",
        arguments: [
            ("steps", Fault.duplicate), ("steps", .droppedAnswer), ("broken", .brokenJSON),
            ("strict", .unknownField), ("hasty", .delay),
        ])
    func wrong(_ mistake: String, _ fault: Fault) async throws {
        let report = try await run(mistake)
        let findings = report.findings
        #expect(report.refusal == nil && report.isRepeatable && report.calls == 12)
        #expect(findings.contains { $0.fault == fault }, "\(findings)")
        // What is wrong is not blamed on a fault that the handler bears. One that keeps its place by itself goes wrong whenever a
        // request comes again, and does not find back: whatever came last is to blame then.
        let repeated: [Fault] = [.duplicate, .twins, .unknownField, .contentType]
        for finding in findings {
            if mistake != "steps" {
                #expect(finding.fault == fault, "\(finding)")
            } else if finding.reason.hasPrefix("the second answer is ") {
                #expect(repeated.contains(finding.fault), "\(finding)")
            } else {
                #expect(finding.reason.hasPrefix("the call takes another path: "), "\(finding)")
            }
        }
        for finding in findings {
            #expect((1...12).contains(finding.call) && finding.request >= 1 && !finding.reason.isEmpty)
        }
    }

    @Test("The same seed has the same faults, another one others")
    func repeatable() async throws {
        let first = try await run("broken", calls: 5)
        let second = try await run("broken", calls: 5)
        let other = try await run("broken", calls: 5, seed: 8)
        #expect(first.findings == second.findings)
        #expect(first.tried == second.tried)
        #expect(first.findings != other.findings)
    }

    @Test("Of a handler that is never the same, only what is certain is told")
    func unrepeatable() async throws {
        let report = try await run("random", calls: 12)
        #expect(!report.isRepeatable && report.calls == 12)
        // Another prompt in the second answer is certain; another course of the call may be its own.
        #expect(!report.findings.isEmpty)
        for finding in report.findings {
            #expect([.duplicate, .twins, .unknownField, .contentType].contains(finding.fault), "\(finding)")
            #expect(finding.reason.hasPrefix("the second answer is "), "\(finding)")
        }
    }

    @Test(
        "As many calls as there are faults try each at each request, whatever the seed",
        arguments: [1, 2, 3] as [UInt64])
    func eachAtEach(seed: UInt64) async throws {
        let report = try await run("none", calls: Fault.allCases.count, seed: seed)
        // Five requests of each call.
        for fault in Fault.allCases { #expect(report.tried[fault] == 5) }
    }

    @Test("Members of a wrong type are only noted, unless one asks for them")
    func mild() async throws {
        let report = try await run("careless")
        #expect(report.findings.isEmpty && !report.notes.isEmpty)
        #expect(report.notes.allSatisfy { $0.fault == .wrongType && $0.reason.contains("is answered with 200") })
        let asked = try await run("careless", calls: 2, faults: [.wrongType])
        #expect(asked.tried.keys.map { $0 } == [.wrongType] && asked.tried[.wrongType] == 10)
        #expect(asked.findings.count == 10 && asked.notes.isEmpty)
    }

    @Test("A handler that died is one finding, which says after what", arguments: ["dies", "hangs"])
    func gone(_ way: String) async throws {
        let report = try await run("\(way)_of_broken")
        #expect(report.isGone && report.calls < 12)
        #expect(report.findings.map(\.fault) == [.brokenJSON], "\(report.findings)")
        #expect(report.findings[0].reason.hasPrefix("the handler stopped working after it: "), "\(report.findings)")
    }

    @Test("A handler that dies by a request that comes again is one finding, however many requests fail then")
    func goneByRepetition() async throws {
        for seed in UInt64(1)...4 {
            let report = try await run("dies_of_repeated", seed: seed, faults: [.duplicate, .delay])
            #expect(report.isGone && report.findings.map(\.fault) == [.duplicate], "\(report.findings)")
            #expect(report.findings[0].reason.hasPrefix("the handler stopped working after it: "))
        }
    }

    @Test("More bytes than an answer has are a warning, and no end of the handler", arguments: ["more", "twice"])
    func excess(_ way: String) async throws {
        let report = try await MenuHandler(raw: way).use { base in
            try await FaultRun.run(calls: 16, seed: 1) { number in
                var setup = base
                setup.call = CallID(rawValue: UInt64(421_889 + number))
                return setup
            }
        }
        #expect(report.refusal == nil && report.findings == [] && !report.isGone, "\(report.findings)")
        #expect(report.warnings.contains { $0.hasPrefix("more bytes came than the answer has") }, "\(report.warnings)")
    }

    @Test("A right handler that answers at once and closes the connection bears every fault")
    func closesAtOnce() async throws {
        let report = try await MenuHandler(raw: "closes").use { base in
            try await FaultRun.run(calls: 40, seed: 1) { number in
                var setup = base
                setup.call = CallID(rawValue: UInt64(421_889 + number))
                return setup
            }
        }
        #expect(report.refusal == nil && report.findings == [], "\(report.findings)")
        #expect(report.tried.keys.count == Fault.allCases.count)
    }

    @Test("A handler that fails without faults is not tried")
    func refused() async throws {
        let report = try await MenuHandler(raw: "garbage").use { setup in
            try await FaultRun.run(calls: 3, seed: 1) { _ in setup }
        }
        #expect(report.refusal?.kind == .malformed)
        #expect(report.calls == 0)
    }
}
