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

    @OptionGroup var verification: CertificateArguments

    func validate() throws {
        if handler.isEmpty, media != nil || verification.caFile != nil || verification.insecure {
            throw ValidationError("--media, --ca-file and --insecure are for the phone: --handler names whom it calls")
        }
    }

    /// What calls to each handler have in common.
    ///
    /// - Throws: the exit code of what is wrong, having told so.
    func setups() throws -> [CallSetup] {
        guard !handler.isEmpty else { return [] }
        let credentials = try Credentials(file: nil)
        let sounds = Sounds(folder: media, synthesizer: callerVoices())
        do throws(SimulationError) {
            if let media, !InputFinder.isDirectory(media) { throw SimulationError(.noInput, media, "is not a folder") }
            var setups: [CallSetup] = []
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
            return setups
        } catch {
            Console.note("rtmedia: \(error)")
            throw ExitStatus.code(for: error)
        }
    }
}
