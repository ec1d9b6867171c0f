/// Where a ``WebhookServer`` listens and what it accepts.
public struct WebhookServerConfiguration: Sendable {
    /// The address to listen on; `0.0.0.0` for all.
    public var host = "127.0.0.1"
    /// The port; 0 for one that is free.
    public var port = 8080
    /// The path that requests are posted to.
    public var path = "/"
    /// What the platform authenticates itself with; nil accepts everybody.
    public var credentials: BasicCredentials?
    /// What makes it `https://`; nil speaks HTTP as it is.
    public var tls: TLSIdentity?
    /// The longest body, in bytes.
    public var maximumBodySize = 256 << 10
    /// How long a request may take to arrive.
    public var requestTimeout = Duration.seconds(10)
    /// How long a connection may be idle.
    public var idleTimeout = Duration.seconds(75)
    /// How many connections there are at most: as many as this, and as the system lets a process have files open.
    ///
    /// If there are more, those give way that have been idle longest. All but 16 of them, or an eighth if that is fewer, may have
    /// requests answered at a time.
    public var maximumConnections = 4096
    /// How many bytes of long requests and answers connections hold at a time at most, of each what is over 16 KiB.
    ///
    /// A request beyond that is refused with 503, as one beyond the connections is. Memory is taken for each byte up to five times.
    public var maximumHeldBytes = 64 << 20
    /// What `GET /metrics` shows; nil has no such page.
    public var metrics: MetricsRegistry?
    /// Whether `GET /metrics` is shown without the credentials, if there are any.
    public var metricsAreOpen = false

    /// The defaults.
    public init() {}
}
