import Files
import TelephonyAudio

/// The executable `rtmedia-speech`, which alone links the engine.
struct WorkerProgram: Sendable {
    let path: String
    /// What to do if it is another program, a clause; nil if whoever asked named it.
    private let remedy: String?

    private static let name = "rtmedia-speech"
    private static let variable = "RTMEDIA_SPEECH_WORKER"

    /// Finds the worker.
    ///
    /// - Parameter path: where it is; nil looks beside the running executable, then where the environment says.
    /// - Throws: `noWorker` if there is none.
    init(_ path: String?) throws(SpeechError) {
        if let path {
            (self.path, remedy) = (path, nil)
            return
        }
        let named = Environment[Self.variable]
        let places = [
            (
                path: OwnProcess.executable.map { PathName($0).folder + Self.name },
                remedy: "put the one there that was built with this program"
            ),
            (path: named, remedy: "\(Self.variable) must name another"),
        ].compactMap { place in place.path.map { (path: $0, remedy: place.remedy) } }
        // If none is executable, the first that exists: to start it tells why not.
        guard
            let found = places.first(where: { FileAccess.canExecute($0.path) })
                ?? places.first(where: { FileAccess.exists($0.path) })
        else {
            throw SpeechError(
                .noWorker, Self.name,
                "is \(named.map { "neither at \($0) (\(Self.variable)) nor" } ?? "not") beside \(OwnProcess.executable ?? "this program"); "
                    + "install its engine with: apt-get install libespeak-ng-dev")
        }
        (self.path, remedy) = (found.path, found.remedy)
    }

    /// Asks for version, voices and variants.
    func catalog(_ limits: SpeechLimits, _ cancellation: Cancellation) throws(SpeechError) -> VoiceCatalog {
        let run = try WorkerRun(path, ["--voices"], text: "", about: Self.name)
        let bytes: [UInt8]
        let limit = 4 << 20
        do throws(SpeechError) {
            bytes = try run.output(
                limit: limit, patience: limits.patience, cancellation, excess: "writes more than \(limit) bytes")
        } catch {
            // Nobody's text is at fault.
            guard error.code == .cancelled || error.code.group == .unavailable else {
                let reason = error.reason.replacing("; other texts are not affected", with: "")
                throw SpeechError(.unavailable, path, "does not list its voices as rtmedia-speech does: \(reason)")
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
        SpeechError(
            .unavailable, path, "does not answer like rtmedia-speech\(remedy.map { "; \($0)" } ?? "")")
    }
}
