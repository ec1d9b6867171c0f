import AudioConversion
import CommandArguments
import Files
import FlowFiles
import ParallelWork
import QuickCommands
import RealTimeAPI
import SpeechSynthesis
import TelephonyAudio
import YAMLFiles

/// Makes the prompts of a sheet, or tells what is to be made.
struct SheetRun {
    let path: String
    let folder: String
    let arguments: SheetArguments
    let manner: SpeechManner
    let sound: SpeechSoundArguments
    let force: Bool
    let json: Bool
    let quiet: Bool

    /// What becomes of a prompt.
    enum State: String {
        /// It is as the sheet says.
        case unchanged
        case missing
        /// The sheet, the voice, an option or the engine has changed since.
        case old
        /// The file is not the one that was made.
        case changedByHand = "changed_by_hand"
        /// A file of that name was there before.
        case foreign
        case made
        case failed
    }

    /// A prompt on its way.
    struct Prompt {
        let row: PromptSheet.Row
        let file: String
        var state = State.missing
        var utterance: Utterance?
        var standIn: StandIn?
        var rate: Int?
        var pitch: Int?
        var digest = ""
        var samples: Int?
        var report: ConversionReport?
        var warnings: [String] = []
        var error: (text: String, code: ExitCode)?
    }

    func run() throws {
        let start = ContinuousClock.now
        Console.silenceLibraries()
        let sheet = try PromptSheet(path)
        let used = try usedMedia()
        let synthesizer = SpeechSynthesizer()
        let (lexicon, notes) = try manner.lexicon(of: synthesizer)
        let names = sheet.rows.compactMap { row -> String? in
            guard case .text(let text) = row.content else { return nil }
            let spoken = try? SpokenText(text)  // told where it is spoken
            return manner.voice ?? spoken?.voice ?? row.voice
        }
        var book = try manner.book()
        var alike: [(name: String, as: String)] = []
        if sheet.rows.contains(where: { if case .text = $0.content { true } else { false } }) {
            (book, alike) = try synthesizer.catalogNow().cast(names, book)
        }
        var records = SheetRecords(in: folder)
        var prompts = sheet.rows.map { Prompt(row: $0, file: sheet.file(of: $0)) }
        for index in prompts.indices { prepare(&prompts[index], synthesizer, book, lexicon, records) }
        if !arguments.check {
            try make(&prompts, synthesizer, book)
            for prompt in prompts {
                switch prompt.state {
                case .made: if let entry = entry(of: prompt) { records.prompts[prompt.file] = entry }
                // A row that says the same in another way.
                case .unchanged: records.prompts[prompt.file]?.row = prompt.row.number
                default: break
                }
            }
            try OutputFile.createFolder(of: PathName.join(folder, SheetRecords.name))
            try records.write(in: folder)
        }
        var report = SheetReport(self, sheet, prompts, records, alike: alike, used: used, notes: sheet.notes + notes)
        try report.tell(seconds: (ContinuousClock.now - start) / .seconds(1))
    }

    // MARK: What is to be made

    /// Finds out what a prompt is made of, and whether it is there.
    private func prepare(
        _ prompt: inout Prompt, _ synthesizer: SpeechSynthesizer, _ book: VoiceBook, _ lexicon: Lexicon,
        _ records: SheetRecords
    ) {
        do {
            let material: String
            switch prompt.row.content {
            case .text(let text):
                let spoken = try SpokenText(text)
                let other = prompt.row.voice ?? prompt.row.language
                let utterance = try manner.utterance(spoken, voice: other, isOfSheet: true, lexicon: lexicon)
                let (fingerprint, standIn, rate, pitch, warnings) = try synthesizer.fingerprint(
                    of: utterance, in: book)
                prompt.utterance = utterance
                (prompt.standIn, prompt.rate, prompt.pitch) = (standIn, rate, pitch)
                prompt.warnings = warnings + (spoken.note.map { [$0] } ?? [])
                material = "speech \(fingerprint)"
            case .recording(let file):
                material = "recording \(SheetRecords.number(try FileBytes.read(recording(file), limit: 256 << 20)))"
            }
            prompt.digest = SheetRecords.number(Array("1 \(soundText) \(material)".utf8))
        } catch {
            prompt.fail(error)
            return
        }
        let path = PathName.join(folder, prompt.file)
        guard FileAccess.exists(path) else { return }
        guard let record = records.prompts[prompt.file] else {
            prompt.state = .foreign
            return
        }
        // What can't be read is not what was made.
        let bytes = try? FileBytes.read(path, limit: 1 << 30)
        if bytes.map(SheetRecords.number) != record.content {
            prompt.state = .changedByHand
        } else {
            prompt.state = record.digest == prompt.digest ? .unchanged : .old
            prompt.samples = record.samples
        }
    }

