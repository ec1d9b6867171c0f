import CallSimulation
import Foundation
import Testing

/// `sample-flows`, as a process.
@Suite struct SampleProgramTests {
    @Test("it serves the flow that is named", arguments: ["age-check", "age-check.yaml"])
    func serves(_ flow: String) async throws {
        let program = try ServingProgram.sampleFlows(flow, "0")
        #expect(try await SampleCallTests.report("age-check", on: program.address).text == "")
    }

    @Test("a name that is no flow's is told with those that are, and exit code 64")
    func unknownName() throws {
        let process = Process()
        process.executableURL = URL(filePath: ServingProgram.products + "/sample-flows")
        process.arguments = ["nosuch"]
        process.currentDirectoryURL = URL(filePath: samplesFolder)
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 64)
        #expect(text.hasPrefix("usage: sample-flows all|age-check|age-check.yaml|call-screening"))
    }
}
