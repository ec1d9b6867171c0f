import AudioConversion
import Files
import TelephonyAudio

/// The audio that a flow file names, each file converted once.
struct FlowAudio {
    private let folder: String
    private let maximumBytes: Int
    private var files: [String: Result<(base64: String, warnings: [String]), Failure>] = [:]
    private var bytes = 0
    /// Those that could be converted, in the order of the first use.
    private(set) var converted: [String] = []

    struct Failure: Error {
        let reason: String
    }

    /// - Parameter maximumBytes: how much base64 there may be before the last file is converted.
    init(folder: String, maximumBytes: Int = 256 << 20) {
        self.folder = folder
        self.maximumBytes = maximumBytes
    }

    /// A file in base64, and what is unusual about it.
    mutating func base64(_ file: String) throws(Failure) -> (base64: String, warnings: [String]) {
        if let known = files[file] { return try known.get() }
        let result = convert(file)
        files[file] = result
        if case .success(let audio) = result {
            bytes += audio.base64.utf8.count
            converted.append(file)
        }
        return try result.get()
    }

    private func convert(_ file: String) -> Result<(base64: String, warnings: [String]), Failure> {
        let path = PathName.resolve(file, in: folder)
        // A pipe would be waited for.
        if let kind = FileStatus.kind(of: path), kind != .regular {
            return .failure(Failure(reason: "\(path): is no file"))
        }
        guard bytes < maximumBytes else {
            return .failure(Failure(reason: "\(path): the audio of all steps is over \(maximumBytes >> 20) MB"))
        }
        var options = ConversionOptions()
        options.limits.maximumDuration = .seconds(600)
        do throws(ConversionError) {
            let (audio, report) = try AudioConverter(options: options).convert(.file(path))
            return .success((audio.base64WAV, report.warnings.map { "\(path): \($0)" }))
        } catch { return .failure(Failure(reason: "\(error)")) }
    }
}
