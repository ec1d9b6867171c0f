import ArgumentParser
import AudioConversion
import CallSimulation
import SpeechSynthesis
import TelephonyAudio

/// `rtmedia call`.
struct CallCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "call",
        abstract: "Place a call to a handler, as the platform does, and execute what it answers.",
        discussion: """
            Prints what happened, with the time in the call. The call's clock is virtual: a minute of it takes no time, \
            but the handler has five real seconds for an answer. Exits with 0 if the handler did nothing that the \
            platform refuses, with 65 if it did.
            """
    )

    @Argument(help: "The handler's URL, as in http://login:password@127.0.0.1:8080/.")
    var handler: String

    @Option(help: "What the caller says as soon as a command listens.")
    var say: String?

    @Option(
        help: ArgumentHelp("The voice that the caller says it with.", valueName: "voice"))
    var voice = "en"

    @Option(help: "A file that comes from the caller as soon as a command listens.", completion: .file())
    var audio: String?

    @Option(help: "The keys that the caller presses when read asks for them, as in 12#.", transform: parseKeys)
    var keys: [DTMFKey] = []

    @Option(
        help: ArgumentHelp("When the caller hangs up, in seconds of the call.", valueName: "seconds"))
    var hangUpAfter = 600

    @Option(help: "The folder with the Media Library: 42.wav is the media 42.", completion: .directory)
    var media: String?

    @Flag(help: "Place an outbound call: with a request hash, UP from the start.")
    var outbound = false

    @Option(
        help: ArgumentHelp(
            "The file to write the call to: WAV, the caller left, the platform right.", valueName: "file"),
        completion: .file())
    var record: String?

    @Flag(name: .shortAndLong, help: "Replace a recording that exists.")
    var force = false

    @Flag(help: "Print JSON, one event per line.")
    var json = false

    func run() async throws {
        Console.silenceLibraries()
        let outcome: CallOutcome
        do throws(SimulationError) { outcome = try await CallSimulator.place(try await setup()) } catch {
            Console.note("rtmedia: \(error)")
            throw error.code == .address ? ExitStatus.usage : ExitStatus.unavailable
        }
        for event in outcome.transcript.events { Console.data(json ? jsonLine(event) : event.line) }
        if let record { try write(outcome, to: record) }
        try Console.checkData()
        if outcome.refusal != nil { throw ExitStatus.badData }
    }

    private func setup() async throws(SimulationError) -> CallSetup {
        var setup = CallSetup(try HandlerAddress(handler), sounds: Sounds(folder: media, synthesizer: speaker()))
        setup.isOutbound = outbound
        setup.caller.patience = .seconds(min(max(hangUpAfter, 0), 86_400))
        if let audio {
            do throws(ConversionError) {
                let sound = try AudioConverter().convert(.file(audio)).audio
                setup.caller.steps.append(.init(.heard, .sound(sound)))
            } catch { throw SimulationError(.sound, error.file, error.reason) }
        }
        if let say { setup.caller.steps.append(.init(.heard, .sound(try await speaker()(say, voice)))) }
        if !keys.isEmpty { setup.caller.steps.append(.init(.asked, .keys(keys))) }
        return setup
    }

    private func write(_ outcome: CallOutcome, to path: String) throws {
        do throws(ConversionError) { try AtomicFile.write(outcome.wav, to: path, replacing: force) } catch {
            Console.note("rtmedia: \(error)")
            throw ExitStatus.code(for: error)
        }
    }
}

/// Says texts with the local voices.
private func speaker() -> Sounds.Synthesizer {
    let synthesizer = SpeechSynthesizer()
    return { text, voice async throws(SimulationError) in
        do {
            return try await synthesizer.speech(for: Utterance(text, voice: voice)).audio()
        } catch { throw SimulationError(.sound, voice, "\(error)") }
    }
}

/// The keys of a text.
private func parseKeys(_ text: String) throws -> [DTMFKey] {
    try text.map { character in
        guard let key = DTMFKey(character) else { throw ValidationError("'\(text)': keys are 0-9, A-D, * and #") }
        return key
    }
}
