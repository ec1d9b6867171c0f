import AudioConversion
import CallSimulation
import NIOCore
import NIOHTTP1
import NIOWebSocket
import RealTimeAPI
import TelephonyAudio

/// A phone's WebSocket: one call.
///
/// Binary messages are samples, 16 bits, little-endian: from the phone at its microphone's rate, to it at 8000 Hz, 20 ms each.
/// Texts are JSON: see ``PhoneMessage``; to the phone go what happens in the call, levels, and how it ended.
final class PhoneConnection: ChannelInboundHandler {
    typealias InboundIn = WebSocketFrame
    typealias OutboundOut = WebSocketFrame

    private enum Phase {
        /// Nobody has been called yet.
        case idle
        case calling(PhoneCall, StreamResampler)
        /// The connection is being closed.
        case ending
    }

    private let desk: PhoneDesk
    private let sender: PhoneSender
    private var phase = Phase.idle

    init(_ desk: PhoneDesk, _ sender: PhoneSender) {
        self.desk = desk
        self.sender = sender
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let frame = unwrapInboundIn(data)
        if frame.opcode == .connectionClose {
            end(.normalClosure)
            return context.close(promise: nil)
        }
        if case .ending = phase { return }
        // Aggregated frames have been unmasked.
        let payload = frame.unmaskedData
        switch frame.opcode {
        case .text: take(String(decoding: payload.readableBytesView, as: UTF8.self), context)
        case .binary: take(audio: payload)
        // Who takes nothing is not answered either: there would be no end of what waits.
        case .ping where context.channel.isWritable:
            context.writeAndFlush(
                wrapOutboundOut(WebSocketFrame(fin: true, opcode: .pong, data: payload)), promise: nil)
        default: break
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        if case .calling(let call, _) = phase { call.line.end() }
        phase = .ending
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is IdleStateHandler.IdleStateEvent: refuse("nothing has come from the page for too long")
        // Nothing more comes from it.
        case ChannelEvent.inputClosed: context.close(promise: nil)
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { end(.protocolError) }

    // MARK: What comes

    private func take(_ text: String, _ context: ChannelHandlerContext) {
        do throws(StudioError) {
            switch (try PhoneMessage(text), phase) {
            case (.call(let order), .idle):
                let call = try desk.start(order, sender, on: context.eventLoop)
                phase = .calling(call, StreamResampler(sampleRate: order.sampleRate))
            case (.key(let key), .calling(let call, _)): call.line.press(key)
            case (.hangUp, .calling(let call, _)): call.line.end()
            case (.rate(let rate), .calling(let call, _)):
                phase = .calling(call, StreamResampler(sampleRate: rate))
            case (.here, _): break
            case (.call, .calling), (_, .ending): throw StudioError(.badRequest, "there is a call already")
            case (_, .idle): throw StudioError(.badRequest, "the first message must be of the type call")
            }
        } catch { refuse(error.message) }
    }

    private func take(audio: ByteBuffer) {
        guard case .calling(let call, let resampler) = phase else {
            return refuse("audio is for a call: the first message must be of the type call")
        }
        guard audio.readableBytes.isMultiple(of: 2) else { return refuse("a sample has two bytes") }
        var audio = audio
        var samples: [Int16] = []
        samples.reserveCapacity(audio.readableBytes / 2)
        while let sample = audio.readInteger(endianness: .little, as: Int16.self) { samples.append(sample) }
        call.hear(resampler.samples(after: samples))
    }

    // MARK: Ends

    private func refuse(_ message: String) {
        sender.send(.phoneError(message))
        end(.policyViolation)
    }

    /// Ends the connection, and the call on it.
    private func end(_ code: WebSocketErrorCode) {
        if case .calling(let call, _) = phase { call.line.end() }
        phase = .ending
        sender.close(code)
    }
}
