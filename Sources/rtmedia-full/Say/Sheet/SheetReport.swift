import AudioConversion
import CommandArguments
import Files
import Presentation
import QuickCommands
import RealTimeAPI
import SpeechSynthesis
import TelephonyAudio
import YAMLFiles

/// What is told of a sheet: how long prompts are, side by side, and what is to be looked at.
struct SheetReport {
    private let run: SheetRun
    private let sheet: PromptSheet
    private let prompts: [SheetRun.Prompt]
    private let records: SheetRecords
    private let alike: [(name: String, as: String)]
    private let used: Set<String>?
    /// What there is to know of the sheet and of the lexicon, and is no error.
    private let notes: [FileFinding]

    init(
        _ run: SheetRun, _ sheet: PromptSheet, _ prompts: [SheetRun.Prompt], _ records: SheetRecords,
        alike: [(name: String, as: String)], used: Set<String>?, notes: [FileFinding]
    ) {
        self.run = run
        self.sheet = sheet
        self.prompts = prompts
        self.records = records
        self.alike = alike
        self.used = used
        self.notes = notes
    }

    /// Tells all of it.
    ///
    /// - Throws: the exit code: of the first prompt that failed; 1 if something is found that was looked for.
    mutating func tell(seconds: Double) throws {
        let findings = self.findings
        if run.json {
            for prompt in prompts { Console.data(jsonLine(PromptRecord(prompt))) }
            for finding in notes.map(\.description) + voiceNotes + findings {
                Console.data(jsonLine(FindingRecord(finding: finding)))
            }
        } else {
            if !run.quiet {
                for note in notes { Console.note("\(note)") }
                for note in voiceNotes { Console.note("rtmedia: \(note)") }
                tellLengths()
            }
            for prompt in prompts {
                if let error = prompt.error { note(prompt, "error: \(error.text)") }
                if !run.quiet, prompt.state == .made || run.arguments.check {
                    for warning in prompt.warnings { note(prompt, "warning: \(warning)") }
                    if let cut = prompt.cut { note(prompt, cut) }
                }
            }
            if !run.quiet || run.arguments.check { for finding in findings { Console.note("rtmedia: \(finding)") } }
            if !run.quiet { Console.note(summary(seconds)) }
        }
        try Console.checkData()
        if let code = prompts.lazy.compactMap({ $0.error?.code }).first { throw code }
        if run.arguments.check, !findings.isEmpty { throw ExitStatus.different }
    }

    /// What there is to know of voices: names that are not known, and guesses.
    private var voiceNotes: [String] {
        var told: Set<String> = []
        return prompts.compactMap(\.standIn).filter { told.insert($0.name).inserted }.flatMap { standIn in
            let unknown = standIn.isForPlatformVoice ? Media.warning(aboutVoice: standIn.name) : nil
            return [unknown, standIn.isSexGuessed ? "\(standIn)" : nil].compactMap { $0 }
        }
    }

    private func note(_ prompt: SheetRun.Prompt, _ text: String) {
        Console.note("\(run.path):\(prompt.row.line): \(prompt.row.id): \(text)")
    }

    /// A table of prompts and languages.
    private func tellLengths() {
        let languages = sheet.languages.isEmpty ? [""] : sheet.languages
        var ids: [String] = []
        var cells: [String: [String: String]] = [:]
        for prompt in prompts {
            if cells[prompt.row.id] == nil { ids.append(prompt.row.id) }
            cells[prompt.row.id, default: [:]][prompt.row.language ?? ""] = prompt.cell
        }
        let rows =
            [["prompt"] + languages.map { $0.isEmpty ? "length" : $0 }]
            + ids.map { id in [id] + languages.map { cells[id]?[$0] ?? "-" } }
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        for row in rows {
            let fields = zip(row, widths).enumerated().map { index, field in
                let space = String(repeating: " ", count: field.1 - field.0.count)
                return index == 0 ? field.0 + space : space + field.0
            }
            Console.data(fields.joined(separator: "  "))
        }
    }

    private func summary(_ seconds: Double) -> String {
        func count(_ state: SheetRun.State) -> Int { prompts.count { $0.state == state } }
        let parts = [
            (count(.made), "made"), (count(.unchanged), "unchanged"), (count(.missing), "missing"),
            (count(.old), "out of date"), (count(.changedByHand), "edited"), (count(.foreign), "not made by a sheet"),
            (count(.failed), "failed"), (prompts.count { $0.row.isFallback }, "taken from the general language"),
        ]
        let text = parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
        return
            "\(prompts.count) \(prompts.count == 1 ? "prompt" : "prompts"): \(text) in \((seconds * 100).rounded() / 100) s"
    }

