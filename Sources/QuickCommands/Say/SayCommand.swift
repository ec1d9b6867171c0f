import AudioConversion
import CommandArguments
import Files
import RealTimeAPI
import SpeechSynthesis
import TelephonyAudio

/// `rtmedia say`.
struct SayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "say",
        abstract: "Speak a text as the platform would, with a local voice: to hear it, to time it, to use it as audio.",
        discussion: """
            The text is plain, or TTS|VOICE|text as in rt_media; - reads it from standard input. The voices are those of \
            espeak-ng; which one stands in for the platform's is told. The result is WAV, 8000 Hz, 16 bit, mono, as convert \
            makes it; without -o and --play it goes to standard output. A text has \(SpeechLimits().maximumTextBytes) bytes at the most.
            """
    )

    @Argument(help: "The text, TTS|VOICE|text, or - for standard input.")
    var text: String

    @Option(
        help: ArgumentHelp(
            "Who speaks, instead of the voice in the text: a voice of the platform (TTS_FR-FR_AUDREY), a language (pt-BR), or a local voice with or without a variant (roa/fr+f2) (default: \(Self.defaultVoice)).",
            valueName: "name"),
        completion: .list(Media.knownVoices))
    var voice: String?

    @Option(help: ArgumentHelp("How fast, in words per minute, 80...450.", valueName: "wpm"))
    var rate = 175

    @Option(help: ArgumentHelp("How high, 0...99.", valueName: "pitch"))
    var pitch = 50

    @Flag(help: "The text is SSML 1.1, read strictly; no file is read for it.")
    var ssml = false

    @Flag(help: "Play it on this machine, with paplay, aplay, ffplay or play.")
    var play = false

    @Option(
        name: [.short, .long], help: "The file to write; - is standard output (default, unless it is played).",
        completion: .file())
    var output: String?

    @Option(name: .customLong("as"), help: .outputForm)
    var form: ResultForm?

    @Flag(name: .shortAndLong, help: "Replace an output that exists.")
    var force = false

    @OptionGroup(title: "SOUND") var sound: SpeechSoundArguments

    @Flag(help: "Report as JSON, one object, on standard output (on standard error if data goes there).")
    var json = false

    @Flag(name: .shortAndLong, help: "Say nothing but errors.")
    var quiet = false

    private static let defaultVoice = "TTS_EN-GB_SERENA"

    func validate() throws {
        guard Utterance.rates.contains(rate) else {
            throw ValidationError("--rate \(rate): must lie in 80...450 words per minute")
        }
        guard Utterance.pitches.contains(pitch) else { throw ValidationError("--pitch \(pitch): must lie in 0...99") }
    }

    func run() throws {
        let target = try target()
        Console.silenceLibraries()
        do {
            let spoken = try SpokenText(argument: text)
            let speech = try speak(spoken)
            tell(speech)
            var record = SayRecord(speech, rate: rate, pitch: pitch)
            let converter = AudioConverter(options: speech.pcm.conversionOptions(processing: sound.processing))
            let source = speech.pcm.source(name: speech.standIn.name)
            if let target {
                if case .file(let path) = target { try OutputPlan.createFolder(of: path) }
                let form = form ?? .wav
                record.add(try converter.convert(source, to: target, as: form.output, replacing: force), as: form)
            }
            if play {
                let (audio, report) = try converter.convert(source)
                if target == nil { record.add(report, as: .wav) }
                record.playedBy = try Player.play(audio)
            }
            tell(record, dataIsOnOutput: target?.isStandardOutput ?? false)
        } catch let error as SpeechError {
            fail("\(error.advised)", FailureRecord(error.advised))
            throw ExitStatus.code(for: error)
        } catch let error as ConversionError {
            let error = error.advised(.say)
            fail("\(error)", FailureRecord(error, result: "failed"))
            throw ExitStatus.code(for: error)
        }
        try Console.checkData()
    }

    /// Where the result goes; nil if it is only played.
    private func target() throws -> OutputTarget? {
        if output == nil, form == nil, play { return nil }
        if let output, FileStatus.kind(of: output) == .folder || output.hasSuffix("/") {
            throw ValidationError("-o \(output): is a folder; name a file")
        }
        return try OutputPlan(inputs: ["-"], output: output, form: form ?? .wav).jobs.first?.target
    }

    private func speak(_ spoken: SpokenText) throws(SpeechError) -> Speech {
        var utterance = Utterance(spoken.text, voice: voice ?? spoken.voice ?? Self.defaultVoice)
        utterance.rate = rate
        utterance.pitch = pitch
        utterance.isSSML = ssml
        return try waitFor { [utterance] () -> Result<Speech, SpeechError> in
            do throws(SpeechError) { return .success(try await SpeechSynthesizer().speech(for: utterance)) } catch {
                return .failure(error)
            }
        }.get()
    }
}

/// What is told.
extension SayCommand {
    /// Who speaks.
    private func tell(_ speech: Speech) {
        guard !quiet, !json else { return }
        if let warning = SayRecord.voiceWarning(speech) { Console.note("rtmedia: \(warning)") }
        for warning in speech.warnings { Console.note("rtmedia: \(warning)") }
        Console.note("rtmedia: \(speech.standIn)")
    }

    /// What became of it.
    private func tell(_ record: SayRecord, dataIsOnOutput: Bool) {
        if json {
            let line = jsonLine(record)
            if dataIsOnOutput { Console.note(line) } else { Console.data(line) }
        } else if !quiet {
            for warning in record.conversionWarnings { Console.note("rtmedia: \(warning)") }
            Console.note(record.summary)
        }
    }

    private func fail(_ message: String, _ record: FailureRecord) {
        if json { Console.data(jsonLine(record)) } else { Console.note("rtmedia: \(message)") }
    }
}
