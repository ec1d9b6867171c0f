import CallSimulation
import CommandArguments
import QuickCommands

/// The options that let faults befall the requests.
struct FaultArguments: ParsableArguments {
    @Flag(
        help: """
            Place calls (20, or --calls) whose requests arrive twice, in parts, damaged, or are asked again after a lost \
            answer, and print what the handler does wrong. Eight calls try each fault at each request.
            """)
    var faults = false

    @Option(
        help: ArgumentHelp(
            """
            Only this fault, and others that are named so: \(Fault.allCases.map(\.rawValue).joined(separator: ", ")). \
            wrong_type is only noted unless it is named: the platform's page does not ask for 4xx then.
            """, valueName: "name"),
        transform: parseFault)
    var fault: [Fault] = []

    @Option(help: ArgumentHelp("Which faults: the same ones for the same number (default: 1).", valueName: "n"))
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
            "'\(text)' is none of \(Fault.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return fault
}
