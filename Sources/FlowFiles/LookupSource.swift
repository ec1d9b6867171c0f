/// Where the answers to a flow file's look-ups come from.
public enum LookupSource: Sendable {
    /// Sends a request over HTTP, and returns what came.
    ///
    /// `LookupClient.exchange` of the module WebhookServer is one. It goes to the address that it is given and to no other, takes
    /// no redirection, and no longer than the timeout.
    ///
    /// - Parameters:
    ///   - method: `GET` or `POST`.
    ///   - address: `http://` or `https://`, without a login or a fragment; ASCII.
    ///   - fields: the header fields, without those that a client adds itself.
    ///   - body: empty for `GET`.
    ///   - timeout: from the first look for the host to the last byte of the answer.
    /// - Throws: an error whose description says why there is no answer, in a few words without what was sent.
    public typealias Client =
        @Sendable (
            _ method: String, _ address: String, _ fields: [(name: String, value: String)], _ body: [UInt8],
            _ timeout: Duration
        ) async throws -> (status: Int, body: [UInt8])

    /// Nowhere: a step that looks something up fails.
    case none
    /// From the network.
    case network(Client)
    /// From the call's own variable `lookups`, for tests: a scenario, or whoever else places the call, sets the answers.
    ///
    /// Its members are named `GET` or `POST` and the address, as in `"GET https://example.com/customers/7"`, or for `POST`
    /// also the body after that. A number is a status, a text is the reason for no answer, and anything else is the answer.
    case variables
}
