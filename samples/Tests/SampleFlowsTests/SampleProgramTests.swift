import CallSimulation
import Foundation
import SampleStores
import TestSupport
import Testing

/// The programs of the samples, as processes.
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

    @Test("a flow is a route of a Hummingbird application, which refuses what is no request")
    func hummingbird() async throws {
        let program = try ServingProgram(ServingProgram.products + "/hummingbird-flow", ["0"])
        #expect(program.address.path == "/calls/age-check")
        for scenario in ["age-check", "age-check-minor"] {
            #expect(try await SampleCallTests.report(scenario, on: program.address).text == "")
        }
        let connection = RawConnection(port: try #require(program.address.port))
        connection.write(HTTPText.post(#"{"callid":-1}"#, path: "/calls/age-check", fields: ["Connection: close"]))
        let answer = connection.readAnswer()
        #expect(answer.status == 400 && answer.body.contains("callid: -1 must be an unsigned integer"), "\(answer)")
    }

    @Test("orders are kept in a database, by a server and a pool that end together")
    func orders() async throws {
        let database = try await PostgresServer()
        let folder = TestFolder()
        try folder.write(
            """
            caller:
              - { when: asked, press: 4711# }
            expect:
              - read: { result: 4711 }
              - play: { plays: Thank you. Your order has the number 1. }
            """, to: "order.yaml")
        let process = try RunningProgram(
            ServingProgram.products + "/orders", [database.name, "0"], in: samplesFolder,
            environment: ["RTMEDIA_SECRET": testSecret])
        let address = try #require(URL(string: String(process.firstLine().split(separator: " ").last ?? "")))
        #expect(try await SampleCallTests.report(file: folder("order.yaml"), on: address).text == "")
        let observer = try await PostgresConnection.open(database.name)
        #expect(try await observer.run("SELECT number, article FROM orders") == [["1", "4711"]])
        process.send(SIGTERM)
        #expect(try process.wait() == 0)
    }
}
