import AudioConversion
import Files
import TelephonyAudio

/// The audio that a flow file names, each file converted once.
struct FlowAudio {
    private let folder: String
    /// Whether files are read; else each is a moment of silence.
    private let isRead: Bool
    private let maximumBytes: Int
    private var files: [String: Result<(base64: String, warnings: [String]), Failure>] = [:]
    private var bytes = 0
    /// Those that could be converted, in the order of the first use.
    private(set) var converted: [String] = []

    struct Failure: Error {
        let reason: String
    }

    /// - Parameter maximumBytes: how much base64 there may be before the last file is converted.
    init(folder: String, isRead: Bool = true, maximumBytes: Int = 256 << 20) {
        self.folder = folder
        self.isRead = isRead
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
        guard isRead else {
            return .success((PhoneAudio(samples: [Int16](repeating: 0, count: 160)).base64WAV, []))
        }
        let path = PathName.resolve(file, in: folder)
        // A pipe would be waited for.
        if let kind = FileStatus.kind(of: path), kind != .regular {
            return .failure(Failure(reason: "\(path): is not a file"))
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
