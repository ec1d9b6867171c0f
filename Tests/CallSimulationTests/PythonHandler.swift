import CallSimulation
import Foundation
import RealTimeAPI
import TelephonyAudio
import TestSupport

/// A handler that answers with steps; see `handler.py`.
struct PythonHandler {
    /// `handler.py` for all tests: calls bring the steps along that they are answered with.
    private static let shared = Result { try HandlerProgram.steps() }

    private let program: HandlerProgram
    /// What each call is answered with, in JSON; empty if calls bring that along themselves.
    private let steps: [String]

    /// The address to call.
    var address: String { program.address }

    /// - Parameter steps: what it answers to any call, in JSON.
    init(_ steps: String...) throws { try self.init(calls: [steps]) }

    /// - Parameter calls: what it answers to each call, in JSON.
    init(calls: [[String]]) throws {
        program = try Self.shared.get()
        steps = calls.map { #"{"steps":[\#($0.joined(separator: ","))]}"# }
    }

    /// A handler for scenarios that say what it answers.
    init() throws { try self.init(program: Self.shared.get()) }

    /// Another program.
    init(program: HandlerProgram) {
        self.program = program
        steps = []
    }

    /// Places a call to it; media 1 is two seconds of tone, and there is no other.
    func call(
        _ script: [CallerScript.Step] = [], _ change: (inout CallSetup) -> Void = { _ in }
    ) async throws -> CallOutcome {
        try await withSounds { sounds in
            var setup = CallSetup(try HandlerAddress(address), sounds: sounds)
            setup.caller = CallerScript(script)
            setup.patience = .seconds(60)
            if let steps = steps.first { setup.variables = try JSONText(steps) }
            change(&setup)
            return try await CallSimulator.place(setup)
        }
    }

    /// Places calls that meet, with the ids 1, 2 ...
    func calls(
        _ scripts: [[CallerScript.Step]], closing: [RoomClosing] = [], starts: [Duration] = []
    ) async throws -> [CallOutcome] {
        try await withSounds { sounds in
            let address = try HandlerAddress(address)
            let setups = try scripts.enumerated().map { index, script in
                var setup = CallSetup(address, sounds: sounds)
                setup.call = CallID(rawValue: UInt64(index + 1))
                setup.caller = CallerScript(script)
                setup.patience = .seconds(60)
                setup.variables = try JSONText(steps[index])
                if index < starts.count { setup.start = starts[index] }
                return setup
            }
            return try await CallSimulator.place(setups, closing: closing)
        }
    }

    /// Runs a scenario; what is late is so by the platform's own measure only where that is the matter.
    func run(_ scenario: CallScenario, file: String? = nil) async throws -> ScenarioReport {
        try await withSounds { sounds in
            var setup = CallSetup(try HandlerAddress(address), sounds: sounds)
            if scenario.calls[0].expectation.refusal != .late { setup.patience = .seconds(60) }
            return try await scenario.run(as: setup, file: file)
        }
    }

    private func withSounds<Result>(_ body: (Sounds) async throws -> Result) async throws -> Result {
        let folder = TestFolder()
        try folder.write(Self.tone(.seconds(2)).wav, to: "1.wav")
        return try await body(
            Sounds(folder: folder.path) { text, _ async throws(SimulationError) in
                PhoneAudio(samples: Self.tone(.milliseconds(100 * text.count)).samples)
            })
    }

    /// A tone of 300 Hz at half the full scale: talk to a detector by level.
    static func tone(_ length: Duration, frequency: Double = 300) -> PhoneAudio {
        let count = Int(length / .microseconds(125))
        return PhoneAudio(samples: (0..<count).map { Int16(16_000 * sin(2 * .pi * frequency * Double($0) / 8000)) })
    }
}
