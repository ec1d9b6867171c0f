import AudioConversion
import CommandArguments
import Files
import Presentation
import QuickCommands
import RealTimeAPI
import SpeechSynthesis
import TelephonyAudio
import YAMLFiles

/// `rtmedia say`.
struct SayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "say",
        abstract: "Speak a text as the platform would, with a local voice: to hear it, to time it, to use it as audio.",
        discussion: """
            The text is plain, or TTS|VOICE|text as in rt_media; - reads it from standard input. The voices are those of \
            espeak-ng; the output says which one stands in for the platform's. The result is WAV, 8000 Hz, 16 bit, mono, as \
            convert makes it, followed by a pause of 250 ms unless --pad, --trim or --fade is given; without -o and --play it \
            goes to standard output. A text has at most \(SpeechLimits().maximumTextBytes) bytes.

            With --sheet, all prompts of a table are made, and later only those that changed. The table is a CSV, TSV or YAML \
            file with id and text, and optionally language, voice, notes (not spoken), or file (a recording instead of a text); \
            or lines as in Asterisk's core-sounds-en.txt. The folder of -o then serves call --media, by ids such as 42.
            """
    )

    @Argument(help: "The text, TTS|VOICE|text, or - for standard input.")
    var text: String?

    @OptionGroup var manner: SpeechManner

    @Flag(help: "Play it on this machine, with paplay, aplay, ffplay or play.")
    var play = false

    @Option(
        name: [.short, .long],
        help: "The file to write; - is standard output (default, unless it is played). With --sheet, the folder.",
        completion: .file())
    var output: String?

    @Option(name: .customLong("as"), help: .outputForm)
    var form: WrittenForm?

    @Flag(name: .shortAndLong, help: "Replace an output that exists.")
    var force = false

    @OptionGroup(title: "SOUND") var sound: SpeechSoundArguments

    @OptionGroup(title: "SHEETS") var sheets: SheetArguments

    @Flag(
        help:
            "Report as JSON, one object (of a sheet, one per prompt and line), on standard output (on standard error if data goes there)."
    )
    var json = false

    @Flag(name: .shortAndLong, help: "Print only errors.")
    var quiet = false

    func validate() throws {
        guard sheets.sheet != nil else {
            try sheets.checkUnused()
            if text == nil { throw ValidationError("Missing expected argument '<text>'") }
            return
        }
        if text != nil { throw ValidationError("--sheet: contains the texts; leave out the text") }
        if play || form != nil {
            throw ValidationError("--sheet: makes WAV files; leave out --play and --as")
        }
        if output == nil { throw ValidationError("--sheet: name the folder of the prompts with -o") }
    }

    func run() throws {
        if let sheet = sheets.sheet {
            return try reporting {
                try SheetRun(
                    path: sheet, folder: output ?? ".", arguments: sheets, manner: manner, sound: sound, force: force,
                    json: json, quiet: quiet
                ).run()
            }
        }
        let target = try target()
        Console.silenceLibraries()
        try reporting {
            let spoken = try SpokenText(argument: text ?? "")
            let synthesizer = SpeechSynthesizer()
            let (lexicon, notes) = try manner.lexicon(of: synthesizer)
            let utterance = try manner.utterance(spoken, lexicon: lexicon)
            let speech = try synthesizer.speechNow(for: utterance, in: manner.book())
            let told = notes.map(\.description) + [spoken.note].compactMap { $0 }
            tell(speech, told)
            var record = SayRecord(speech, notes: told)
            let pcm = sound.sound.paused(speech.pcm)
            let converter = AudioConverter(options: pcm.conversionOptions(processing: sound.processing))
            let source = pcm.source(name: speech.standIn.name)
            if let target {
                if case .file(let path) = target { try OutputFile.createFolder(of: path) }
                let form = form ?? .wav
                record.add(try converter.convert(source, to: target, as: form.output, replacing: force), as: form)
            }
            if play {
                let (audio, report) = try converter.convert(source)
                if target == nil { record.add(report, as: .wav) }
                record.playedBy = try Player.play(audio)
            }
            tell(record, dataIsOnOutput: target?.isStandardOutput ?? false)
        }
        try Console.checkData()
    }

    /// Tells why something failed.
    private func reporting(_ body: () throws -> Void) throws {
        do { try body() } catch let error as SpeechError {
            fail("\(error.advised)", FailureRecord(error.advised))
            throw ExitStatus.code(for: error)
        } catch let error as ConversionError {
            let error = error.advised(.say)
            fail("\(error)", FailureRecord(error, result: "failed"))
            throw ExitStatus.code(for: error)
        } catch let error as FileError {
            for finding in error.findings {
                let error = ConversionError(.notAudio, file: "\(finding.file):\(finding.line)", finding.message)
                fail("\(finding)", FailureRecord(error, result: "failed"))
            }
            throw ExitStatus.badData
        }
    }

    /// Where the result goes; nil if it is only played.
    private func target() throws -> OutputTarget? {
        if output == nil, form == nil, play { return nil }
        if let output, FileStatus.kind(of: output) == .folder || output.hasSuffix("/") {
            throw ValidationError("-o \(output): is a folder; name a file")
        }
        return try OutputPlan(inputs: ["-"], output: output, form: form ?? .wav).jobs.first?.target
    }
}

/// What is told.
extension SayCommand {
    /// Who speaks.
    private func tell(_ speech: Speech, _ notes: [String]) {
        guard !quiet, !json else { return }
        for note in notes { Console.note("rtmedia: \(note)") }
        if let warning = SayRecord.voiceWarning(speech) { Console.note("rtmedia: \(warning)") }
        for warning in speech.warnings { Console.note("rtmedia: \(warning)") }
        Console.note("rtmedia: \(speech.standIn)")
        for voice in speech.otherVoices {
            Console.note("rtmedia: \(voice.file == voice.name ? "\(voice)" : "\(voice), in a part of it")")
        }
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
