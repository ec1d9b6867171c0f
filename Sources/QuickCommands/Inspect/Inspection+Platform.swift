import AudioConversion
import RealTimeAPI

// What the platform makes of a file: AudioConversion says what is in it, and RealTimeAPI what `play_wav_data` takes.
extension Inspection {
    /// What the platform makes of the file's form, if it is a plain WAV file.
    private var judgement: PlayableWAV? {
        guard let wav, wav.isRIFF, wav.leadingTagByteCount == 0 else { return nil }
        return PlayableWAV(
            byteCount: wav.byteCount, statedSize: wav.statedSize,
            chunks: wav.chunks.map { PlayableWAV.Chunk(name: $0.name, start: $0.start, size: $0.size) },
            format: wav.format)
    }

    /// Why the platform does not play the file, a clause each; nothing if it does.
    var formatProblems: [String] {
        if let wav, wav.leadingTagByteCount > 0 {
            return ["a tag of \(wav.leadingTagByteCount) bytes stands before the WAV header"]
        }
        return judgement?.problems ?? ["it is \(container), not \(wav == nil ? "a WAV file" : "plain RIFF")"]
    }

    /// What is unusual about the file's form, a clause each.
    var formatAdvice: [String] { judgement?.warnings ?? [] }

    /// How bad a finding is for the platform: that sizes are not true is of the file's form, which is judged as in validation.
    func severity(of finding: Finding) -> Finding.Severity {
        guard case .warning(.damaged) = finding, let judgement, judgement.problems.isEmpty, !judgement.warnings.isEmpty
        else { return finding.severity }
        return .advice
    }

    /// Whether the platform plays the file as it is.
    var isAccepted: Bool { formatProblems.isEmpty && !findings.contains { severity(of: $0) == .problem } }
}
