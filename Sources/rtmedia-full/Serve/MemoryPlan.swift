import CallFlows
import QuickCommands
import WebhookServer

/// How the memory that the process may take is shared out, so that it stays below that whatever comes.
///
/// What the shares are for takes so much, measured: a connection of which nothing is counted 24 kB, 64 kB if it is encrypted, a byte of
/// a long request up to five times itself until it is answered, a call 16 kB, a byte that a call keeps up to twice itself. Audio that is
/// converted for a flow comes on top.
struct MemoryPlan {
    /// What may be asked for, in MB.
    static let megabytes = 256...1_048_576
    static let standard = 1024
    static let standardConnections = 4096

    /// How many connections there may be, for which half of the memory is enough.
    let maximumConnections: Int
    private let shared: Int

    /// - Parameters:
    ///   - megabytes: what the process may take.
    ///   - connections: how many connections there are to be, if there is room for them.
    ///   - isEncrypted: whether they are.
    init(megabytes: Int, connections: Int, isEncrypted: Bool) {
        let all = megabytes * 1_000_000
        let connectionBytes = isEncrypted ? 64_000 : 24_000
        maximumConnections = min(connections, all / 2 / connectionBytes)
        // The program itself, and what an allocator loses between blocks.
        shared = all - maximumConnections * connectionBytes - 60_000_000
    }

    func apply(to configuration: inout WebhookServerConfiguration) {
        configuration.maximumConnections = maximumConnections
        configuration.maximumHeldBytes = shared * 35 / 100 / 5
    }

    func apply(to options: inout FlowHostOptions) {
        options.maximumCalls = shared * 35 / 100 / 16_000
        options.maximumKeptBytes = shared * 30 / 100 / 2
    }
}
