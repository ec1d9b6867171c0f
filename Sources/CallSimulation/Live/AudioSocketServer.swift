public import NIOCore
import NIOPosix
import TelephonyAudio

/// Takes calls from a PBX, over Asterisk's AudioSocket: each connection is a call, and somebody who speaks.
///
/// ```
/// same => n,Answer()
/// same => n,AudioSocket(${UUID()},127.0.0.1:9019)
/// ```
///
/// A frame is sent every 20 ms from the beginning on, silence too: Asterisk's channel stays silent for some callers if both sides
/// wait for the other's first frame (its issue 2089). What is no AudioSocket is answered with an error frame, and closed.
public struct AudioSocketServer: Sendable {
    /// A call that has come in.
    public struct Call: Sendable {
        /// What the PBX calls it: a UUID, as in `40325ec2-5efd-4bd3-805f-53576e581d13`.
        public let identifier: String
        /// Its line.
        public let line: LiveLine
    }

    /// The address to listen on.
    public var host: String
    /// The port; 0 for one that is free.
    public var port: Int
    /// How many calls there may be at a time; further ones are hung up, with a note.
    public var maximumCalls = 1000
    /// How many calls may begin in a second, 1 or more; further ones are hung up, with a note.
    public var maximumCallsPerSecond = 100
    /// How long a call may last; then it is hung up, with a note.
    public var longestCall = Duration.seconds(7200)
    /// How long a call's identifier may take to come.
    public var patience = Duration.seconds(5)
    /// After how long without a frame from the PBX a call is lost: it sends one every 20 ms.
    public var idleTime = Duration.seconds(60)
    /// Is told what is strange about a connection, with what the PBX calls the call, if that is known.
    public var note: @Sendable (_ call: String?, _ text: String) -> Void = { _, _ in }
    /// Where connections are served.
    public var eventLoopGroup: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton

    /// A server.
    ///
    /// - Parameters:
    ///   - host: a name or an address to listen on.
    ///   - port: 0...65535; 0 for one that is free.
    public init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    private typealias Connection = NIOAsyncChannel<ByteBuffer, ByteBuffer>

