import Files

/// The worker behind SpeechSynthesis: one process speaks one text, or lists the voices, and ends.
///
/// espeak-ng keeps its state in globals: a second text in one process sounds different from the first, and threads crash it.
/// In a process of its own the same text is the same audio always, and a text that crashes the engine harms no other.
///
/// ```
/// rtmedia-speech --voice roa/fr+f2 --rate 175 --pitch 50 [--ssml] < text     22050 and a line end, then 16-bit samples
/// rtmedia-speech --voices                                                    the version, voices and variants, a line each
/// ```
///
/// Samples are little-endian, mono. It exits with 64 for wrong usage, 65 for a voice that is not there, 69 if the engine has
/// no data, 74 if reading or writing failed, each with a sentence on standard error.
@main
enum SpeechWorker {
    static func main() {
        do throws(WorkerFailure) {
            try limitResources()
            switch try WorkerRequest(CommandLine.arguments.dropFirst()) {
            case .voices: try Engine().listVoices()
            case .speak(let settings): try Engine().speak(try standardInput(), settings)
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

    /// The most bytes of text.
    private static let textLimit = 16 << 20

    /// The text to speak, ended by a zero.
    private static func standardInput() throws(WorkerFailure) -> [CChar] {
        let bytes: [UInt8]
        do throws(SystemError) {
            bytes = try OpenFile(duplicating: 0, name: "standard input").contents(limit: textLimit)
        } catch {
            guard case .exceed = error.operation else { throw WorkerFailure(74, "reading standard input failed") }
            throw WorkerFailure(64, "the text is longer than 16 MiB")
        }
        return bytes.map { CChar(bitPattern: $0) } + [0]
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
