import CallSimulation
import Foundation
import TestSupport
import Testing

/// `sample-flows`, as a process.
@Suite(.waiting, .timeLimit(.minutes(5))) struct SampleProgramTests {
    @Test("it serves the flow that is named", arguments: ["age-check", "age-check.yaml"])
    func serves(_ flow: String) async throws {
        let program = try ServingProgram.sampleFlows(flow, "0")
        #expect(try await SampleCallTests.report("age-check", on: program.address).text == "")
    }

    @Test("a name that is no flow's is told with those that are, and exit code 64")
    func unknownName() throws {
        let outcome = try RunningProgram.run(
            ServingProgram.products + "/sample-flows", ["nosuch"], in: samplesFolder)
        #expect(outcome.status == 64)
        #expect(outcome.text.hasPrefix("usage: sample-flows all|age-check|age-check.yaml|call-screening"))
    }
}
