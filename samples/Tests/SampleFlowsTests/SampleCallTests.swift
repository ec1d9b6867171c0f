import AudioConversion
import CallFlows
import CallSimulation
import FlowFiles
import Foundation
import Logging
import RealTimeAPI
import SampleFlows
import SpeechSynthesis
import TelephonyAudio
import TestSupport
import Testing
import WebhookServer

/// The scenarios of `calls` against the flows of `flows`, over HTTP, with the real voices.
@Suite(.timeLimit(.minutes(5))) struct SampleCallTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let scenario: String
        let flow: CallFlow
        var testDescription: String { scenario }
    }

    static let cases: [Case] =
        ["age-check", "age-check-minor", "age-check-silent"].map { Case(scenario: $0, flow: ageCheck) }
        + ["voicemail", "voicemail-silent"].map { Case(scenario: $0, flow: voicemail) }
        + ["call-screening", "call-screening-message"].map { Case(scenario: $0, flow: callScreening) }
        + ["pin-conference", "pin-conference-closed"].map { Case(scenario: $0, flow: pinConference) }
        + ["survey", "survey-hangup"].map { Case(scenario: $0, flow: survey) }

    static func report(_ scenario: String, on address: URL) async throws -> ScenarioReport {
        try await report(file: "\(samplesFolder)/calls/\(scenario).yaml", on: address)
    }

    static func report(file: String, on address: URL) async throws -> ScenarioReport {
        let synthesizer = SpeechSynthesizer()
        let sounds = Sounds(folder: nil) { text, voice async throws(SimulationError) in
            do { return try await synthesizer.speech(for: Utterance(text, voice: voice)).pcm.phoneAudio() } catch {
                throw SimulationError(.sound, voice, "\(error)")
            }
        }
        var setup = CallSetup(try HandlerAddress(address.absoluteString), sounds: sounds)
        setup.patience = .seconds(60)
        return try await CallScenario.load(path: file).scenario.run(as: setup, file: file)
    }

    @Test("the flow of the tutorial does what the scenario of the tutorial expects")
    func tutorial() async throws {
        let article = try #require(try ReadmeTests.documents().first { $0.hasSuffix("/HandlersInSwift.md") })
        let yaml = try #require(try ReadmeTests.blocks("yaml", in: article).first)
        let folder = TestFolder()
        try folder.write(yaml, to: "leave.yaml")
        try await serve(office) { address in
            let report = try await Self.report(file: folder("leave.yaml"), on: address)
            #expect(report.isPassed, "\(report.text)")
        }
    }

    private func serve(_ flow: CallFlow, _ body: (URL) async throws -> Void) async throws {
        var options = FlowHostOptions()
        options.audioFolder = samplesFolder
        // What is tested is what is answered, not how busy the machine is.
        options.budget = .seconds(60)
        let host = FlowHost(
            flow, key: try JournalKey(secret: testSecret), options: options,
            logger: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() })
        var configuration = WebhookServerConfiguration()
        configuration.port = 0
        let (ports, continuation) = AsyncStream<Int>.makeStream()
        let server = WebhookServer(
            configuration: configuration, logger: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() },
            onListening: { continuation.yield($0) }, host.respond)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            let port = try #require(await ports.first { _ in true })
            try await body(try #require(URL(string: "http://127.0.0.1:\(port)/")))
            group.cancelAll()
        }
    }

    /// A second of 300 Hz at half the full scale: talk to a detector by level.
    private static let tone = PhoneAudio(
        samples: (0..<8000).map { Int16(16_000 * sin(2 * .pi * 300 * Double($0) / 8000)) })

    @Test("A flow in Swift does what its scenario says", arguments: cases)
    func swift(_ example: Case) async throws {
        try await serve(example.flow) { address in
            let report = try await Self.report(example.scenario, on: address)
            #expect(report.text == "")
        }
    }

    @Test(
        "A flow file does what its scenario says",
        arguments: [
            ("age-check", "age-check"), ("age-check-minor", "age-check"), ("age-check-silent", "age-check"),
            ("voicemail", "voicemail"), ("voicemail-silent", "voicemail"), ("callback", "callback"),
            ("callback-closed", "callback"), ("callback-unknown", "callback"),
        ])
    func yaml(_ scenario: String, _ flow: String) async throws {
        let file = try FlowFile.load(path: "\(samplesFolder)/flows/\(flow).yaml", lookups: .variables)
        try await serve(file.flow) { address in
            let report = try await Self.report(scenario, on: address)
            #expect(report.text == "")
        }
    }

    @Test("A handler in Python does what its scenario says", .waiting, arguments: ["voicemail", "voicemail-silent"])
    func python(_ scenario: String) async throws {
        let handler = try ServingProgram.python()
        let report = try await Self.report(scenario, on: handler.address)
        #expect(report.text == "")
    }

    @Test("The handler in Python bears every way for its commands to end, and every fault", .waiting)
    func pythonErrsNowhere() async throws {
        let handler = try ServingProgram.python()
        let sounds = Sounds(folder: nil) { _, _ async throws(SimulationError) in Self.tone }
        var setup = CallSetup(try HandlerAddress(handler.address.absoluteString), sounds: sounds)
        setup.patience = .seconds(60)
        var bounds = ExplorationBounds()
        // It keeps all it knows in the variables; a caller may record anew for ever.
        bounds.isStateless = true
        let exploration = await Explorer.run(bounds, setup: setup)
        #expect(exploration.findings.isEmpty, "\(exploration.findings)")
        #expect(exploration.isComplete && exploration.depth > 5)
        // Who talks comes to the recording.
        setup.caller = CallerScript([.init(.heard, .sound(Self.tone))])
        let base = setup
        let report = try await FaultRun.run(calls: 20, seed: 1) { number in
            var setup = base
            setup.call = CallID(rawValue: UInt64(421_889 + number))
            return setup
        }
        #expect(report.refusal == nil && report.isRepeatable)
        #expect(report.findings.isEmpty, "\(report.findings)")
        #expect(report.tried.count == Fault.allCases.count)
    }

    @Test("Every sample but the demo's is run")
    func all() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: samplesFolder + "/calls")
        let others = ["callback.yaml", "callback-closed.yaml", "callback-unknown.yaml", "demo.yaml"]
        #expect(Set(files) == Set(Self.cases.map { "\($0.scenario).yaml" } + others))
    }
}
