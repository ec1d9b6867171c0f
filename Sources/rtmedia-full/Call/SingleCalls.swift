import AudioConversion
import CallSimulation
import CommandArguments
import QuickCommands
import RealTimeAPI
import YAMLFiles

/// The calls of scenarios, each of which is placed for itself, many times.
enum SingleCalls {
    /// Reads scenario files.
    ///
    /// - Parameters:
    ///   - arguments: files and folders; none for the call that the options describe.
    ///   - setup: that call, and what scenarios leave open.
    /// - Returns: one call of each scenario.
    /// - Throws: the exit code for a file that is none or has several calls, having told so.
    static func setups(of arguments: [String], _ setup: CallSetup) async throws -> [CallSetup] {
        guard !arguments.isEmpty else { return [setup] }
        var setups: [CallSetup] = []
        for input in InputFinder.scenarios(arguments) {
            if let reason = input.openingFailure {
                Console.note("rtmedia: \(input.path): \(reason)")
                throw ExitStatus.noInput
            }
            do {
                let (scenario, findings) = try CallScenario.load(path: input.path)
                for finding in findings { Console.note("\(finding)") }
                guard scenario.calls.count == 1 else {
                    Console.note(
                        "rtmedia: \(input.path): has \(scenario.calls.count) calls that meet; here each call is placed for itself"
                    )
                    throw ExitStatus.usage
                }
                setups += try await scenario.setups(setup)
            } catch let error as FileError {
                Console.note(lines: "\(error)")
                throw ExitStatus.badData
            }
        }
        guard !setups.isEmpty else {
            Console.note("rtmedia: there is no scenario: the folder holds no file of .yaml")
            throw ExitStatus.noInput
        }
        return setups
    }
}

extension [CallSetup] {
    /// The call of a number: the scenarios in turn, each call with an id of its own.
    func call(_ number: Int) -> CallSetup {
        var setup = self[number % count]
        setup.call = .init(rawValue: setup.call.rawValue &+ UInt64(number))
        setup.keepsAudio = false
        return setup
    }
}
