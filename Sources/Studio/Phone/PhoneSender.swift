import NIOCore
import NIOWebSocket
import RealTimeAPI
import Synchronization

/// Sends a phone what it hears and what it is told, from any thread.
///
/// A phone that takes nothing loses frames of audio, and its connection when too much else waits.
final class PhoneSender: Sendable {
    private let channel: any Channel
    private let backlogLimit: Int
    private let backlog = Atomic(0)
    private let isClosing = Atomic(false)

    init(_ channel: any Channel, backlogLimit: Int) {
        self.channel = channel
        self.backlogLimit = backlogLimit
    }

    /// Sends a frame of audio.
    ///
    /// - Returns: false if it is not sent, since others wait.
    func send(_ samples: [Int16]) -> Bool {
        guard !isClosing.load(ordering: .relaxed) else { return true }
        guard channel.isWritable else { return false }
        var buffer = ByteBuffer()
        buffer.reserveCapacity(2 * samples.count)
        for sample in samples { buffer.writeInteger(sample, endianness: .little) }
        channel.writeAndFlush(WebSocketFrame(fin: true, opcode: .binary, data: buffer), promise: nil)
        return true
    }

    /// Sends a message.
    func send(_ json: JSON) {
        // What is made here can be written; after the end there is nothing to tell.
        guard !isClosing.load(ordering: .relaxed), let text = try? JSONText(encoding: json) else { return }
        let buffer = ByteBuffer(bytes: text.bytes)
        let count = buffer.readableBytes
        guard backlog.add(count, ordering: .relaxed).newValue <= backlogLimit else {
            return channel.close(promise: nil)
        }
        channel.writeAndFlush(WebSocketFrame(fin: true, opcode: .text, data: buffer)).whenComplete { [self] _ in
            backlog.subtract(count, ordering: .relaxed)
        }
    }

    /// Asks the phone whether it is there; the browser answers by itself.
    func ping() {
        guard channel.isWritable, !isClosing.load(ordering: .relaxed) else { return }
        channel.writeAndFlush(WebSocketFrame(fin: true, opcode: .ping, data: ByteBuffer()), promise: nil)
    }

    /// Says, once, that the connection ends when all has been sent; the phone has a second to say so, too.
    ///
    /// Closed at once, it might lose what it has not read, since it still speaks.
    func close(_ code: WebSocketErrorCode = .normalClosure) {
        guard !isClosing.exchange(true, ordering: .relaxed) else { return }
        var buffer = ByteBuffer()
        buffer.write(webSocketErrorCode: code)
        channel.writeAndFlush(WebSocketFrame(fin: true, opcode: .connectionClose, data: buffer), promise: nil)
        let channel = channel
        channel.eventLoop.scheduleTask(in: .seconds(1)) { channel.close(promise: nil) }
    }
}
