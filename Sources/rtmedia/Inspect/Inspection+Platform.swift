import AudioConversion
import RealTimeAPI

// What the platform makes of a file: AudioConversion says what is in it, and RealTimeAPI what `play_wav_data` takes.
extension Inspection {
    /// What is wrong with the file's format, a clause each; nothing if it is just what the platform plays.
    var formatProblems: [String] {
        guard let wav else { return ["it is \(container), not a WAV file"] }
        var problems: [String] = []
        if !wav.isRIFF { problems.append("it is \(container), not plain RIFF") }
        if !wav.is16BitPCM { problems.append("its samples are \(encoding), not 16-bit PCM") }
        if sampleRate != PlayableWAV.sampleRate {
            problems.append("its rate is \(sampleRate) Hz, not \(PlayableWAV.sampleRate) Hz")
        }
        if channels != PlayableWAV.channels {
            problems.append("it has \(channels) channels, not \(PlayableWAV.channels)")
        }
        guard problems.isEmpty else { return problems }
        let flaw = PlayableWAV(wav.beginning).flaw(
            byteCount: wav.byteCount, chunks: wav.otherChunks, bytesBehind: wav.bytesBehindAudio)
        return flaw.map { [$0.description] } ?? []
    }

    /// Whether the platform plays the file as it is.
    var isAccepted: Bool { formatProblems.isEmpty && !findings.contains { $0.severity == .problem } }
}
