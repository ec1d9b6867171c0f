/// What ffmpeg complains of, as far as it concerns the sound of the input.
///
/// Its own words name functions and fields of formats, so that they say little to who has the file: messages say what they mean.
enum FFmpegComplaint: Sendable, Hashable {
    /// There is no audio track.
    case noSound
    /// The sound is in a code, or in a variant of one, that ffmpeg does not decode.
    case unknownCode
    /// ffmpeg did not get the memory that it needs, or could not even be loaded.
    case noMemory
    /// An MP4 file without its index, which recorders write at last.
    case noIndex
    /// The file ends before what it tells of.
    case cutOff
    /// The header makes no sense.
    case damagedHeader
    /// Some part of the sound can't be decoded.
    case damaged

    /// - Parameter text: what ffmpeg wrote of errors.
    /// - Returns: the most telling complaint; nil if there is none, or only of other things than the sound of the input.
    init?(_ text: [UInt8]) {
        let lines = text.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
        let relevant = lines.filter(Self.concernsInput)
        guard !relevant.isEmpty else { return nil }
        self =
            Self.words.first { entry in relevant.contains { line in entry.words.contains { line.contains($0) } } }?
            .complaint ?? .damaged
    }

    /// A sentence about a container that nothing could be decoded of.
    func reason(_ container: Container) -> (code: ConversionErrorCode, text: String) {
        switch self {
        case .noSound: (.notAudio, "is \(container.name) without an audio track")
        case .unknownCode:
            (
                .unsupported,
                "is \(container.name), with audio in a codec that ffmpeg can't decode"
            )
        case .noMemory: (.unavailable, "is \(container.name), and ffmpeg did not get the memory that decoding it takes")
        case .noIndex:
            (.damaged, "is \(container.name) without its index: it was cut off, or its recording was never closed")
        case .cutOff: (.damaged, "is \(container.name) that was cut off before its audio")
        case .damagedHeader: (.damaged, "looks like \(container.name), but its header is damaged")
        case .damaged: (.damaged, "looks like \(container.name), but none of its audio can be decoded")
        }
    }

    /// What is wrong with a file of which a part was decoded.
    var defect: String {
        switch self {
        case .cutOff, .noIndex: "the file ends early: it was cut off"
        case .noMemory: "ffmpeg did not get the memory that decoding the rest takes"
        case .unknownCode: "part of the audio is in a codec that ffmpeg can't decode"
        case .noSound, .damagedHeader, .damaged: "part of the audio is damaged and can't be decoded"
        }
    }

    /// What tells each of them, the most telling first.
    private static let words: [(complaint: FFmpegComplaint, words: [String])] = [
        (.noMemory, ["Cannot allocate memory", "failed to map segment", "error while loading shared libraries"]),
        (.noSound, ["matches no streams"]),
        (
            .unknownCode,
            [
                "Decoder (codec", "not currently supported", "Unsupported codec", "Error while opening decoder",
                "Unknown input format", "Could not find codec parameters", "is not implemented", "Not yet implemented",
            ]
        ),
        (.noIndex, ["moov atom not found"]),
        (.cutOff, ["partial file", "ended prematurely", "Truncated", "truncated"]),
        (.damagedHeader, ["error reading header", "header parsing failed", "Header missing"]),
    ]

    /// What of ffmpeg has nothing to do with the sound of the input: what writes the output, and decoders of pictures.
    private static let others: Set<String> = [
        "au", "pcm_f32be", "auto_aresample_0", "h264", "hevc", "mjpeg", "png", "mpeg4", "mpeg2video", "vp8", "vp9",
        "av1",
    ]

    /// What says nothing of the sound: an index for seeking, names and numbers about the file, how packets of ASF are cut that
    /// are decoded all the same, and how often the line before came.
    private static let harmless = ["for index at pos", "AMF_", "ds_packet_size", "Last message repeated"]

    /// Whether a line concerns the input: it begins with the component that wrote it, in brackets, or with none.
    private static func concernsInput(_ line: String) -> Bool {
        if harmless.contains(where: line.contains) { return false }
        guard line.hasPrefix("[") else { return true }
        return !others.contains(String(line.dropFirst().prefix { $0 != " " && $0 != "]" }))
    }
}
