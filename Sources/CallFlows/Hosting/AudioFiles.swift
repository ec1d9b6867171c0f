import AudioConversion
import Synchronization
import TelephonyAudio

/// Why an audio file can't be played, in one sentence.
struct AudioFileError: Error, Hashable, CustomStringConvertible {
    let description: String
}

/// Audio files as `play_wav_data` has them: each converted once, by whoever asks first, and kept.
final class AudioFiles: Sendable {
    private let folder: String
    /// Files in base64.
    private let converted: AudioCache<String, String>
    /// Files that are being converted.
    private let conversions = Mutex<[String: Task<Result<String, AudioFileError>, Never>]>([:])

    /// - Parameter maximumByteCount: the most base64 that is kept.
    init(folder: String, maximumByteCount: Int = 256 << 20) {
        self.folder = folder
        converted = AudioCache(maximumByteCount: maximumByteCount)
    }

    /// A file in base64.
    ///
    /// - Parameter file: relative to the folder; in any format.
    func base64(_ file: String) async throws(AudioFileError) -> String {
        if let text = converted.value(for: file) { return text }
        let task = conversions.withLock { conversions in
            if let task = conversions[file] { return task }
            let task = Task.detached { await self.conversion(of: file) }
            conversions[file] = task
            return task
        }
        return try await task.value.get()
    }

    /// Converts a file, and keeps it; a failure is tried again next time.
    private func conversion(of file: String) async -> Result<String, AudioFileError> {
        defer { conversions.withLock { $0[file] = nil } }
        // Another conversion may have ended since the caller looked.
        if let text = converted.value(for: file) { return .success(text) }
        let result = await Self.convert(file.hasPrefix("/") ? file : "\(folder)/\(file)")
        if case .success(let text) = result { converted.insert(text, for: file, byteCount: text.utf8.count) }
        return result
    }

    private static func convert(_ path: String) async -> Result<String, AudioFileError> {
        do throws(ConversionError) {
            return .success(try await AudioConverter().convertInBackground(.file(path)).audio.base64WAV)
        } catch { return .failure(AudioFileError(description: "\(error)")) }
    }
}
