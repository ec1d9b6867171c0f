import NIOCore
import SystemPackage

extension HandlerConnection {
    /// POSTs a request.
    ///
    /// A connection that was kept alive may end just then: the request is sent again on a new one, once, as HTTP clients do
    /// (RFC 9110, 9.2.2 aside: the platform's requests can be repeated). A new connection that ends without an answer is the
    /// handler's doing, and there is no other try.
    ///
    /// - Parameters:
    ///   - body: what is sent.
    ///   - contentType: what it is said to be.
    ///   - pause: how long to wait in the midst of the body.
    /// - Returns: the answer, whatever its status.
    /// - Throws: `unreachable`, `late` or `malformed`.
    func post(
        _ body: [UInt8], contentType: String = "application/json", pause: Duration? = nil
    ) async throws(Refusal) -> Answer {
        let wasKept = isOpen
        do {
            do { return try await exchange(body, contentType, pause) } catch {
                guard wasKept, Self.isEnd(error), !Task.isCancelled else { throw error }
                return try await exchange(body, contentType, pause)
            }
        } catch {
            close()
            throw refusal(of: error)
        }
    }

    /// Whether an error says that the connection ended before an answer came, or just before the request was written.
    private static func isEnd(_ error: any Error) -> Bool {
        switch error {
        case is ClosedWithoutAnswer, ChannelError.ioOnClosedChannel, ChannelError.eof, ChannelError.alreadyClosed: true
        // What has been closed answers what is written to it so.
        case let error as IOError: [.connectionReset, .brokenPipe].contains(Errno(rawValue: error.errnoCode))
        default: false
        }
    }
}
