import Files
import TelephonyAudio

/// The executable `rtmedia-speech`, which alone links the engine.
struct WorkerProgram: Sendable {
    let path: String

    private static let name = "rtmedia-speech"
    private static let variable = "RTMEDIA_SPEECH_WORKER"

    /// Finds the worker.
    ///
    /// - Parameter path: where it is; nil looks beside the running executable, then where the environment says.
    /// - Throws: `noWorker` if there is none.
    init(_ path: String?) throws(SpeechError) {
        let beside = OwnProcess.executable.map { PathName($0).folder + Self.name }
        let named = Environment[Self.variable]
        guard let found = path ?? [beside, named].lazy.compactMap({ $0 }).first(where: FileAccess.canExecute) else {
            throw SpeechError(
                .noWorker, Self.name,
                "is \(named.map { "neither at \($0) (\(Self.variable)) nor" } ?? "not") beside \(OwnProcess.executable ?? "this program"); "
                    + "install its engine with: apt-get install libespeak-ng-dev")
        }
        self.path = found
    }

    /// Asks for version, voices and variants.
    func catalog(_ limits: SpeechLimits, _ cancellation: Cancellation) throws(SpeechError) -> VoiceCatalog {
        let run = try WorkerRun(path, ["--voices"], text: "", about: Self.name)
        let bytes: [UInt8]
        do throws(SpeechError) { bytes = try run.output(limit: 4 << 20, patience: limits.patience, cancellation) } catch
        {
            // Nobody's text is at fault.
            guard error.code == .cancelled || error.code.group == .unavailable else {
                let reason = error.reason.replacing("; other texts are not concerned", with: "")
                throw SpeechError(.unavailable, path, "does not tell its voices, as rtmedia-speech does: \(reason)")
            }
            throw error
        }
        guard let catalog = VoiceCatalog(listing: String(decoding: bytes, as: UTF8.self)) else { throw notTheWorker }
        return catalog
    }

    /// Has a text spoken.
    ///
    /// - Throws: what a run throws.
    func speak(
        _ key: SpeechKey, _ limits: SpeechLimits, _ cancellation: Cancellation
    ) throws(SpeechError) -> LinearPCM {
        let arguments =
            ["--voice", key.voice, "--rate", "\(key.rate)", "--pitch", "\(key.pitch)"]
            + (key.isMarkup ? ["--ssml"] : [])
            + (key.hasPhonemes ? ["--phonemes"] : [])
        let run = try WorkerRun(path, arguments, text: key.text, about: excerpt(of: key.text))
        // What the engine delivers, 22,050 samples of 2 bytes a second, and the line before it.
        let limit = Int(limits.maximumDuration / .microseconds(1) * 0.0441) + 16
        let bytes = try run.output(limit: limit, patience: limits.patience, cancellation)
        guard let lineEnd = bytes.prefix(8).firstIndex(of: UInt8(ascii: "\n")),
            let sampleRate = Int(String(decoding: bytes[..<lineEnd], as: UTF8.self)),
            (8000...48_000).contains(sampleRate),
            (bytes.count - lineEnd - 1) % 2 == 0
        else { throw notTheWorker }
        return LinearPCM(sampleRate: sampleRate, bytes: Array(bytes[(lineEnd + 1)...]))
    }

    private var notTheWorker: SpeechError {
        SpeechError(.unavailable, path, "answers as no rtmedia-speech does; \(Self.variable) must name another")
    }
}
