/// Levels of recordings, as they are kept in a file.
///
/// All numbers are little-endian, unsigned unless said otherwise. The format, version 1:
///
/// | bytes | what |
/// |---|---|
/// | 8 | `RTLEVELS` |
/// | 4 | version: 1 |
/// | 4 | samples in a frame: 160 |
/// | 8 | seed of the noise |
/// | 4 | number of line conditions, 1...64 |
/// | 8 each | gain in dB, noise in dBov, both signed; noise 127 is none |
/// | 4 | number of recordings, 1...10000000 |
/// | ... | the recordings |
/// | 32 | SHA-256 of all before |
///
/// and of a recording:
///
/// | bytes | what |
/// |---|---|
/// | 2 | bytes in the name, 1...4096 |
/// | ... | the name, UTF-8, without control characters |
/// | 32 | SHA-256 of the recording's content |
/// | 8 | samples in the recording, at 8000 Hz, 1...2^40 |
/// | 2 per frame and condition | mean magnitudes, 0...32768, condition after condition; frames of 20 ms, 3000 at the most |
/// | 4 per frame | the lowest and the highest sample of the recording as it is, signed |
///
/// Files of the same conditions and seed add up: the result is that of one file with all recordings.
public struct LevelFile: Sendable, Hashable {
    /// The line conditions that levels were measured under.
    public var conditions: [LineCondition]
    /// The seed of the noise.
    public var seed: UInt64
    /// The recordings.
    public var recordings: [RecordingLevels]

    static let magic = Array("RTLEVELS".utf8)
    static let version: UInt32 = 1
    static let conditionLimit = 64
    static let recordingLimit = 10_000_000
    static let nameLimit = 4096
    static let sampleLimit = 1 << 40
    private static let noNoise: Int32 = 127

    /// The levels of recordings.
    public init(conditions: [LineCondition] = LineCondition.standard, seed: UInt64 = 1, recordings: [RecordingLevels]) {
        self.conditions = conditions
        self.seed = seed
        self.recordings = recordings
    }

    /// Whether bytes begin as level files do.
    public static func isLevelFile(_ head: some Collection<UInt8>) -> Bool { head.starts(with: magic) }

    /// The whole file; the same for the same recordings in whatever order.
    public var bytes: [UInt8] {
        var bytes = Self.magic
        Self.append(Self.version, to: &bytes)
        Self.append(UInt32(RecordingLevels.frameLength), to: &bytes)
        Self.append(seed, to: &bytes)
        Self.append(UInt32(conditions.count), to: &bytes)
        for condition in conditions {
            Self.append(Int32(condition.gain), to: &bytes)
            Self.append(condition.noise.map(Int32.init) ?? Self.noNoise, to: &bytes)
        }
        Self.append(UInt32(recordings.count), to: &bytes)
        for recording in recordings.sorted(by: { ($0.name, $0.digest.text) < ($1.name, $1.digest.text) }) {
            Self.append(recording, to: &bytes)
        }
        return bytes + ContentDigest(of: bytes.span.bytes).bytes
    }

    private static func append(_ recording: RecordingLevels, to bytes: inout [UInt8]) {
        let name = stored(recording.name)
        append(UInt16(name.count), to: &bytes)
        bytes += name
        bytes += recording.digest.bytes
        append(UInt64(recording.sampleCount), to: &bytes)
        for level in recording.levels { append(level, to: &bytes) }
        for extreme in recording.extremes { append(extreme, to: &bytes) }
    }

    /// A name as a file can hold it: U+FFFD stands for each control character, and of a name that is too long its end is kept.
    private static func stored(_ name: String) -> ArraySlice<UInt8> {
        var scalars = String.UnicodeScalarView()
        scalars.append(contentsOf: name.unicodeScalars.map { $0.value < 32 || $0.value == 127 ? "\u{FFFD}" : $0 })
        let bytes = Array(String(scalars).utf8)
        // A character is kept whole.
        return bytes.suffix(nameLimit).drop { bytes.count > nameLimit && $0 & 0xC0 == 0x80 }
    }

    private static func append(_ number: some FixedWidthInteger, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }

    /// Reads a file.
    ///
    /// Nothing is taken on trust: counts are held against what the file has, values against their ranges, and the whole
    /// against its digest.
    ///
    /// - Parameters:
    ///   - bytes: the whole file.
    ///   - name: what errors call it.
    /// - Throws: an error that says what is wrong, and where.
    public init(_ bytes: [UInt8], name: String) throws(TuningError) {
        var reader = LevelFileReader(bytes, name: name)
        (conditions, seed) = try reader.readHead()
        recordings = try reader.readRecordings(conditionCount: conditions.count)
    }

    /// A line condition as the file has it; nil if it is out of range.
    static func condition(gain: Int32, noise: Int32) -> LineCondition? {
        LineCondition(gain: Int(gain), noise: noise == noNoise ? nil : Int(noise))
    }
}
