import CallFlows
import CommandArguments
import QuickCommands
import UnixSignals
import WebhookServer

/// A flow that is served until SIGTERM, and read again at SIGHUP.
struct ServedFlow {
    private let source: FlowSource
    private let reloader: FlowReloader
    private let host: FlowHost
    private let configuration: WebhookServerConfiguration

    /// - Throws: the exit code, having told why, if there is no flow.
    init(
        _ source: FlowSource, key: JournalKey, configuration: WebhookServerConfiguration, memory: MemoryPlan
    ) throws {
        var source = source
        let flow = try source.load()
        let reloader = FlowReloader(source: source)
        var options = FlowHostOptions()
        memory.apply(to: &options)
        options.onMissingVersion = { await reloader.reloadIfChanged(for: $0) }
        self.source = source
        self.reloader = reloader
        self.configuration = configuration
        host = FlowHost(flow, key: key, options: options)
    }

    /// - Throws: the exit code, having told why, if the port can't be had.
    func run() async throws {
        // Without anything to read again, SIGHUP ends it, as it does other programs whose terminal is closed.
        let signals = mayReload ? await UnixSignalsSequence(trapping: .sighup) : nil
        let reloading = Task { if let signals { await reload(at: signals) } }
        defer { reloading.cancel() }
        let server = WebhookServer(
            configuration: configuration, onListening: { tellAddress(port: $0) }, host.respond)
        defer { host.finishLog() }
        do { try await server.runUntilTerminated() } catch {
            Console.note("rtmedia: \(error)")
            throw ExitStatus.unavailable
        }
    }

    // MARK: Reload

    private var mayReload: Bool { source.file != nil || configuration.tls != nil }

    private func reload(at signals: UnixSignalsSequence) async {
        for await _ in signals {
            reloadIdentity()
            if source.file != nil { await reloader.reload(for: host) }
        }
    }

    private func reloadIdentity() {
        guard let identity = configuration.tls else { return }
        do throws(WebhookServerError) {
            try identity.reload()
            Console.note("rtmedia: new connections get the certificate in \(identity.certificate)")
        } catch { Console.note("rtmedia: \(error); new connections still get the certificate from before") }
    }

    // MARK: Address

    private func tellAddress(port: Int) {
        let isOpen = configuration.credentials == nil
        Console.note(
            "rtmedia: serving \(source.summary) on \(url(configuration.host, port))\(isOpen ? ", to everybody" : "")")
        Console.note(
            "rtmedia: try it: rtmedia call \(url(Self.nearest(configuration.host), port, isOpen ? "" : "LOGIN:PASSWORD@"))"
        )
    }

    private func url(_ host: String, _ port: Int, _ user: String = "") -> String {
        "http\(configuration.tls == nil ? "" : "s")://\(user)\(host.contains(":") ? "[\(host)]" : host):\(port)/"
    }

    /// An address to reach one at that listens on all.
    private static func nearest(_ host: String) -> String {
        switch host {
        case "0.0.0.0": "127.0.0.1"
        case "::": "::1"
        default: host
        }
    }
}
