package import AudioConversion
import CommandArguments
import Files
import RealTimeAPI

/// What `convert` and `say` write.
package enum WrittenForm: String, CaseIterable {
    /// A WAV file.
    case wav
    /// The WAV file in base64, in one line.
    case base64
    /// A whole RT.Response with the command `play_wav_data`, in one line of JSON.
    case command

    /// The same as the library knows it.
    package var output: OutputForm {
        switch self {
        case .wav: .wav
        case .base64: .base64
        case .command: Self.response
        }
    }

    private static let response: OutputForm = {
        let place = "AUDIO"
        let response = Response(.playWAVData(.init(base64: place)), commandID: 1, variables: .emptyObject)
        let parts = String(decoding: response.json, as: UTF8.self).split(separator: place)
        return .text(before: String(parts[0]), after: "\(parts[1])\n")
    }()

    /// What to know of the size of audio that a response carries; nil if it is usual.
    package static func sizeWarning(base64ByteCount: Int) -> String? {
        PlayWAVData.warning(aboutByteCount: base64ByteCount).map { "as play_wav_data it \($0)" }
    }

    /// The endings of files of this form; the first is given to them.
    package var endings: [String] {
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
    package func checkName(_ path: String) throws {
        guard Self.isKnown(path), !endings.contains(PathName(path).ending.lowercased()) else { return }
        throw ValidationError(
            "-o \(path): what is written is \(description): let the name end in .\(endings[0]), or say --as for another form"
        )
    }

    /// - Throws: a `ValidationError` if a new folder's name is a file's.
    package static func checkFolderName(_ path: String) throws {
        guard isKnown(path) else { return }
        throw ValidationError(
            "-o \(path): would be a folder, for several results; write \(path)/ if one is meant, or convert files one by one"
        )
    }
}
