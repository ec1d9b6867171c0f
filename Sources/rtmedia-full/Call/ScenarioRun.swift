import AudioConversion
import CallSimulation
import CommandArguments
import Files
import Presentation
import QuickCommands
import RealTimeAPI
import Reports
import TelephonyAudio
import YAMLFiles

/// Runs scenario files one after another, and tells what became of them.
struct ScenarioRun {
    private let setup: CallSetup
    private let recorder: CallRecorder?
    private let json: Bool
    private let quiet: Bool
    private var junit = JUnitReport()
    private var progress: ProgressLine
    /// The id of the next call, so that no two of a run have the same.
    private var nextCall: UInt64
    private var recorded: Set<String> = []
    private var passed = 0
    private var failed = 0
    private var broken = 0
    /// The exit code of the first that could not be run.
    private var firstFailure: ExitCode?
    private let start = ContinuousClock.now

    init(_ setup: CallSetup, recorder: CallRecorder?, json: Bool, quiet: Bool) {
        self.setup = setup
        self.recorder = recorder
        self.json = json
        self.quiet = quiet
        progress = ProgressLine(isShown: !quiet)
        nextCall = setup.call.rawValue
    }

    /// Runs the scenarios of files and folders.
    mutating func run(_ arguments: [String]) async throws {
        let inputs = InputFinder.scenarios(arguments)
        for (index, input) in inputs.enumerated() {
            progress.show(Double(index) / Double(inputs.count), "\(index)/\(inputs.count) scenarios")
            try await run(input)
        }
        progress.clear()
    }

    private mutating func run(_ input: FoundInput) async throws {
        let scenario: CallScenario
        if let reason = input.openingFailure {
            return fail("rtmedia: \(input.path): \(reason)", input, "is no scenario", ExitStatus.noInput)
        }
        do throws(FileError) {
            let (read, findings) = try CallScenario.load(path: input.path)
            for finding in findings { progress.note("\(finding)") }
            scenario = read
        } catch { return fail("\(error)", input, "is no scenario", ExitStatus.badData) }
        // Of two scenarios with one name the second one is told when it is recorded.
        for name in scenario.calls.map({ Self.record(of: $0.name, input) }) where !recorded.contains(name) {
            try recorder?.expectRoom(forCall: name)
        }
        var base = setup
        base.call = CallID(rawValue: nextCall)
        nextCall &+= UInt64(scenario.calls.count)
        let begin = ContinuousClock.now
        let report: ScenarioReport
        do throws(SimulationError) { report = try await scenario.run(as: base, file: input.path) } catch {
            return fail("rtmedia: \(input.path): \(error)", input, scenario.name, ExitStatus.code(for: error))
        }
        junit.add(report, file: input.path, time: ContinuousClock.now - begin)
        if report.isPassed { passed += 1 } else { failed += 1 }
        progress.clear()
        tell(report, input)
        try record(report, input)
    }

    private mutating func fail(_ message: String, _ input: FoundInput, _ name: String, _ code: ExitCode) {
        broken += 1
        firstFailure = firstFailure ?? code
        junit.add(error: message, file: input.path, name: name)
        progress.note(lines: message)
    }

    // MARK: Telling

    /// An event in JSON.
    private struct EventRecord: Encodable {
        let file: String
        let call: String
        let timeMs: Int
        let leg: Transcript.Leg
        let kind: Transcript.Event.Kind
        let text: String
    }

    /// A scenario in JSON.
    private struct Record: Encodable {
        let file: String
        let scenario: String
        let passed: Bool
        let differences: [String]
        let calls: [CallRecord]
    }

    private struct CallRecord: Encodable {
        let call: String
        let status: String
        let durationMs: Int
        let commands: [String]
        let refused: String?
    }

    private func tell(_ report: ScenarioReport, _ input: FoundInput) {
        if !quiet || !report.isPassed {
            for note in report.notes { Console.note("\(input.path): \(note)") }
        }
        guard !json else { return tellInJSON(report, input) }
        guard !report.isPassed else {
            if !quiet { Console.data("\(input.path): ok: \(report.name) (\(Self.extent(report)))") }
            return
        }
        Console.data("\(input.path): FAILED: \(report.name): \(counted(report.count, "difference"))")
        for line in report.lines { Console.data("  \(line)") }
    }