    /// All options that change the sound.
    private var soundText: String {
        let processing = sound.processing
        return
            "\(processing.level?.dBov ?? PromptProcessing.customaryLevel.dBov) \(processing.trims) \(sound.arguments.pad ?? -1) \(processing.fade) \(processing.limitsBand) \(sound.arguments.preview?.rawValue ?? "")"
    }

    private func recording(_ file: String) -> String { PathName(path).folder + file }

    // MARK: Making

    private func make(_ prompts: inout [Prompt], _ synthesizer: SpeechSynthesizer, _ book: VoiceBook) throws {
        let indices = prompts.indices.filter { index in
            switch prompts[index].state {
            case .missing, .old, .foreign: prompts[index].error == nil
            case .changedByHand: force
            case .unchanged, .made, .failed: false
            }
        }
        // Folders first: two threads would make one.
        for folder in Set(indices.map { PathName(PathName.join(self.folder, prompts[$0].file)).folder }) {
            try OutputFile.createFolder(of: folder)
        }
        let progress = SharedProgress(isShown: !quiet && !(json && Console.outputIsTerminal))
        let work = indices.map { prompts[$0] }
        var done = 0
        let maker = PromptMaker(
            folder: folder, recordings: PathName(path).folder, force: force, sound: sound.sound,
            synthesizer: synthesizer, book: book)
        parallelMap(work, jobs: arguments.jobs) {
            maker.made($0)
        } deliver: { index, prompt in
            prompts[indices[index]] = prompt
            done += 1
            progress.show(Double(done) / Double(work.count), "\(done)/\(work.count) prompts")
        }
        progress.clear()
    }

    private func entry(of prompt: Prompt) -> SheetRecords.Entry? {
        // What can't be read any more is made anew the next time.
        guard let bytes = try? FileBytes.read(PathName.join(folder, prompt.file), limit: 1 << 30) else { return nil }
        return SheetRecords.Entry(
            digest: prompt.digest, content: SheetRecords.number(bytes), samples: prompt.samples ?? 0,
            row: prompt.row.number)
    }

    // MARK: Flows

    /// What flow files play: ids, and files by their names without an ending; nil if there are no flow files.
    ///
    /// - Throws: a `FileError` with all that is wrong with them; the audio that they name may be what is to be made.
    private func usedMedia() throws -> Set<String>? {
        guard !arguments.flows.isEmpty else { return nil }
        var used: Set<String> = []
        for file in arguments.flows {
            let text = try FlowFile.check(path: file)
            do throws(YAMLDocument.Failure) {
                Self.collect(try YAMLDocument.root(text, of: "flow file").json, into: &used)
            } catch {
                throw FileError(findings: [FileFinding(severity: .error, file, error.mark.line, error.message)])
            }
        }
        return used
    }

    private static func collect(_ value: JSON, into used: inout Set<String>) {
        switch value {
        case .array(let values): for value in values { collect(value, into: &used) }
        case .object(let members):
            for member in members {
                switch (member.name, member.value) {
                case ("library", .string(let id)): used.insert(id)
                case ("library", .number(let id)): used.insert(id)
                case ("audio", .string(let file)): used.insert(PathName(file).stem)
                default: collect(member.value, into: &used)
                }
            }
        default: break
        }
    }
}

extension SheetRun.Prompt {
    /// Notes why it could not be made.
    mutating func fail(_ failure: any Error) {
        state = .failed
        switch failure {
        case let failure as SpeechError: error = (failure.advised.reason, ExitStatus.code(for: failure))
        case let failure as ConversionError:
            let advised = failure.advised(.say)
            error = ("\(advised)", ExitStatus.code(for: failure))
        default: error = ("\(failure)", ExitStatus.badData)
        }
    }
}