    /// Takes calls until the task is cancelled, which ends those that are in progress.
    ///
    /// - Parameters:
    ///   - onListening: is told the port.
    ///   - handle: conducts a call; when it returns, the line is hung up.
    /// - Throws: what NIO throws if the address can't be listened on.
    public func run(
        onListening: @Sendable (_ port: Int) -> Void, _ handle: @escaping @Sendable (Call) async -> Void
    ) async throws {
        let server = try await ServerBootstrap(group: eventLoopGroup)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelInitializer { [note] channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(AcceptErrorHandler(note))
                }
            }
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            // A PBX that does not read gets a second of what it missed at the most, not minutes: what waits here, and in the system.
            .childChannelOption(.writeBufferWaterMark, value: .init(low: 1024, high: 4096))
            .childChannelOption(.socketOption(.so_sndbuf), value: 8192)
            .bind(host: host, port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers(
                        IdleStateHandler(readTimeout: TimeAmount(idleTime)), IdleEndHandler())
                    return try Connection(wrappingChannelSynchronously: channel)
                }
            }
        onListening(server.channel.localAddress?.port ?? port)
        let gate = CallGate(limit: maximumCalls, perSecond: maximumCallsPerSecond)
        try await server.executeThenClose { connections in
            await withDiscardingTaskGroup { group in
                // The end of listening is that of the task, or of the socket.
                var incoming = connections.makeAsyncIterator()
                while let connection = try? await incoming.next() {
                    group.addTask { await serve(connection, gate, handle) }
                }
                group.cancelAll()
            }
        }
    }

    private func serve(
        _ connection: Connection, _ gate: CallGate, _ handle: @escaping @Sendable (Call) async -> Void
    ) async {
        // What goes wrong with a connection is the end of its call, whatever it is.
        try? await connection.executeThenClose { inbound, _ in
            let channel = connection.channel
            var incoming = inbound.makeAsyncIterator()
            if let reason = gate.enter() {
                note(nil, "is hung up: \(reason)")
                Self.finish(channel, with: AudioSocketFrame.bytesOfHangUp)
                while try await incoming.next() != nil {}
                return
            }
            defer { gate.leave() }
            let line = LiveLine { frame in
                // A PBX that takes nothing loses frames, and does not fill memory.
                guard channel.isWritable else { return false }
                channel.writeAndFlush(AudioSocketFrame.bytes(ofAudio: frame), promise: nil)
                return true
            }
            let deadline = channel.eventLoop.scheduleTask(in: TimeAmount(patience)) { channel.close(promise: nil) }
            await withTaskGroup(of: Void.self) { group in
                var reader = AudioSocketReader()
                var name: String?
                while let bytes = try? await incoming.next() {
                    reader.take(bytes)
                    do throws(AudioSocketFrame.Malformed) {
                        while let frame = try reader.next(note: { note(name, $0) }) {
                            switch frame {
                            case .identifier(let bytes) where name == nil:
                                let call = Call(identifier: Self.text(ofUUID: bytes), line: line)
                                name = call.identifier
                                deadline.cancel()
                                let end = channel.eventLoop.scheduleTask(in: TimeAmount(longestCall)) { [note] in
                                    note(
                                        call.identifier,
                                        "is hung up: no call may be longer than \(longestCall / .seconds(1)) s")
                                    line.end()
                                }
                                group.addTask {
                                    await handle(call)
                                    end.cancel()
                                    Self.finish(channel, with: AudioSocketFrame.bytesOfHangUp)
                                }
                            case .audio(let samples, _): line.take(samples)
                            case .key(let key): line.take(key)
                            case .hangUp, .error: line.end()
                            case .identifier, .other: break
                            }
                        }
                    } catch {
                        note(name, "no AudioSocket: \(error.reason)")
                        line.end()
                        Self.finish(channel, with: AudioSocketFrame.bytesOfError)
                        while let _ = try? await incoming.next() {}
                    }
                }
                line.end()
                deadline.cancel()
            }
        }
    }

    /// Sends a last frame, and closes the connection when the PBX has closed its side, or after a second.
    ///
    /// Closed at once, it might take the frame back: what has not been read by then resets the connection.
    private static func finish(_ channel: any Channel, with frame: ByteBuffer) {
        let deadline = channel.eventLoop.scheduleTask(in: .seconds(1)) { channel.close(promise: nil) }
        channel.closeFuture.whenComplete { _ in deadline.cancel() }
        channel.writeAndFlush(frame).whenComplete { _ in channel.close(mode: .output, promise: nil) }
    }

    private static func text(ofUUID bytes: [UInt8]) -> String {
        let digits = bytes.map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
        var text = ""
        for (index, digit) in digits.enumerated() {
            if [8, 12, 16, 20].contains(index) { text.append("-") }
            text.append(digit)
        }
        return text
    }
}

/// Keeps listening where a connection can't be accepted, as when there are no descriptors left.
private final class AcceptErrorHandler: ChannelInboundHandler {
    typealias InboundIn = Channel

    private let note: @Sendable (String?, String) -> Void
    private static let pause = TimeAmount.milliseconds(100)

    init(_ note: @escaping @Sendable (String?, String) -> Void) { self.note = note }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard error is IOError else { return context.fireErrorCaught(error) }
        note(nil, "can't be accepted: \(error)")
        let channel = context.channel
        _ = channel.setOption(ChannelOptions.autoRead, value: false)
        channel.eventLoop.scheduleTask(in: Self.pause) { _ = channel.setOption(ChannelOptions.autoRead, value: true) }
    }
}

/// Closes a connection from which nothing comes any more.
private final class IdleEndHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is IdleStateHandler.IdleStateEvent {
            context.close(promise: nil)
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }
}
