import AudioConversion
import CallSimulation
import CommandArguments
import QuickCommands
import TelephonyAudio

/// The options that say whom the page's phone calls.
struct PhoneArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A handler that the page calls, as http://login:password@127.0.0.1:8080/; may be given several times (default: none, and no phone).",
            valueName: "url"))
    var handler: [String] = []

    @Option(
        help: ArgumentHelp(
            "The folder with the Media Library: 42.wav is the media 42 (default: an empty library).",
            valueName: "folder"),
        completion: .directory)
    var media: String?

    @Option(
        help: ArgumentHelp(
            "A scenario file whose callees a dialout reaches where no page says that it has the number (default: nobody).",
            valueName: "file"),
        completion: .file(extensions: ["yaml", "yml"]))
    var callees: String?

    @OptionGroup var verification: CertificateArguments

    func validate() throws {
        let hasOthers = media != nil || callees != nil || verification.caFile != nil || verification.insecure
        if handler.isEmpty, hasOthers {
            throw ValidationError(
                "--media, --callees, --ca-file and --insecure are for the phone: --handler names whom it calls")
        }
    }

    /// What calls to each handler have in common.
    ///
    /// - Throws: the exit code of what is wrong, having told so.
    func setups() async throws -> [CallSetup] {
        guard !handler.isEmpty else { return [] }
        let credentials = try Credentials(file: nil)
        let sounds = Sounds(folder: media, synthesizer: callerVoices())
        var setups: [CallSetup] = []
        do throws(SimulationError) {
            if let media, !InputFinder.isDirectory(media) { throw SimulationError(.noInput, media, "is not a folder") }
            for text in handler {
                var setup = CallSetup(try HandlerAddress(text), sounds: sounds)
                setup.verification = verification.verification
                if setup.handler.isSecure { try setup.verification.check() }
                // The URL's own come before those of the environment.
                if !setup.handler.hasCredentials, let credentials {
                    setup.handler = setup.handler.with(login: credentials.login, password: credentials.password)
                }
                setups.append(setup)
            }
        } catch {
            Console.note("rtmedia: \(error)")
            throw ExitStatus.code(for: error)
        }
        let called = try await called(as: setups[0])
        for index in setups.indices { setups[index].callees = called }
        return setups
    }

    /// Who a `dialout` reaches.
    private func called(as setup: CallSetup) async throws -> [String: Callee] {
        guard let callees else { return [:] }
        do { return try await SingleCalls.setups(of: [callees], setup)[0].callees } catch let error as SimulationError {
            Console.note("rtmedia: \(callees): \(error)")
            throw ExitStatus.code(for: error)
        }
    }
}
