import CallSimulation
import RealTimeAPI
import TelephonyAudio
import TestSupport
import Testing

/// Handlers, right and wrong, whose requests faults befall.
@Suite(.waiting, .timeLimit(.minutes(5))) struct FaultTests {
    private func run(_ mistake: String, calls: Int = 12, seed: UInt64 = 7) async throws -> FaultReport {
        let handler = try MenuHandler(mistake)
        return try await handler.use { base in
            try await FaultRun.run(calls: calls, seed: seed) { number in
                var setup = base
                setup.caller = CallerScript([.init(.asked, .keys([DTMFKey("1")!]))])
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
            ("steps", Fault.duplicate), ("steps", .droppedAnswer), ("broken", .brokenJSON), ("careless", .wrongType),
            ("strict", .unknownField), ("hasty", .delay),
        ])
    func wrong(_ mistake: String, _ fault: Fault) async throws {
        let findings = try await run(mistake).findings
        #expect(findings.contains { $0.fault == fault }, "\(findings)")
        // What is wrong is not blamed on a fault that the handler bears.
        if mistake != "steps" { #expect(findings.allSatisfy { $0.fault == fault }, "\(findings)") }
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
        let report = try await run("random", calls: 3)
        #expect(!report.isRepeatable)
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
