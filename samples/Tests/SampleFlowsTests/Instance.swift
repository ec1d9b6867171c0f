import Synchronization
import TestSupport

/// `sample-flows` with all flows, as a process of its own that may be killed and started again on its port.
final class Instance: Sendable {
    private let heldPort: HeldPort
    var port: Int { heldPort.number }
    private let program: Mutex<ServingProgram?>

    init() throws {
        heldPort = try HeldPort()
        program = Mutex(try ServingProgram.sampleFlows("all", "\(heldPort.number)"))
    }

    /// Ends the process without letting it do anything more, and starts another one.
    func crash() throws {
        try program.withLock { program in
            program = nil
            program = try .sampleFlows("all", "\(port)")
        }
    }
}
