import TelephonyAudio

/// Reads a level file, and refuses whatever is not one.
struct LevelFileReader {
    private let bytes: [UInt8]
    private let name: String
    private var position = 0
    /// Where the digest begins.
    private var end = 0

    init(_ bytes: [UInt8], name: String) {
        self.bytes = bytes
        self.name = name
    }

    mutating func readHead() throws(TuningError) -> ([LineCondition], UInt64) {
        guard LevelFile.isLevelFile(bytes) else { throw refusal("is not a level file; rtmedia levels writes them") }
        position = LevelFile.magic.count
        end = bytes.count
        let version = try read(UInt32.self)
        guard version == LevelFile.version else {
            throw refusal(
                "has version \(version), and only \(LevelFile.version) is known; write it anew with rtmedia levels")
        }
        try checkDigest()
        let frameLength = try read(UInt32.self)
        guard frameLength == RecordingLevels.frameLength else {
            throw refusal("has frames of \(frameLength) samples instead of \(RecordingLevels.frameLength)")
        }
        let seed = try read(UInt64.self)
        let count = Int(try read(UInt32.self))
        guard (1...LevelFile.conditionLimit).contains(count) else {
            throw refusal("has \(count) line conditions; 1...\(LevelFile.conditionLimit) are accepted")
        }
        var conditions: [LineCondition] = []
        for _ in 0..<count {
            let (gain, noise) = (try read(Int32.self), try read(Int32.self))
            guard let condition = LevelFile.condition(gain: gain, noise: noise), !conditions.contains(condition) else {
                throw refusal(
                    "has a line condition of \(gain) dB and noise \(noise) that is out of range or there twice")
            }
            conditions.append(condition)
        }
        return (conditions, seed)
    }

    mutating func readRecordings(conditionCount: Int) throws(TuningError) -> [RecordingLevels] {
        let count = Int(try read(UInt32.self))
        guard (1...LevelFile.recordingLimit).contains(count) else {
            throw refusal("has \(count) recordings; 1...\(LevelFile.recordingLimit) are accepted")
        }
        // No reserve: the count is not to be trusted until that many have been read.
        var recordings: [RecordingLevels] = []
        for _ in 0..<count { recordings.append(try readRecording(conditionCount: conditionCount)) }
        guard position == end else { throw refusal("has \(end - position) bytes after its last recording") }
        return recordings
    }

    private mutating func readRecording(conditionCount: Int) throws(TuningError) -> RecordingLevels {
        let recordingName = try readName()
        let digest = ContentDigest(bytes: try take(32))!
        let sampleCount = try read(UInt64.self)
        guard (1...UInt64(LevelFile.sampleLimit)).contains(sampleCount) else {
            throw refusal("has a recording of \(sampleCount) samples, \(recordingName)")
        }
        let frameCount = RecordingLevels.frameCount(sampleCount: Int(sampleCount))
        let levels = try readNumbers(UInt16.self, count: conditionCount * frameCount)
        guard levels.allSatisfy({ $0 <= 32_768 }) else {
            throw refusal("has a level over 32768 in the recording \(recordingName)")
        }
        let extremes = try readNumbers(Int16.self, count: 2 * frameCount)
        guard stride(from: 0, to: extremes.count, by: 2).allSatisfy({ extremes[$0] <= extremes[$0 + 1] }) else {
            throw refusal("has a lowest sample over the highest in the recording \(recordingName)")
        }
        return RecordingLevels(
            name: recordingName, digest: digest, sampleCount: Int(sampleCount), frameCount: frameCount, levels: levels,
            extremes: extremes)
    }

    private mutating func readName() throws(TuningError) -> String {
        let count = Int(try read(UInt16.self))
        guard (1...LevelFile.nameLimit).contains(count) else {
            throw refusal("has a name of \(count) bytes; 1...\(LevelFile.nameLimit) are accepted")
        }
        guard let text = String(validating: try take(count), as: UTF8.self),
            !text.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 })
        else { throw refusal("has a name that is no UTF-8 text or holds control characters") }
        return text
    }

    /// The digest comes first, so that damage is called damage.
    private mutating func checkDigest() throws(TuningError) {
        guard bytes.count >= position + 32 else { throw refusal("ends early; write it anew with rtmedia levels") }
        end = bytes.count - 32
        let digest = bytes[..<end].withUnsafeBytes { ContentDigest(of: $0) }
        guard digest.bytes[...] == bytes[end...] else {
            throw refusal(
                "is damaged or ends early: its digest is not that of its content; write it anew with rtmedia levels")
        }
    }

    private mutating func take(_ count: Int) throws(TuningError) -> ArraySlice<UInt8> {
        guard count <= end - position else { throw refusal("has less in it than it says") }
        defer { position += count }
        return bytes[position..<(position + count)]
    }

    private mutating func read<Number: FixedWidthInteger>(_ type: Number.Type) throws(TuningError) -> Number {
        try readNumbers(type, count: 1)[0]
    }

    private mutating func readNumbers<Number: FixedWidthInteger>(
        _ type: Number.Type, count: Int
    ) throws(TuningError) -> [Number] {
        let size = MemoryLayout<Number>.size
        return try take(count * size).withUnsafeBytes { bytes in
            (0..<count).map {
                Number(littleEndian: bytes.loadUnaligned(fromByteOffset: $0 * size, as: Number.self))
            }
        }
    }

    private func refusal(_ reason: String) -> TuningError { TuningError(.levels, name, reason) }
}