    /// What is to be looked at, a sentence each.
    private var findings: [String] {
        var findings: [String] = []
        func add(_ prompt: SheetRun.Prompt, _ text: String) { findings.append("\(prompt.file): \(text)") }
        let longest = run.arguments.longest ?? 60
        let longestText = longest == longest.rounded() ? "\(Int(longest))" : "\(longest)"
        for prompt in prompts {
            switch prompt.state {
            case .missing: add(prompt, "is missing")
            case .old: add(prompt, "is out of date: what it is made from has changed")
            case .changedByHand: add(prompt, "was edited and is kept; --force makes it again")
            case .foreign: add(prompt, "was not made by a sheet; --force replaces it")
            case .unchanged, .made, .failed: break
            }
            if let samples = prompt.samples, Double(samples) > longest * Double(PhoneAudio.sampleRate) {
                add(prompt, "is \(prompt.cell) long, more than \(longestText) s")
            }
        }
        let ids = Set(prompts.map(\.row.id))
        if sheet.hasFolders {
            for language in sheet.languages {
                let own = Set(prompts.filter { $0.row.language == language }.map(\.row.id))
                for id in ids.subtracting(own).sorted() { findings.append("\(id): is missing in \(language)") }
            }
        }
        let files = Set(prompts.map(\.file))
        for file in records.prompts.keys.sorted() where !files.contains(file) {
            findings.append("\(file): is no longer in the sheet")
        }
        for (name, other) in alike {
            findings.append("\(name): sounds like \(other): all sounds of its language are taken")
        }
        if let used {
            func last(_ id: String) -> String { PathName(id).last }
            let unused = ids.filter { !used.contains($0) && !used.contains(last($0)) }.sorted()
            if !unused.isEmpty {
                let names = unused.prefix(20).joined(separator: ", ") + (unused.count > 20 ? " ..." : "")
                findings.append("\(unused.count) of \(ids.count) prompts are used by no flow: \(names)")
            }
            let known = ids.union(ids.map(last))
            for id in used.sorted() where !known.contains(id) {
                findings.append("\(id): is played by a flow, but is not in the sheet")
            }
        }
        return findings
    }
}

extension SheetRun.Prompt {
    /// How long it is, or what is wrong.
    fileprivate var cell: String {
        if error != nil { return "failed" }
        guard let samples else {
            switch state {
            case .changedByHand: return "edited"
            case .foreign: return "not made by a sheet"
            case .missing, .unchanged, .old, .made, .failed: return "missing"
            }
        }
        let hundredths = (samples * 100 + PhoneAudio.sampleRate / 2) / PhoneAudio.sampleRate
        let rest = hundredths % 100
        return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest) s"
    }

    /// What was cut off at its ends; nil if nothing.
    fileprivate var cut: String? {
        guard let processing = report?.processing, processing.leadTrimmed > .zero || processing.trailTrimmed > .zero
        else {
            return nil
        }
        func seconds(_ duration: Duration) -> String { "\((duration / .milliseconds(10)).rounded() / 100) s" }
        return "cut: \(seconds(processing.leadTrimmed)) before and \(seconds(processing.trailTrimmed)) after the sound"
    }
}

/// A prompt in JSON.
private struct PromptRecord: Encodable {
    let file: String
    let id: String
    let line: Int
    let language: String?
    let result: String
    let voice: String?
    let standIn: String?
    let rate: Int?
    let pitch: Int?
    let durationMs: Double?
    let activeLevelDbov: Double?
    let gainDb: Double?
    let isFallback: Bool
    let warnings: [String]
    let error: String?

    init(_ prompt: SheetRun.Prompt) {
        file = prompt.file
        id = prompt.row.id
        line = prompt.row.line
        language = prompt.row.language
        result = prompt.state.rawValue
        voice = prompt.standIn?.name
        standIn = prompt.standIn?.file
        rate = prompt.rate
        pitch = prompt.pitch
        durationMs = prompt.samples.map { Double($0) / 8 }
        activeLevelDbov = prompt.report?.processing?.activeLevel?.dBov
        gainDb = prompt.report?.processing?.activeLevel == nil ? nil : prompt.report?.processing?.gain
        isFallback = prompt.row.isFallback
        warnings = prompt.warnings
        error = prompt.error?.text
    }
}

/// Something to look at, in JSON.
private struct FindingRecord: Encodable {
    let finding: String
}
