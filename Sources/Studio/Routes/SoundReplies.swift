import NIOHTTP1
import TelephonyAudio

/// A sound as the page hears and draws it.
enum SoundReplies {
    /// The whole as a WAV file, or the part that is asked for.
    static func wav(_ sound: RecordingSound, _ request: StudioRequest) -> StudioReply {
        let count = WAVHeader.byteCount + 2 * sound.samples.count
        let range: Range<Int>
        var status = HTTPResponseStatus.ok
        var fields: [(name: String, value: String)] = [("Accept-Ranges", "bytes")]
        switch ByteRange(request.headers.first(name: "Range"), of: count) {
        case .whole: range = 0..<count
        case .part(let part):
            range = part
            status = .partialContent
            fields.append(("Content-Range", "bytes \(part.lowerBound)-\(part.upperBound - 1)/\(count)"))
        case .unsatisfiable:
            var reply = StudioReply.error(StudioError(.rangeNotSatisfiable, "the file has \(count) bytes"))
            reply.fields = [("Content-Range", "bytes */\(count)"), ("Accept-Ranges", "bytes")]
            return reply
        }
        let first = range.lowerBound
        var reply = StudioReply(
            status, "audio/wav",
            .parts(count: range.count) { offset in
                bytes(sound.samples, first + offset..<min(range.upperBound, first + offset + partLength))
            })
        reply.fields = fields
        return reply
    }

    /// How many bytes are written at a time.
    private static let partLength = 1 << 17

    /// A part of the file's bytes.
    private static func bytes(_ samples: [Int16], _ range: Range<Int>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(range.count)
        if range.lowerBound < WAVHeader.byteCount {
            let header = WAVHeader(sampleCount: samples.count).bytes
            bytes += header[range.lowerBound..<min(range.upperBound, header.count)]
        }
        let first = max(range.lowerBound, WAVHeader.byteCount) - WAVHeader.byteCount
        let last = range.upperBound - WAVHeader.byteCount
        guard first < last else { return bytes }
        for index in first..<last {
            let pattern = UInt16(bitPattern: samples[index / 2])
            bytes.append(UInt8(truncatingIfNeeded: index.isMultiple(of: 2) ? pattern : pattern >> 8))
        }
        return bytes
    }

    /// A part of it as columns to draw.
    ///
    /// - Throws: 400 if the part or the number of columns is none.
    static func picture(_ sound: RecordingSound, _ request: StudioRequest) throws(StudioError) -> StudioReply {
        let end = sound.duration / .milliseconds(1)
        let times = -1e9...1e9
        let from = try request.number("from", in: times, default: 0)
        let to = try request.number("to", in: times, default: max(end, 1))
        let columns = try request.number("columns", in: 1...Double(SoundPictureData.columnLimit), default: 1000)
        guard from < to else { throw StudioError(.badRequest, "from must be less than to") }
        let picture = SoundPictureData(
            start: from * 8, end: to * 8, columnCount: Int(columns),
            withProbability: request.query["threshold"] == "adaptive")
        return StudioReply(.ok, "application/octet-stream", .bytes(picture.bytes(of: sound)))
    }
}
