import AudioConversion
import CallSimulation
import CommandArguments
import Files
import LevelMeasurement
import Presentation
import QuickCommands
import Studio
import TelephonyAudio
import UnixSignals

/// `rtmedia studio`.
struct StudioCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "studio",
        abstract:
            "See, hear, label and tune recordings, and call a handler, in the browser, on a page that this program serves.",
        discussion: """
            Prints the address of the page, which has a secret in it: open it in a browser on this machine. On the page, \
            sliders move what detect and tune have as options, and the picture, the verdict and the counts follow; recordings are \
            heard and labelled by ear, and what is found is copied as a command line, as JSON or as Swift. Nothing is sent \
            anywhere; only recordings that are named here can be opened, and only the file of labels is written, with each change.

            With --handler the page has a phone: you are the caller, with microphone and keypad, the handler's requests and answers \
            are shown as they come, and a call can be saved as a scenario for rtmedia call.
            """
    )

    @Argument(
        help: "Files or folders with recordings; more can be dropped on the page.", completion: .file())
    var inputs: [String] = []

    @Option(
        help: ArgumentHelp(
            "The file of labels, which is written as the page changes them, and made if it is not there: .csv, .txt (Audacity) or .rttm; a .TextGrid is read (default: labels are kept in memory).",
            valueName: "file"),
        completion: .file(extensions: ["csv", "txt", "TextGrid", "rttm"]))
    var labels: String?

    @Option(
        help: ArgumentHelp(
            "A name of labels or sub-folders that means talk; may be given several times. All others then mean no talk (default: talk, human, speech, voice, person, live, hello, caller, yes, true, 1).",
            valueName: "name"))
    var talk: [String] = []

    @OptionGroup(title: "PROMPTS") var prompts: StudioPromptArguments

    @OptionGroup(title: "THE PAGE") var page: StudioPageArguments

    @OptionGroup(title: "THE PHONE") var phone: PhoneArguments

    @OptionGroup(title: "LEVELS") var levels: LevelArguments

    @Option(
        name: .customLong("jobs"),
        help: ArgumentHelp("How many recordings to measure at a time (default: the number of cores).", valueName: "n"))
    var requestedJobs: Int?

    func validate() throws {
        if let requestedJobs, !(1...1024).contains(requestedJobs) {
            throw ValidationError("--jobs \(requestedJobs): must lie in 1...1024")
        }
        if let labels, LabelFormat(ending: PathName(labels).ending) == nil {
            throw ValidationError("--labels \(labels): must end in .csv, .txt (Audacity), .TextGrid or .rttm")
        }
        if inputs.contains("-") { throw ValidationError("recordings can't come from standard input; name files") }
    }

    func run() async throws {
        Console.silenceLibraries()
        let server: StudioServer
        let handlers = try await phone.setups()
        do throws(ConversionError) { server = try StudioServer(try configuration(handlers)) } catch {
            Console.note("rtmedia: \(error.advised(.tune))")
            throw ExitStatus.code(for: error)
        }
        let findings = server.labelFindings
        for finding in findings.prefix(20) { Console.note("rtmedia: \(finding)") }
        if findings.count > 20 { Console.note("rtmedia: and \(findings.count - 20) more findings on labels") }
        let opens = page.open
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    try await server.run { address in
                        Console.data(address)
                        if opens { Browser.open(address) }
                    }
                }
                group.addTask { for await _ in signals { return } }
                try await group.next()
                group.cancelAll()
                try await group.waitForAll()
            }
        } catch let failure as StudioServer.ListeningFailure {
            Console.note("rtmedia: \(failure)")
            throw ExitStatus.unavailable
        }
        try Console.checkData()
    }

    private func configuration(_ handlers: [CallSetup]) throws(ConversionError) -> StudioConfiguration {
        for input in inputs + prompts.files {
            try attempt(on: input) { () throws(SystemError) in try FileAccess.expectReadable(input) }
        }
        // All channels together, as if that had been chosen: levels that come with a warning about channels are not cached.
        let meter = levels.meter(of: .mix)
        var configuration = StudioConfiguration(
            recordings: InputFinder.find(inputs), meter: meter, jobs: requestedJobs ?? ProcessorCount.usable,
            tool: .commandLine)
        configuration.host = page.host
        configuration.port = page.port
        configuration.labels = labels
        configuration.givenNames = talk
        configuration.options = meter.options
        configuration.prompts = prompts.folder
        configuration.handlers = handlers
        return configuration
    }
}
