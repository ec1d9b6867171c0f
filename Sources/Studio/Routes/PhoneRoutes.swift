import CallSimulation
import NIOHTTP1
import RealTimeAPI

/// What the phone asks for beside its calls: those that were kept, as files, and a handler's answer to a request.
struct PhoneRoutes: Sendable {
    private let desk: PhoneDesk

    init(_ desk: PhoneDesk) { self.desk = desk }

    func reply(_ request: StudioRequest) throws(StudioError) -> StudioReply {
        let path = request.path
        if path == ["api", "phone", "line"] {
            var error = StudioError(.upgradeRequired, "this is the address of a WebSocket, for pages of the studio")
            error.fields = [("Upgrade", "websocket")]
            throw error
        }
        guard path.count == 5, path[2] == "calls" else { throw .notFound }
        guard let call = desk.kept(path[3]) else {
            throw StudioError(.notFound, "this call is not kept any more; only the last ones are")
        }
        return try only(.GET, request) { () throws(StudioError) in
            switch path[4] {
            case "scenario.yaml":
                return file("\(call.name).yaml", StudioReply(.ok, "application/yaml", .bytes(Array(call.yaml.utf8))))
            case "audio.wav": return file("\(call.name).wav", StudioReply(.ok, "audio/wav", .bytes(call.wav)))
            case "both.wav":
                return file("\(call.name)-both.wav", StudioReply(.ok, "audio/wav", .bytes(call.bothSides)))
            default: throw .notFound
            }
        }
    }

    private func file(_ name: String, _ reply: StudioReply) -> StudioReply {
        var reply = reply
        reply.fields = [("Content-Disposition", "attachment; filename=\"\(name)\"")]
        return reply
    }

    /// How many bytes of an answer are shown.
    private static let shownCount = 200_000

    /// Sends a request to one of the handlers, and to nobody else, and tells what it answers.
    func send(_ request: StudioRequest) async throws(StudioError) -> StudioReply {
        guard request.method == .POST else { throw .notAllowed("POST") }
        let reader = BodyReader(json: try request.object())
        let index = Int(try reader.number("handler", in: 0...1000) ?? 0)
        guard desk.handlers.indices.contains(index) else {
            throw StudioError(.badRequest, "there is no handler \(index)")
        }
        guard let body = try reader.text("body", limit: 1 << 20) else {
            throw StudioError(.badRequest, "body must be the request to send")
        }
        let reply = await HandlerReply(to: Array(body.utf8), as: desk.handlers[index])
        let (text, isCut) = String(decoding: reply.body, as: UTF8.self).cut(atMost: Self.shownCount)
        return .json([
            JSON.Member("status", .integer(reply.status)), JSON.Member("content_type", .string(reply.contentType)),
            JSON.Member("body", .string(text)), JSON.Member("is_cut", .bool(isCut)),
            JSON.Member("answer_ms", .milliseconds(reply.time)),
            JSON.Member("refused", .array(reply.refusal.map { .string($0) })),
            JSON.Member("warnings", .array(reply.warnings.map { .string($0) })),
        ])
    }
}
