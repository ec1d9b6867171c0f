import NIOCore
import NIOHTTP1
import NIOPosix
import RealTimeAPI

/// A handler that plays half a minute so many times, and then ends the call.
struct HalfMinutes {
    let count: Int

    /// Serves for as long as the process lives.
    ///
    /// - Returns: the port.
    func listen() async throws -> Int {
        let count = count
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 1024)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandlers(
                        NIOHTTPServerRequestAggregator(maxContentLength: 1 << 20), Answers(count: count))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return channel.localAddress!.port!
    }
}

/// Answers requests.
private final class Answers: ChannelInboundHandler {
    typealias InboundIn = NIOHTTPServerRequestFull
    typealias OutboundOut = HTTPServerResponsePart

    private let count: Int

    init(count: Int) { self.count = count }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let body = unwrapInboundIn(data).body.map { Array($0.readableBytesView) } ?? []
        let json = answer(to: try! Request(json: body)).json
        let headers = HTTPHeaders([("Content-Type", "application/json"), ("Content-Length", "\(json.count)")])
        context.write(
            wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: .ok, headers: headers))), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: json)))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }

    private func answer(to request: Request) -> Response {
        guard !request.status.isFinal, case .integer(let step)? = request.commandID, step < count else {
            return Response(nil)
        }
        // It listens all the time, because nobody talks for so long.
        let listen = PlayTalkDetect(
            .library(1), minimum: .seconds(50), maximum: .seconds(60), silence: .milliseconds(500),
            analysisTime: .seconds(60))
        return Response(.playTalkDetect(listen), commandID: .integer(step + 1))
    }
}
