/// The WAV file that `play_wav_data` takes: a header of 44 bytes, `RIFF`, `fmt ` and `data`, and samples behind it.
///
/// This is the one judgement of such files, by their first bytes: validation makes it of base64, and `rtmedia inspect` of
/// files.
package struct PlayableWAV: Sendable, Hashable {
    /// The rate of the samples, in hertz.
    package static let sampleRate = 8000
    /// How many channels there are.
    package static let channels = 1
    /// The length of the header, in bytes.
    package static let headerByteCount = 44

    /// What stands between the size of the file and the first chunk behind `fmt `: the format in 16 bytes, PCM, 1 channel,
    /// 8000 Hz, 16000 bytes/s, 2 bytes a sample, 16 bit.
    static let format: [UInt8] =
        Array("WAVEfmt ".utf8) + [16, 0, 0, 0, 1, 0, 1, 0, 0x40, 0x1F, 0, 0, 0x80, 0x3E, 0, 0, 2, 0, 16, 0]

    /// The beginning of the file, the header at most.
    private let header: [UInt8]

    /// A file to judge.
    ///
    /// - Parameter beginning: its first bytes; those after the first 44 are of no consequence.
    package init(_ beginning: some Sequence<UInt8>) { header = Array(beginning.prefix(Self.headerByteCount)) }

    /// Whether the header states the format that the platform plays, in the plain way; the sizes may be any.
    package var hasFormat: Bool {
        header.starts(with: "RIFF".utf8) && header.dropFirst(8).starts(with: Self.format)
    }

    /// Whether the samples follow the format, without a chunk between them.
    package var hasAudioNext: Bool { header.dropFirst(36).starts(with: "data".utf8) }

    /// Whether the sizes in a plain header are those of a file of so many bytes.
    private func hasSizes(of byteCount: Int) -> Bool {
        // Half a sample at the end is none.
        let audio = max(0, byteCount - Self.headerByteCount) / 2 * 2
        return size(at: 4) == audio + Self.headerByteCount - 8 && size(at: 40) == audio
    }

    private func size(at offset: Int) -> Int? {
        guard offset + 4 <= header.count else { return nil }
        return header[offset..<(offset + 4)].reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    /// Why a file is not played as it is, though its format is right.
    package enum Flaw: Sendable, Hashable, CustomStringConvertible {
        /// The format is stated in another way, as in an extensible header.
        case format
        /// The sizes of the file or of its samples are not true.
        case sizes
        /// There are other chunks, which some players play.
        case chunks([String])
        /// There are so many bytes behind the audio, which some players play.
        case bytesBehind(Int)

        /// A clause that says what is wrong with the file.
        package var description: String {
            switch self {
            case .format: "its format is not stated the plain way (16 bytes, PCM)"
            case .sizes: "the sizes in its header are not true"
            case .chunks(let names):
                "it has chunks besides the audio (\(names.joined(separator: ", "))), which some players play as clicks"
            case .bytesBehind(let count): "\(count) bytes follow the audio, which some players play as clicks"
            }
        }
    }

    /// What is wrong with a whole file; nil if the platform plays it as it is.
    ///
    /// - Parameters:
    ///   - byteCount: the size of the file.
    ///   - chunks: the names of its chunks but `fmt ` and `data`.
    ///   - bytesBehind: how many bytes follow the audio; nil if there is no audio, or less than the header says.
    package func flaw(byteCount: Int, chunks: [String], bytesBehind: Int?) -> Flaw? {
        guard hasFormat else { return .format }
        if hasAudioNext, hasSizes(of: byteCount) { return nil }
        // What follows a size that is not true are no chunks.
        guard let bytesBehind else { return .sizes }
        if !chunks.isEmpty { return .chunks(chunks) }
        return bytesBehind > 0 ? .bytesBehind(bytesBehind) : .sizes
    }
}
