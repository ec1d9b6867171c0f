import CEspeakNG
import Files
import SpeechMarkup

/// espeak-ng, for one text.
struct Engine {
    /// Samples per second.
    private let sampleRate: Int32
    /// The version of the library, and the folder of its data.
    private let version: String
    private let dataPath: String

    /// The most bytes that the worker may write to a file: more than six hours of speech.
    private static let outputLimit = 1 << 30

    /// The engine, in a process that can do nothing but speak from here on.
    init() throws(WorkerFailure) {
        // It looks for a sound server although it is to play nothing: none is where no socket is.
        do throws(SystemError) { try Environment.set("PULSE_SERVER", to: "unix:/dev/null") } catch {
            throw WorkerFailure(70, "\(error)")
        }
        // The length of its buffer changes what a voice with breath sounds like: 0 is what espeak-ng's own tool takes.
        sampleRate = espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, 0, nil, Int32(espeakINITIALIZE_DONT_EXIT))
        guard sampleRate > 0 else {
            throw WorkerFailure(69, "espeak-ng finds no data; install it with: apt-get install espeak-ng-data")
        }
        var path: UnsafePointer<CChar>?
        version = String(cString: espeak_Info(&path))
        dataPath = path.map { String(cString: $0) } ?? ""
        // Without one, espeak-ng opens itself what markup wants played.
        espeak_SetUriCallback { _, _, _ in 1 }
        do throws(SystemError) {
            try ProcessLimits.confine(reading: dataPath, fileBytes: Self.outputLimit)
        } catch { throw WorkerFailure(70, "\(error)") }
    }

    /// Writes the sample rate, then the samples, as they come.
    func speak(_ text: WorkerText, _ settings: WorkerRequest.Settings) throws(WorkerFailure) {
        try choose(settings.voice)
        // Setting what is set already changes the sound of voices that have a speed of their own, such as the Russian one.
        for (parameter, value) in [(espeakRATE, settings.rate), (espeakPITCH, settings.pitch)]
        where espeak_GetParameter(parameter, 1) != value {
            espeak_SetParameter(parameter, value, 0)
        }
        espeak_SetSynthCallback { samples, count, _ in
            guard let samples, count > 0 else { return 0 }
            return Output.write(UnsafeRawBufferPointer(start: samples, count: 2 * Int(count))) ? 0 : 1
        }
        Output.write("\(sampleRate)\n")
        let flags =
            UInt32(espeakCHARS_UTF8) | (settings.isSSML ? UInt32(espeakSSML) : 0)
            | (settings.hasPhonemes ? UInt32(espeakPHONEMES) : 0)
        let code = espeak_Synth(
            text.characters, text.characters.count, 0, POS_CHARACTER, 0, flags, nil, nil)
        guard Output.flush() else { throw WorkerFailure(74, "writing standard output failed") }
        guard code == EE_OK else { throw WorkerFailure(70, "espeak_Synth failed with code \(code.rawValue)") }
    }

    /// Chooses a voice by its file; the library takes a variant that is not there without a word.
    private func choose(_ voice: String) throws(WorkerFailure) {
        guard VoiceName.isPlain(voice) else { throw WorkerFailure(65, "\(voice) is no name of a voice") }
        let parts = voice.split(separator: "+", maxSplits: 1)
        let variantExists = parts.count < 2 || FileAccess.exists("\(dataPath)/voices/!v/\(parts[1])")
        guard variantExists, espeak_SetVoiceByName(voice) == EE_OK else {
            throw WorkerFailure(65, "there is no voice \(voice) in \(dataPath)")
        }
    }

    /// Writes what the engine is, which voices it has and which sounds they know, fields separated by tabs.
    func listVoices() throws(WorkerFailure) {
        let tables = SoundTables(dataPath: dataPath)
        Output.write("engine\t\(version)\t\(dataPath)\n")
        for table in tables.all {
            Output.write("sounds\t\(table.name)\t\(table.base)\t\(table.sounds.joined(separator: " "))\n")
        }
        Self.withVoices { voices in
            for voice in voices { Self.list(voice, tables) }
        }
        guard Output.flush() else { throw WorkerFailure(74, "writing standard output failed") }
    }

    /// Asks for all voices and variants, in one call: each reads the files of all voices anew.
    private static func withVoices<Result>(_ body: ([espeak_VOICE]) -> Result) -> Result {
        "all".withCString { languages in
            var specification = espeak_VOICE()
            specification.languages = languages
            var voices: [espeak_VOICE] = []
            var next = espeak_ListVoices(&specification)
            while let voice = next?.pointee?.pointee {
                voices.append(voice)
                next = next?.advanced(by: 1)
            }
            return body(voices)
        }
    }

    private static func list(_ voice: espeak_VOICE, _ tables: SoundTables) {
        let file = String(cString: voice.identifier)
        let isVariant = file.hasPrefix("!v/")
        let kind = isVariant ? "variant" : "voice"
        let name = String(cString: voice.name)
        let languages = languages(of: voice).joined(separator: " ")
        Output.write(
            "\(kind)\t\(file)\t\(name)\t\(voice.gender)\t\(languages)\t\(isVariant ? "" : tables.name(of: file))\n")
    }

    /// The languages of a voice, as in `5:fr-fr`: a priority, low for good, and a tag.
    ///
    /// In memory: a byte and a string that a zero ends, for each; a zero ends the list.
    private static func languages(of voice: espeak_VOICE) -> [String] {
        guard var place = voice.languages else { return [] }
        var languages: [String] = []
        while place.pointee != 0 {
            let tag = String(cString: place + 1)
            languages.append("\(place.pointee):\(tag)")
            place += tag.utf8.count + 2
        }
        return languages
    }
}
