import AudioConversion
import Files
import RealTimeAPI
import Studio
import TelephonyAudio

/// The prompts that are in a folder, and those that a sheet says should be.
struct PromptListing {
    /// In the order of the sheet, then by name.
    let prompts: [PromptFolder.Prompt]

    /// Lists a folder.
    ///
    /// - Parameter sheet: what the prompts are made of; nil lists what is there.
    /// - Throws: a `FileError` or `ConversionError` if the sheet can't be read.
    init(_ folder: String, sheet: String?) throws {
        let records = SheetRecords(in: folder)
        var found = Set(Folder.files(under: folder).filter(\.isPlayed).map(\.relativePath))
        var prompts: [PromptFolder.Prompt] = []
        if let sheet {
            let sheet = try PromptSheet(sheet)
            for row in sheet.rows {
                var prompt = PromptFolder.Prompt(name: sheet.file(of: row), language: row.language)
                if case .text(let text) = row.content { prompt.text = text }
                if found.remove(prompt.name) == nil {
                    prompt.note = "is missing"
                } else {
                    Self.look(at: &prompt, in: folder, records)
                    if prompt.note == nil { prompt.note = records.prompts[prompt.name].note(of: row) }
                }
                prompts.append(prompt)
            }
        }
        for name in found.sorted() {
            var prompt = PromptFolder.Prompt(name: name)
            Self.look(at: &prompt, in: folder, records)
            if sheet != nil, prompt.note == nil { prompt.note = "is not in the sheet" }
            prompts.append(prompt)
        }
        self.prompts = prompts
    }

    /// The largest file that is listed with its length: an hour.
    private static let limit = 64 << 20

    /// Finds out how long a prompt is, and whether it is what was made.
    private static func look(at prompt: inout PromptFolder.Prompt, in folder: String, _ records: SheetRecords) {
        let bytes: [UInt8]
        do throws(ConversionError) {
            bytes = try FileBytes.read(PathName.join(folder, prompt.name), limit: limit)
        } catch {
            prompt.note = error.reason
            return
        }
        let wav = PlayableWAV(byteCount: bytes.count) { Array(bytes.dropFirst($0).prefix($1)) }
        prompt.sampleCount = wav.audio.map { $0.count / 2 }
        if let problem = wav.problems.first {
            prompt.note = problem
        } else if let record = records.prompts[prompt.name], record.content != SheetRecords.number(bytes) {
            prompt.note = "was edited"
        }
    }
}

extension SheetRecords.Entry? {
    /// What is to be said of a prompt whose file is the one that was made.
    fileprivate func note(of row: PromptSheet.Row) -> String? {
        guard let self else { return "was not made by a sheet" }
        guard let known = self.row, known != row.number else { return nil }
        return "is out of date: its row in the sheet has changed"
    }
}

extension Folder.Entry {
    /// Whether it is a file that may be a prompt.
    fileprivate var isPlayed: Bool { isFile && PathName(path).ending.lowercased() == "wav" }
}
