import Synchronization

/// `sample-flows` with all flows, as a process of its own that may be killed and started again on its port.
final class Instance: Sendable {
    let port: Int
    private let program: Mutex<ServingProgram?>

    init() throws {
        let program = try ServingProgram.sampleFlows("all", "0")
        port = program.port
        self.program = Mutex(program)
    }

    /// Ends the process without letting it do anything more, and starts another one.
    func crash() throws {
        try program.withLock { program in
            program = nil
            program = try .sampleFlows("all", "\(port)")
        }
    }
}
