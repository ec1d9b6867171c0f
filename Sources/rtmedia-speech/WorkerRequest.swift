/// What the arguments ask for.
enum WorkerRequest {
    /// How a text is spoken.
    struct Settings {
        /// The file of a voice, with or without a variant, as in `roa/fr+f2`.
        var voice = ""
        /// Words per minute.
        var rate: Int32 = 175
        /// 0...99.
        var pitch: Int32 = 50
        var isSSML = false
        /// Whether sounds stand in double brackets.
        var hasPhonemes = false
    }

    case voices
    case speak(Settings)

    init(_ arguments: ArraySlice<String>) throws(WorkerFailure) {
        var settings = Settings()
        var rest = arguments
        while let option = rest.popFirst() {
            switch option {
            case "--voices" where arguments.count == 1:
                self = .voices
                return
            case "--voice": settings.voice = rest.popFirst() ?? ""
            case "--rate": settings.rate = try Self.number(rest.popFirst(), of: option)
            case "--pitch": settings.pitch = try Self.number(rest.popFirst(), of: option)
            case "--ssml": settings.isSSML = true
            case "--phonemes": settings.hasPhonemes = true
            default:
                throw WorkerFailure(
                    64, "\(option): is not known; say --voice, --rate, --pitch, --ssml, --phonemes or --voices")
            }
        }
        guard !settings.voice.isEmpty else { throw WorkerFailure(64, "--voice FILE, or --voices, is missing") }
        self = .speak(settings)
    }

    private static func number(_ text: String?, of option: String) throws(WorkerFailure) -> Int32 {
        guard let number = text.flatMap({ Int32($0) }) else {
            throw WorkerFailure(64, "\(option): needs a whole number")
        }
        return number
    }
}
