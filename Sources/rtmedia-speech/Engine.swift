import CEspeakNG
import Files

/// espeak-ng, for one text.
struct Engine {
    /// Samples per second.
    private let sampleRate: Int32
    /// The version of the library, and the folder of its data.
    private let version: String
    private let dataPath: String

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
    }

    /// Writes the sample rate, then the samples, as they come.
    ///
    /// - Parameter text: UTF-8, ended by a zero.
    func speak(_ text: [CChar], _ settings: WorkerRequest.Settings) throws(WorkerFailure) {
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
        let flags = UInt32(espeakCHARS_UTF8) | (settings.isSSML ? UInt32(espeakSSML) : 0)
        let code = espeak_Synth(text, text.count, 0, POS_CHARACTER, 0, flags, nil, nil)
        guard Output.flush() else { throw WorkerFailure(74, "writing standard output failed") }
        guard code == EE_OK else { throw WorkerFailure(70, "espeak_Synth failed with code \(code.rawValue)") }
    }

    /// Chooses a voice by its file; the library takes a variant that is not there without a word.
    private func choose(_ voice: String) throws(WorkerFailure) {
        let parts = voice.split(separator: "+", maxSplits: 1)
        let variantExists = parts.count < 2 || FileAccess.exists("\(dataPath)/voices/!v/\(parts[1])")
        guard variantExists, espeak_SetVoiceByName(voice) == EE_OK else {
            throw WorkerFailure(65, "there is no voice \(voice) in \(dataPath)")
        }
    }

    /// Writes what the engine is and which voices it has, fields separated by tabs.
    func listVoices() throws(WorkerFailure) {
        Output.write("engine\t\(version)\t\(dataPath)\n")
        // One call for all: each reads the files of all voices anew.
        "all".withCString { languages in
            var specification = espeak_VOICE()
            specification.languages = languages
            Self.list(espeak_ListVoices(&specification))
        }
        guard Output.flush() else { throw WorkerFailure(74, "writing standard output failed") }
    }

    private static func list(_ voices: UnsafeMutablePointer<UnsafePointer<espeak_VOICE>?>?) {
        var next = voices
        while let voice = next?.pointee?.pointee {
            let file = String(cString: voice.identifier)
            let kind = file.hasPrefix("!v/") ? "variant" : "voice"
            let name = String(cString: voice.name)
            let languages = languages(of: voice).joined(separator: " ")
            Output.write("\(kind)\t\(file)\t\(name)\t\(voice.gender)\t\(languages)\n")
            next = next?.advanced(by: 1)
        }
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