    private func tellInJSON(_ report: ScenarioReport, _ input: FoundInput) {
        for call in report.calls {
            for event in call.outcome.transcript.events {
                let record = EventRecord(
                    file: input.path, call: call.name, timeMs: event.timeMs, leg: event.leg, kind: event.kind,
                    text: event.text)
                Console.data(jsonLine(record))
            }
        }
        let calls = report.calls.map { call in
            CallRecord(
                call: call.name, status: call.outcome.status.name,
                durationMs: Int(call.outcome.duration / .milliseconds(1)), commands: call.outcome.steps.map(\.shown),
                refused: call.outcome.refusal?.kind.rawValue)
        }
        let record = Record(
            file: input.path, scenario: report.name, passed: report.isPassed,
            differences: report.calls.flatMap(\.differences), calls: calls)
        Console.data(jsonLine(record))
    }

    private static func extent(_ report: ScenarioReport) -> String {
        let commands = report.calls.reduce(0) { $0 + $1.outcome.steps.count }
        let longest = report.calls.map(\.outcome.duration).max() ?? .zero
        let calls = report.calls.count == 1 ? "" : "\(report.calls.count) calls, "
        return
            "\(calls)\(counted(commands, "command")), \(Double(Int(longest / .milliseconds(10))) / 100) s of call"
    }

    // MARK: Files

    /// What the files of a call are called, without their endings.
    private static func record(of call: String, _ input: FoundInput) -> String {
        let path = PathName(input.relativePath)
        return path.folder + path.stem + (call.isEmpty ? "" : "-\(call)")
    }

    private mutating func record(_ report: ScenarioReport, _ input: FoundInput) throws {
        guard let recorder else { return }
        for call in report.calls {
            let name = Self.record(of: call.name, input)
            guard recorded.insert(name).inserted else {
                Console.note("rtmedia: \(input.path): \(name) was just recorded for another scenario of this name")
                throw ExitStatus.cannotCreate
            }
            try recorder.write(call.outcome, as: name)
        }
    }

    /// Writes the report, and sums up.
    ///
    /// - Throws: the exit code: that of the first file that could not be run, else 1 if a scenario failed.
    func finish(junit path: String?, replacing: Bool) throws {
        if let path {
            do throws(ConversionError) {
                try OutputFile.createFolder(of: path)
                try OutputFile.write(Array(junit.xml.utf8), to: path, replacing: replacing)
            } catch {
                Console.note("rtmedia: \(error.advised(.call))")
                throw ExitStatus.code(for: error)
            }
        }
        guard passed + failed + broken > 0 else {
            Console.note("rtmedia: there is no scenario: the folder holds no file of .yaml")
            throw ExitStatus.noInput
        }
        if passed + failed + broken > 1, !quiet {
            let seconds = Double(Int((ContinuousClock.now - start) / .milliseconds(10))) / 100
            let parts = [
                "\(passed) passed", failed > 0 ? "\(failed) failed" : nil,
                broken > 0 ? "\(broken) could not be run" : nil,
            ]
            Console.note(parts.compactMap { $0 }.joined(separator: ", ") + " in \(seconds) s")
        }
        try Console.checkData()
        if let firstFailure { throw firstFailure }
        if failed > 0 { throw ExitStatus.different }
    }
}

extension FoundInput {
    /// Why the file can't be opened; nil if it can.
    var openingFailure: String? {
        do throws(SystemError) { try FileAccess.expectReadable(path) } catch {
            return "can't be opened: \(error.reason)"
        }
        return nil
    }
}

extension InputFinder {
    /// The scenario files that arguments stand for: files as they are, and those of folders that end with `.yaml` or `.yml`.
    static func scenarios(_ arguments: [String]) -> [FoundInput] {
        find(arguments).filter { !$0.isWalked || ["yaml", "yml"].contains(PathName($0.path).ending) }
    }
}
