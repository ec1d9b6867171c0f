import NIOCore
import NIOPosix

extension HandlerAddress {
    /// Whether somebody takes connections there: one is opened, and closed again.
    package func takesConnections() async -> Bool {
        let bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton).connectTimeout(.seconds(1))
        let number = try? SocketAddress(ipAddress: host, port: Int(port))
        do {
            let connection = number.map { bootstrap.connect(to: $0) } ?? bootstrap.connect(host: host, port: Int(port))
            try await connection.get().close()
            return true
        } catch { return false }
    }
}
