import CallSimulation
import Foundation
import RealTimeAPI
import TestSupport
import Testing

/// The scenarios beside this file: each command with each of its documented results, and each kind of refusal.
@Suite(.waiting, .timeLimit(.minutes(15))) struct ScenarioFileTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Scenarios").path

    static let files: [String] = {
        let all = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        return all.filter { $0.hasSuffix(".yaml") }.sorted()
    }()

    private static func scenario(_ file: String) throws -> CallScenario {
        try CallScenario.load(path: "\(folder)/\(file)").scenario
    }

    @Test("A handler in Python does what a scenario says", arguments: files)
    func passes(_ file: String) async throws {
        let report = try await PythonHandler().run(try Self.scenario(file), file: file)
        #expect(report.text == "")
    }

    @Test("Every result that the page documents has its scenario", arguments: Command.Kind.allCases)
    func documented(_ kind: Command.Kind) throws {
        let command = kind.rawValue
        let files = Self.files.filter { $0.hasPrefix("\(command)/") }
        let expected = try files.flatMap { try Self.scenario($0).calls }.flatMap { $0.expectation.commands ?? [] }
            .filter { $0.name == command }.compactMap(\.result)
        let documented =
            switch kind.results {
            case .words(let words): words
            case .keys(let words): words + ["123"]
            case .text: [String]()
            }
        #expect(!files.isEmpty)
        for word in documented {
            #expect(try expected.contains { try $0.matches(word) }, "\(command): \(word)")
        }
    }

    @Test("Every kind of refusal has its scenario, but for those that a handler can't bring about by one answer")
    func refused() throws {
        let kinds = try Self.files.compactMap { try Self.scenario($0).calls[0].expectation.refusal }
        #expect(Set(kinds) == Set(Refusal.Kind.allCases).subtracting([.unreachable, .endless]))
    }

    @Test("A scenario that is written and read again is the same", arguments: files)
    func rewritten(_ file: String) async throws {
        let scenario = try Self.scenario(file)
        let again = try CallScenario.read(scenario.yaml, name: file).scenario
        #expect(again.yaml == scenario.yaml)
        guard scenario.calls[0].expectation.refusal != .late else { return }
        let report = try await PythonHandler().run(again)
        #expect(report.text == "")
    }
}
