import AudioConversion
import CallSimulation
import NIOCore
import NIOHTTP1
import NIOWebSocket
import RealTimeAPI
import TelephonyAudio

/// A phone's WebSocket: one call, which the phone places, or takes after it has said which number it is.
///
/// Binary messages are samples, 16 bits, little-endian: from the phone at its microphone's rate, to it at 8000 Hz, 20 ms each.
/// Texts are JSON: see ``PhoneMessage``; to the phone go what happens in the call, levels, and how it ended.
final class PhoneConnection: ChannelInboundHandler {
    typealias InboundIn = WebSocketFrame
    typealias OutboundOut = WebSocketFrame

    private enum Phase {
        /// Nobody has been called yet.
        case idle
        /// It can be called.
        case reachable(ReachablePhone)
        case calling(PhoneCall, StreamResampler)
        /// It was called, and has answered.
        case called(PhoneCall, StreamResampler, ReachablePhone)
        /// The connection is being closed.
        case ending
    }

    private let desk: PhoneDesk
    private let sender: PhoneSender
    private var phase = Phase.idle
    /// Asks the phone from time to time whether it is there.
    private var asking: RepeatedTask?

    init(_ desk: PhoneDesk, _ sender: PhoneSender) {
        self.desk = desk
        self.sender = sender
    }

    func handlerAdded(context: ChannelHandlerContext) {
        // A page that is out of sight, or has no microphone, sends nothing by itself for minutes; its browser answers.
        let connection = NIOLoopBound(self, eventLoop: context.eventLoop)
        let time = desk.askingTime
        asking = context.eventLoop.scheduleRepeatedTask(initialDelay: time, delay: time) { _ in
            // Who has not said what it wants is not waited for.
            if case .idle = connection.value.phase { return }
            connection.value.sender.ping()
        }
    }

    func handlerRemoved(context: ChannelHandlerContext) { asking?.cancel() }

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
        leave()
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
            case (.number(let number), .idle):
                phase = .reachable(try desk.connect(number, sender))
            case (.answer(let rate), .reachable(let phone)):
                let call = PhoneCall(sender)
                // If it rings no longer, that has been told.
                guard phone.answer(call) else { break }
                phase = .called(call, StreamResampler(sampleRate: rate), phone)
                sender.send(.object([JSON.Member("type", .string("answered"))]))
            case (.refuse(let isBusy), .reachable(let phone)): phone.refuse(isBusy: isBusy)
            case (.key(let key), .calling(let call, _)), (.key(let key), .called(let call, _, _)): call.line.press(key)
            case (.hangUp, .calling(let call, _)), (.hangUp, .called(let call, _, _)): call.line.end()
            case (.rate(let rate), .calling(let call, _)):
                phase = .calling(call, StreamResampler(sampleRate: rate))
            case (.rate(let rate), .called(let call, _, let phone)):
                phase = .called(call, StreamResampler(sampleRate: rate), phone)
            case (.here, _): break
            // What was pressed as the call ended.
            case (.key, .reachable), (.hangUp, .reachable), (.rate, .reachable): break
            case (_, .idle): throw StudioError(.badRequest, "the first message must be of the type call or number")
            default: throw StudioError(.badRequest, "there is a call, or a number, already")
            }
        } catch { refuse(error.message) }
    }

    private func take(audio: ByteBuffer) {
        let (call, resampler): (PhoneCall, StreamResampler)
        switch phase {
        case .calling(let its, let own), .called(let its, let own, _): (call, resampler) = (its, own)
        // It was answered just after it had ceased to ring.
        case .reachable: return
        case .idle, .ending: return refuse("audio is for a call: the first message must be of the type call")
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
        leave()
        sender.close(code)
    }

    private func leave() {
        switch phase {
        case .calling(let call, _): call.line.end()
        case .called(let call, _, let phone):
            call.line.end()
            phone.disconnect()
        case .reachable(let phone): phone.disconnect()
        case .idle, .ending: break
        }
        phase = .ending
    }
}
