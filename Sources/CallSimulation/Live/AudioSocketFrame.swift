import NIOCore
import TelephonyAudio

/// A frame of Asterisk's AudioSocket: its kind in a byte, the payload's length in two, big-endian, and the payload.
///
/// Asterisk: `res/res_audiosocket.c`, and the documentation of its application AudioSocket().
enum AudioSocketFrame: Equatable {
    /// Whoever sends it hangs up.
    case hangUp
    /// The call's UUID, which comes first.
    case identifier([UInt8])
    /// A key, which Asterisk sends since version 20.
    case key(DTMFKey)
    /// Samples at 8 kHz.
    case audio([Int16])
    /// Why the other side can't go on: a code of its own.
    case error([UInt8])
    /// What is not known here, or can't be used.
    case other(kind: UInt8)

    private static let hangUpKind: UInt8 = 0x00
    private static let identifierKind: UInt8 = 0x01
    private static let keyKind: UInt8 = 0x03
    private static let audioKind: UInt8 = 0x10
    private static let errorKind: UInt8 = 0xFF

    /// Takes the next whole frame of what has come; nil if there is none yet.
    init?(readingFrom buffer: inout ByteBuffer) {
        guard let kind = buffer.getInteger(at: buffer.readerIndex, as: UInt8.self),
            let length = buffer.getInteger(at: buffer.readerIndex + 1, as: UInt16.self),
            buffer.readableBytes >= 3 + Int(length)
        else { return nil }
        buffer.moveReaderIndex(forwardBy: 3)
        let payload = buffer.readBytes(length: Int(length)) ?? []
        switch kind {
        case Self.hangUpKind: self = .hangUp
        case Self.identifierKind where payload.count == 16: self = .identifier(payload)
        case Self.keyKind:
            let key = payload.first.flatMap { DTMFKey(Character(Unicode.Scalar($0))) }
            self = key.map { .key($0) } ?? .other(kind: kind)
        case Self.audioKind where payload.count.isMultiple(of: 2):
            self = .audio(
                stride(from: 0, to: payload.count, by: 2).map { index in
                    Int16(bitPattern: UInt16(payload[index]) | UInt16(payload[index + 1]) << 8)
                })
        case Self.errorKind: self = .error(payload)
        default: self = .other(kind: kind)
        }
    }

    /// The bytes of a frame of audio.
    static func bytes(ofAudio samples: [Int16]) -> ByteBuffer {
        var buffer = ByteBuffer()
        buffer.reserveCapacity(3 + 2 * samples.count)
        buffer.writeInteger(audioKind)
        buffer.writeInteger(UInt16(2 * samples.count))
        for sample in samples { buffer.writeInteger(sample, endianness: .little) }
        return buffer
    }

    /// The bytes that hang up.
    static let bytesOfHangUp = ByteBuffer(bytes: [hangUpKind, 0, 0])
}
