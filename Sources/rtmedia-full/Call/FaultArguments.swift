import CallSimulation
import CommandArguments
import QuickCommands

/// The options that let faults befall the requests.
struct FaultArguments: ParsableArguments {
    @Flag(
        help: """
            Place calls (20, or --calls) whose requests arrive twice, in parts, damaged, or again after a lost answer, and \
            print what the handler does wrong. Eight calls try each fault at each request.
            """)
    var faults = false

    @Option(
        help: ArgumentHelp(
            """
            Only this fault; may be repeated: \(Fault.allCases.map(\.rawValue).joined(separator: ", ")). \
            wrong_type counts only if it is named, because the platform's page does not ask for 4xx then.
            """, valueName: "name"),
        transform: parseFault)
    var fault: [Fault] = []

    @Option(
        help: ArgumentHelp(
            "The seed that chooses the faults; the same seed gives the same faults (default: 1).", valueName: "n"))
    var seed: UInt64?

    func validate() throws {
        if seed != nil, !isGiven { throw ValidationError("--seed needs --faults") }
    }

    /// Whether faults are asked for.
    var isGiven: Bool { faults || !fault.isEmpty }

    /// Those that are tried; nil for all.
    var choice: Set<Fault>? { fault.isEmpty ? nil : Set(fault) }
}

private func parseFault(_ text: String) throws -> Fault {
    guard let fault = Fault(rawValue: text.replacing("-", with: "_")) else {
        throw ValidationError(
            "'\(text)' is not one of \(Fault.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return fault
}
