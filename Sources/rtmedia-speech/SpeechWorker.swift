import Glibc

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
        limitResources()
        do throws(WorkerFailure) {
            switch try WorkerRequest(CommandLine.arguments.dropFirst()) {
            case .voices: try Engine().listVoices()
            case .speak(let settings): try Engine().speak(try standardInput(), settings)
            }
        } catch {
            Output.complain(error.reason)
            exit(error.status)
        }
    }

    /// Sees to it that a worker whose parent is gone, or which the engine makes greedy, ends.
    private static func limitResources() {
        // The thread that started it may have blocked the signals that limits end with.
        var none = sigset_t()
        sigemptyset(&none)
        sigprocmask(SIG_SETMASK, &none, nil)
        alarm(900)
        func limit(_ resource: __rlimit_resource, _ value: rlim_t) {
            var limit = rlimit(rlim_cur: value, rlim_max: value)
            setrlimit(__rlimit_resource_t(resource.rawValue), &limit)
        }
        limit(RLIMIT_CPU, 600)
        limit(RLIMIT_AS, 1 << 30)
        limit(RLIMIT_CORE, 0)
    }

    /// The text to speak, ended by a zero.
    private static func standardInput() throws(WorkerFailure) -> [CChar] {
        var text: [CChar] = []
        var buffer = [CChar](repeating: 0, count: 1 << 16)
        while true {
            let count = read(0, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw WorkerFailure(74, "reading standard input failed") }
            if count == 0 { return text + [0] }
            text += buffer[..<count]
            guard text.count <= 16 << 20 else { throw WorkerFailure(64, "the text is longer than 16 MiB") }
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
