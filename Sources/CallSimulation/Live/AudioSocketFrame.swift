import NIOCore
import TelephonyAudio

/// A frame of Asterisk's AudioSocket: its kind in a byte, the payload's length in two, big-endian, and the payload.
///
/// Asterisk: `res/res_audiosocket.c` and `include/asterisk/res_audiosocket.h`, and the documentation of its application AudioSocket().
enum AudioSocketFrame: Equatable {
    /// Whoever sends it hangs up.
    case hangUp
    /// The call's UUID, which comes first.
    case identifier([UInt8])
    /// A key, which Asterisk sends since 2025.
    case key(DTMFKey)
    /// Samples, at 8 kHz, or at 16 kHz where a channel's format is slin16.
    case audio([Int16], sampleRate: Int)
    /// Why the other side can't go on: a code of its own.
    case error([UInt8])
    /// A frame of a kind that is not known here, as a later Asterisk may send.
    case other(kind: UInt8)

    /// What is wrong with a frame of a known kind, or with bytes that are no frame at all.
    struct Malformed: Error, Equatable {
        let reason: String
    }

    private static let hangUpKind: UInt8 = 0x00
    private static let identifierKind: UInt8 = 0x01
    private static let keyKind: UInt8 = 0x03
    private static let audioKind: UInt8 = 0x10
    private static let wideAudioKind: UInt8 = 0x11
    private static let errorKind: UInt8 = 0xFF

    /// Takes the next frame out of a buffer; nil, and nothing taken, if it has not come whole yet.
    ///
    /// - Parameter isFirst: whether it is the connection's first, which has to be an identifier, a hang-up or an error. What is neither
    ///   throws as soon as its header is there, since its length means nothing then.
    /// - Throws: ``Malformed`` for what is no AudioSocket.
    init?(readingFrom buffer: inout ByteBuffer, isFirst: Bool) throws(Malformed) {
        guard let kind = buffer.getInteger(at: buffer.readerIndex, as: UInt8.self),
            let length = buffer.getInteger(at: buffer.readerIndex + 1, as: UInt16.self)
        else { return nil }
        if isFirst, ![Self.identifierKind, Self.hangUpKind, Self.errorKind].contains(kind) {
            throw Malformed(reason: "the first frame is of the kind \(Self.text(of: kind)), not a UUID")
        }
        guard buffer.readableBytes >= 3 + Int(length) else { return nil }
        buffer.moveReaderIndex(forwardBy: 3)
        let payload = buffer.readBytes(length: Int(length)) ?? []
        switch kind {
        case Self.hangUpKind: self = .hangUp
        case Self.identifierKind:
            guard payload.count == 16 else { throw Malformed(reason: "a UUID has 16 bytes, not \(payload.count)") }
            self = .identifier(payload)
        case Self.keyKind:
            guard payload.count == 1, let key = DTMFKey(Character(Unicode.Scalar(payload[0]))) else {
                throw Malformed(reason: "a key is one of 0...9, *, # and A...D")
            }
            self = .key(key)
        case Self.audioKind, Self.wideAudioKind:
            guard payload.count.isMultiple(of: 2) else {
                throw Malformed(reason: "a frame of audio has \(payload.count) bytes, and a sample two")
            }
            let samples = stride(from: 0, to: payload.count, by: 2).map { index in
                Int16(bitPattern: UInt16(payload[index]) | UInt16(payload[index + 1]) << 8)
            }
            self = .audio(samples, sampleRate: kind == Self.audioKind ? 8000 : 16_000)
        case Self.errorKind: self = .error(payload)
        default: self = .other(kind: kind)
        }
    }

    /// A kind as the protocol's documentation writes it, as in `0x10`.
    static func text(of kind: UInt8) -> String { "0x\(kind < 16 ? "0" : "")\(String(kind, radix: 16))" }

    /// The bytes of a frame of audio, at 8 kHz.
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

    /// The bytes of an error, without a code.
    static let bytesOfError = ByteBuffer(bytes: [errorKind, 0, 0])
}
