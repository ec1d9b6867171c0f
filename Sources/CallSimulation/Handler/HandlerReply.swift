import RealTimeAPI

/// What a handler answers to a request that is sent beside any call.
package struct HandlerReply: Sendable {
    /// The HTTP status; 0 if there is no answer.
    package var status = 0
    /// What the body is said to be; empty if nothing is said.
    package var contentType = ""
    /// The body.
    package var body: [UInt8] = []
    /// How long it took.
    package var time = Duration.zero
    /// What the platform would not accept of it, a line each; empty if it would take it.
    package var refusal: [String] = []
    /// What the platform takes, but not as it is meant.
    package var warnings: [String] = []

    /// Sends a request to a call's handler, over a connection of its own, and waits for the answer.
    ///
    /// - Parameters:
    ///   - request: what is sent, which may be anything.
    ///   - setup: whose handler is asked, and how long it may take.
    package init(to request: [UInt8], as setup: CallSetup) async {
        let connection = HandlerConnection(setup)
        defer { connection.close() }
        do throws(Refusal) {
            let answer = try await connection.post(request)
            (status, contentType, body, time) = (answer.status, answer.contentType, answer.body, answer.time)
            _ = try answer.response { warnings.append("\($0)".harmless) }
        } catch { refusal = error.lines }
    }
}
