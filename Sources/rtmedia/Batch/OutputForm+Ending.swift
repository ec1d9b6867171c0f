import ArgumentParser
import AudioConversion
import Files

extension OutputForm {
    /// The endings of files of this form; the first is given to them.
    var endings: [String] {
        switch self {
        case .wav: ["wav", "wave"]
        case .base64: ["b64", "txt"]
        case .command: ["json", "jsonl", "txt"]
        }
    }

    private var description: String {
        switch self {
        case .wav: "a WAV file"
        case .base64: "base64"
        case .command: "JSON"
        }
    }

    /// Endings by which programs know other sound files, besides those of headerless ones.
    private static let foreignEndings: Set = [
        "3gp", "aac", "ac3", "aif", "aifc", "aiff", "amr", "ape", "au", "caf", "flac", "m4a", "m4b", "mka", "mkv",
        "mov",
        "mp2", "mp3", "mp4", "mpga", "oga", "ogg", "opus", "pvf", "ra", "raw", "rf64", "snd", "sph", "spx", "tta",
        "voc", "w64",
        "webm", "wma", "wv",
    ]

    /// Whether a file is known for something by its name.
    private static func isKnown(_ path: String) -> Bool {
        let ending = PathName(path).ending.lowercased()
        return foreignEndings.contains(ending) || allCases.contains { $0.endings.contains(ending) }
            || HeaderlessFormat(fileName: path) != nil
    }

    /// - Throws: a `ValidationError` if a file's name promises something else than this form.
    func checkName(_ path: String) throws {
        guard Self.isKnown(path), !endings.contains(PathName(path).ending.lowercased()) else { return }
        throw ValidationError(
            "-o \(path): what is written is \(description): let the name end in .\(endings[0]), or say --as for another form"
        )
    }

    /// - Throws: a `ValidationError` if a new folder's name is a file's.
    static func checkFolderName(_ path: String) throws {
        guard isKnown(path) else { return }
        throw ValidationError(
            "-o \(path): would be a folder, for several results; write \(path)/ if one is meant, or convert files one by one"
        )
    }
}
