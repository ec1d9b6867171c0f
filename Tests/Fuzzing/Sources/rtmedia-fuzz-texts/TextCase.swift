import CallSimulation
import FlowFiles
import Foundation
import FuzzRunner
import RealTimeAPI

/// What reads texts from outside.
enum TextKind: String, CaseIterable {
    /// What the platform asks, or who pretends to be it.
    case request
    /// What a handler answers.
    case response
    case flow
    case scenario
    /// All that a client sends over a connection.
    case http
}

/// A text that is read.
struct TextCase: FuzzCase {
    let kind: TextKind
    let name: String
    let bytes: [UInt8]

    init(seeds: [TextKind: [Seed]], seed: UInt64, index: Int) {
        var random = SplitMix64(seed: seed, index: index)
        kind = random.pick(TextKind.allCases)
        let seeds = seeds[kind]!
        let origin = random.pick(seeds)
        name = origin.name
        var mutator = TextMutator(seeds: seeds, random: SplitMix64(seed: random.next()))
        bytes = mutator.mutate(origin.bytes)
    }

    var summary: String { "\(kind.rawValue)/\(name), \(bytes.count) bytes" }

    var details: String { String(decoding: bytes.prefix(10_000), as: UTF8.self) }

    func run(in folder: String) throws -> Outcome {
        switch kind {
        case .request:
            let findings = Request.validate(json: bytes)
            let isRead = (try? Request(json: bytes)) != nil
            return outcome(findings, isRead: isRead)
        case .response:
            let findings = Response.validate(json: bytes)
            let isRead = (try? Response(json: bytes)) != nil
            return outcome(findings, isRead: isRead)
        case .flow:
            do throws(FlowFileError) {
                let flow = try FlowFile(text: text, name: name, folder: folder + "/")
                return Outcome(name: "flow", flaw: flaw(flow.findings.map(\.description)) ?? FlowCalls.flaw(in: flow))
            } catch {
                return Outcome(name: "refused", flaw: flaw(error.findings.map(\.description)))
            }
        case .scenario:
            do throws(FileError) {
                let (scenario, findings) = try CallScenario.read(text, name: name, folder: folder + "/")
                // What is written can be read, and is the same; a file as long as one may be is longer then.
                guard scenario.yaml.utf8.count <= 1 << 18 else { return Outcome(name: "scenario") }
                let again = try CallScenario.read(scenario.yaml, name: "written", folder: folder + "/").scenario
                let isSame = again.yaml == scenario.yaml
                return Outcome(
                    name: "scenario",
                    flaw: isSame ? flaw(findings.map(\.description)) : "written and read again it is another one")
            } catch {
                let isWritten = error.findings.contains { $0.file == "written" }
                return Outcome(
                    name: "refused", flaw: isWritten ? "\(error)" : flaw(error.findings.map(\.description)))
            }
        case .http: return try ServedClient.shared.outcome(of: bytes)
        }
    }

    private var text: String { String(decoding: bytes, as: UTF8.self) }

    /// What is without errors is read, and nothing else.
    private func outcome(_ findings: [Finding], isRead: Bool) -> Outcome {
        let isRefused = findings.contains { $0.severity == .error }
        guard isRead == !isRefused else {
            return Outcome(name: "flaw", flaw: "it is \(isRead ? "" : "not ")read, with the findings \(findings)")
        }
        return Outcome(name: isRead ? kind.rawValue : "refused", flaw: flaw(findings.map(\.description)))
    }

    /// What is wrong with what is said about the text: nothing but printable characters, and not without end.
    private func flaw(_ lines: [String]) -> String? {
        for line in lines where line.isEmpty || line.utf8.count > 20_000 {
            return "a finding of \(line.utf8.count) bytes"
        }
        for scalar in lines.joined().unicodeScalars where scalar.properties.generalCategory == .control {
            return "a finding with the control character \(scalar.value)"
        }
        return nil
    }
}
