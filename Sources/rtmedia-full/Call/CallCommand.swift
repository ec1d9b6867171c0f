import AudioConversion
import CallSimulation
import CommandArguments
import Files
import Presentation
import QuickCommands
import RealTimeAPI
import Synchronization
import TelephonyAudio
import UnixSignals

/// `rtmedia call`.
struct CallCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "call",
        abstract: "Place calls to a handler, as the platform does, and execute what it answers.",
        discussion: """
            Without a scenario, places one call and prints what happened, with the time in the call. The call's clock is \
            virtual: a minute of it takes no time, but the handler has five real seconds for an answer. Exits with 0 if \
            the handler did nothing that the platform refuses, with 65 if it did, with 69 if nothing listens there.

            A scenario is a YAML file that says what callers do, and what is expected of the handler; rtmedia-scenario(5), or \
            the article Scenarios of the documentation, is the reference. Prints the differences for each. Exits with 0 if everything was as \
            expected, with 1 if not, with 65 if a file has errors, with 66 if it can't be opened.
            """
    )

    @Argument(help: "The handler's URL, as in http://login:password@127.0.0.1:8080/.")
    var handler: String

    @Argument(
        help: ArgumentHelp("Scenario files, or folders with them.", valueName: "scenario"),
        completion: .file(extensions: ["yaml", "yml"]))
    var scenarios: [String] = []

    @Option(
        help: ArgumentHelp(
            "Take calls from a PBX, as audiosocket://127.0.0.1:9019: Asterisk's AudioSocket() connects to it, and its callers talk to the handler, until Ctrl-C.",
            valueName: "address"))
    var listen: LiveAddress?

    @Option(
        name: .customLong("caller"),
        help: ArgumentHelp(
            "The number of the caller whose call has this UUID, since a PBX tells none (default: that of --cli-number); may be repeated.",
            valueName: "uuid=number"))
    var callers: [LiveCallerNumber] = []

    @Option(help: "The text that the caller says as soon as a command listens.")
    var say: String?

    @Option(
        help: ArgumentHelp("The voice that the caller says it with (default: en).", valueName: "voice"))
    var voice: String?

    @Option(help: "An audio file that the caller's side plays as soon as a command listens.", completion: .file())
    var audio: String?

    @Option(help: "The keys that the caller presses when read asks for them, as in 12#.", transform: parseKeys)
    var keys: [DTMFKey] = []

    @Option(
        help: ArgumentHelp(
            "When the caller hangs up, in seconds of the call (default: 600), or with --listen the latest time for it (default: 7200).",
            valueName: "seconds"))
    var hangUpAfter: Int?

    @Option(help: "The folder with the Media Library: 42.wav is the media 42.", completion: .directory)
    var media: String?

    @Option(
        help: ArgumentHelp(
            "The call's id, and that of the first one if there are several (default: one that no call had before).",
            valueName: "number"))
    var callid: UInt64?

    @Flag(help: "Place an outbound call: with a request hash, UP from the start.")
    var outbound = false

    @Option(
        help: ArgumentHelp(
            """
            The folder to record each call in: NAME.txt and NAME.jsonl are the transcript, NAME.wav has the caller left and \
            the platform right, NAME.labels.txt is for Audacity, and NAME.RECORDING.wav is what the call recorded.
            """, valueName: "folder"),
        completion: .directory)
    var record: String?

    @Option(
        help: ArgumentHelp("The file for a report on the scenarios, as JUnit XML.", valueName: "file"),
        completion: .file(extensions: ["xml"]))
    var junit: String?

    @Flag(name: .shortAndLong, help: "Replace recordings and reports that exist.")
    var force = false

    @OptionGroup(title: "OPTIONS FOR STARTING THE HANDLER") var starting: StartArguments

    @OptionGroup(title: "OPTIONS FOR WHAT IS SENT") var call: CallArguments

    @OptionGroup(title: "OPTIONS FOR RECORDINGS") var recorded: EachArguments

    @OptionGroup(title: "OPTIONS FOR LOADS") var load: LoadArguments

    @OptionGroup(title: "OPTIONS FOR FAULTS") var faults: FaultArguments

    @OptionGroup(title: "OPTIONS FOR EXPLORATION") var exploration: ExploreArguments

    @OptionGroup(title: "OPTIONS FOR HTTPS") var verification: CertificateArguments

    @Flag(help: "Print JSON, one event per line, and a line for each scenario.")
    var json = false

    @Flag(name: .shortAndLong, help: "Print nothing for scenarios that passed.")
    var quiet = false

    func validate() throws {
        if let hangUpAfter, !(0...86_400).contains(hangUpAfter) {
            throw ValidationError("--hang-up-after \(hangUpAfter): must lie in 0...86400 s")
        }
        if voice != nil, say == nil { throw ValidationError("--voice needs --say") }
        if !handler.hasPrefix("https://"), verification.caFile != nil || verification.insecure {
            throw ValidationError("--ca-file and --insecure are for handlers at https://")
        }
        try validateMany()
        try validateEach()
        try validateLive()
        guard !scenarios.isEmpty else {
            if junit != nil { throw ValidationError("--junit reports on scenarios: name at least one") }
            return
        }
        let isCaller = say != nil || audio != nil || !keys.isEmpty || hangUpAfter != nil || outbound
        if isCaller {
            throw ValidationError(
                "--say, --audio, --keys, --hang-up-after and --outbound are for a call without a scenario; write them into it"
            )
        }
    }

    private func validateLive() throws {
        guard listen != nil else {
            if !callers.isEmpty { throw ValidationError("--caller needs --listen") }
            return
        }
        if isMany { throw ValidationError("--listen takes the calls that come; loads, faults and paths are placed") }
        let isCaller = say != nil || audio != nil || !keys.isEmpty || callid != nil
        if isCaller || !scenarios.isEmpty {
            throw ValidationError(
                "--listen takes callers who are there: scenarios, --say, --audio, --keys and --callid are for others"
            )
        }
    }

    private func validateEach() throws {
        guard recorded.each != nil else { return }
        if isMany || listen != nil {
            throw ValidationError(
                "--each places a call for each recording: loads, faults, paths and --listen are others")
        }
        if !scenarios.isEmpty || say != nil || audio != nil {
            throw ValidationError("--each says what callers say: scenarios, --say and --audio are for others")
        }
    }

    private func validateMany() throws {
        guard isMany else { return }
        if faults.isGiven, exploration.explore { throw ValidationError("--faults and --explore are two kinds of test") }
        if exploration.explore, load.calls != nil {
            throw ValidationError("--calls is for loads and faults; --explore has --max-calls")
        }
        if faults.isGiven, load.concurrency != nil || load.rate != nil {
            throw ValidationError("--faults places one call after another: --concurrency and --rate are for loads")
        }
        if exploration.explore, !scenarios.isEmpty {
            throw ValidationError("--explore needs no scenario: it finds out what callers can do")
        }
        if junit != nil { throw ValidationError("--junit reports on scenarios that are run once") }
        if record != nil, !exploration.explore { throw ValidationError("--record is for calls that are placed once") }
    }

    /// Whether many calls are made of one.
    private var isMany: Bool { load.calls != nil || faults.isGiven || exploration.explore }

    func run() async throws {
        Console.silenceLibraries()
        guard let command = starting.start else { return try await placeCalls() }
        let address: HandlerAddress
        do throws(SimulationError) { address = try HandlerAddress(handler) } catch {
            Console.note("rtmedia: \(error)")
            throw ExitStatus.code(for: error)
        }
        let started = try await StartedHandler(command, at: address, within: starting.patience)
        let result: Result<Void, any Error>
        do { result = .success(try await placeCalls()) } catch { result = .failure(error) }
        await started.end()
        try result.get()
    }

    private func placeCalls() async throws {
        let recorder = record.map { CallRecorder(folder: $0, replacing: force) }
        do {
            let setup = try await setup()
            if let listen {
                return try await LiveCalls(
                    address: listen, recorder: recorder, longestCall: hangUpAfter.map { .seconds($0) },
                    numbers: Dictionary(callers.map { ($0.identifier, $0.number) }, uniquingKeysWith: { $1 }),
                    json: json
                ).run(setup)
            }
            if let folder = recorded.each { return try await placeEach(folder, setup, recorder) }
            guard !isMany else { return try await placeMany(setup) }
            guard scenarios.isEmpty else {
                if let junit, !force { try CallRecorder.expectRoom(at: junit) }
                var run = ScenarioRun(setup, recorder: recorder, json: json, quiet: quiet)
                try await run.run(scenarios)
                try run.finish(junit: junit, replacing: force)
                return
            }
            try recorder?.expectRoom(forCall: "call")
            try await place(setup, recorder)
        } catch let error as SimulationError {
            Console.note("rtmedia: \(error)")
            throw ExitStatus.code(for: error)
        }
    }

    private func placeEach(_ folder: String, _ setup: CallSetup, _ recorder: CallRecorder?) async throws {
        guard InputFinder.isDirectory(folder) else { throw SimulationError(.noInput, folder, "is not a folder") }
        let recordings: [LabelledInput]
        do throws(ConversionError) { recordings = try recorded.recordings(of: folder) } catch {
            Console.note("rtmedia: \(error.advised(.call))")
            throw ExitStatus.code(for: error)
        }
        if let recorder { for each in recordings { try recorder.expectRoom(forCall: each.input.relativePath) } }
        var calls = EachCall(recorder: recorder, json: json, quiet: quiet)
        try await calls.run(recordings, setup)
    }

    private func placeMany(_ setup: CallSetup) async throws {
        if exploration.explore {
            let recorder = record.map { CallRecorder(folder: $0, replacing: force) }
            let bounds = exploration.bounds(keys: keys.isEmpty ? [] : [String(keys.map(\.character))])
            return try await CallExploration(bounds: bounds, recorder: recorder, json: json).run(setup)
        }
        let setups = try await SingleCalls.setups(of: scenarios, setup)
        if faults.isGiven {
            try await CallFaults(calls: load.calls ?? 20, seed: faults.seed ?? 1, faults: faults.choice, json: json)
                .run(setups)
        } else if let plan = load.plan {
            try await CallLoad(plan: plan, json: json).run(setups)
        }
    }

    /// Places one call, and prints what happens as it happens; Ctrl-C ends it, and keeps what was heard.
    private func place(_ setup: CallSetup, _ recorder: CallRecorder?) async throws {
        var setup = setup
        let json = json
        setup.observer = { Console.data(json ? jsonLine($0) : $0.line) }
        let placed = setup
        let call = Task { try await CallSimulator.place(placed) }
        let wasInterrupted = Mutex(false)
        let signals = await UnixSignalsSequence(trapping: .sigint)
        let interruption = Task {
            for await _ in signals {
                wasInterrupted.withLock { $0 = true }
                call.cancel()
            }
        }
        defer { interruption.cancel() }
        let outcome = try await call.value
        try recorder?.write(outcome, as: "call")
        try Console.checkData()
        if wasInterrupted.withLock({ $0 }) { throw ExitStatus.interrupted }
        if outcome.isUnanswered { throw ExitStatus.unavailable }
        if outcome.refusal != nil { throw ExitStatus.badData }
    }

    private func setup() async throws -> CallSetup {
        let synthesizer = callerVoices()
        var setup = CallSetup(try HandlerAddress(handler), sounds: Sounds(folder: media, synthesizer: synthesizer))
        if let media, !InputFinder.isDirectory(media) { throw SimulationError(.noInput, media, "is not a folder") }
        setup.verification = verification.verification
        if setup.handler.isSecure { try setup.verification.check() }
        // By the clock, since handlers take a call with the id of an earlier one for the same.
        setup.call = CallID(rawValue: callid ?? WallClock.microsecond)
        setup.isOutbound = outbound
        try call.apply(to: &setup)
        if let hangUpAfter { setup.caller.patience = .seconds(hangUpAfter) }
        if let audio {
            do throws(ConversionError) {
                let sound = try AudioConverter().convert(.file(audio)).audio
                setup.caller.steps.append(.init(.heard, .sound(sound), act: Transcript.Act(.plays, audio)))
            } catch { throw SimulationError(error) }
        }
        if let say {
            let sound = try await synthesizer(say, voice ?? "en")
            setup.caller.steps.append(.init(.heard, .sound(sound), act: Transcript.Act(.says, "\"\(say)\"")))
        }
        if !keys.isEmpty { setup.caller.steps.append(.init(.asked, .keys(keys))) }
        return setup
    }
}

/// The keys of a text.
private func parseKeys(_ text: String) throws -> [DTMFKey] {
    try text.map { character in
        guard let key = DTMFKey(character) else { throw ValidationError("'\(text)': keys are 0-9, A-D, * and #") }
        return key
    }
}
