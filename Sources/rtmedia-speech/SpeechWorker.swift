import Files

/// The worker behind SpeechSynthesis: one process speaks one text, or lists the voices, and ends.
///
/// espeak-ng keeps its state in globals: a second text in one process sounds different from the first, and threads crash it.
/// In a process of its own the same text is the same audio always, and a text that crashes the engine harms no other.
///
/// ```
/// rtmedia-speech --voice roa/fr+f2 --rate 175 --pitch 50 [--ssml] [--phonemes] < text   22050 and a line end, then 16-bit samples
/// rtmedia-speech --voices                                                    the version, voices and variants, a line each
/// ```
///
/// Whatever the text is, it reads no file but the engine's data, and starts no program: markup is read here and written anew, so
/// that the engine sees only what was understood; and once the engine is there, the process gives up all rights it does not need.
///
/// Samples are little-endian, mono. It exits with 64 for wrong usage or a text that is refused, 65 for a voice that is not there, 69 if the engine has
/// no data, 71 for lack of memory, 74 if reading or writing failed, each with a sentence on standard error.
@main
enum SpeechWorker {
    static func main() {
        OwnProcess.tellLackOfMemory("rtmedia-speech: there is too little memory for it\n", to: 2, status: 71)
        do throws(WorkerFailure) {
            try limitResources()
            switch try WorkerRequest(CommandLine.arguments.dropFirst()) {
            case .voices: try Engine().listVoices()
            case .speak(let settings):
                let engine = try Engine()
                try engine.speak(try WorkerText(try standardInput(), isSSML: settings.isSSML), settings)
            }
        } catch {
            Output.complain(error.reason)
            OwnProcess.exit(error.status)
        }
    }

    /// Sees to it that a worker whose parent is gone, or which the engine makes greedy, ends.
    private static func limitResources() throws(WorkerFailure) {
        do throws(SystemError) {
            try ProcessLimits.bound(processorSeconds: 600, memory: 1 << 30, lifetime: 900)
        } catch { throw WorkerFailure(70, "\(error)") }
    }

    /// The most bytes of text, far more than markup can become that SpeechSynthesis has accepted.
    private static let textLimit = 1 << 20

    private static func standardInput() throws(WorkerFailure) -> [UInt8] {
        do throws(SystemError) {
            return try OpenFile(duplicating: 0, name: "standard input").contents(limit: textLimit)
        } catch {
            guard case .exceed = error.operation else { throw WorkerFailure(74, "reading standard input failed") }
            throw WorkerFailure(64, "the text is longer than \(textLimit) bytes")
        }
    }
}

/// Why the worker can't do what it is asked for.
struct WorkerFailure: Error {
    /// The exit code, of sysexits.h.
    let status: Int32
    let reason: String

    init(_ status: Int32, _ reason: String) {
        self.status = status
        self.reason = reason
    }
}
