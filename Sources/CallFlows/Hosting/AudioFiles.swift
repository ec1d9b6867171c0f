import AudioConversion
import DequeModule
import Dispatch
import Synchronization
import TelephonyAudio

/// Why an audio file can't be played, in one sentence.
struct AudioFileError: Error, Hashable, CustomStringConvertible {
    let description: String
}

/// Audio files as `play_wav_data` has them: each converted once, by whoever asks first, and kept.
final class AudioFiles: Sendable {
    private struct State {
        var files: [String: Task<Result<String, AudioFileError>, Never>] = [:]
        /// Those that are converted, the oldest first.
        var kept = Deque<(file: String, bytes: Int)>()
        var bytes = 0
    }

    /// The most base64 that is kept.
    private static let maximumBytes = 256 << 20

    private let folder: String
    private let state = Mutex(State())

    init(folder: String) { self.folder = folder }

    /// A file in base64.
    ///
    /// - Parameter file: relative to the folder; in any format.
    func base64(_ file: String) async throws(AudioFileError) -> String {
        let (task, isNew) = state.withLock { state in
            if let task = state.files[file] { return (task, false) }
            let path = file.hasPrefix("/") ? file : "\(folder)/\(file)"
            let task = Task.detached { await Self.convert(path) }
            state.files[file] = task
            return (task, true)
        }
        let result = await task.value
        if isNew { keep(file, result) }
        return try result.get()
    }

    /// Away from the threads that run flows and end their budgets: conversion blocks, and takes long.
    private static func convert(_ path: String) async -> Result<String, AudioFileError> {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                do throws(ConversionError) {
                    let audio = try AudioConverter().convert(.file(path)).audio
                    continuation.resume(returning: .success(audio.base64WAV))
                } catch { continuation.resume(returning: .failure(AudioFileError(description: "\(error)"))) }
            }
        }
    }

    /// Keeps what was converted, in bounds; a failure is tried again next time.
    private func keep(_ file: String, _ result: Result<String, AudioFileError>) {
        state.withLock { state in
            guard case .success(let text) = result else {
                state.files[file] = nil
                return
            }
            state.kept.append((file, text.utf8.count))
            state.bytes += text.utf8.count
            while state.bytes > Self.maximumBytes, state.kept.count > 1, let oldest = state.kept.popFirst() {
                state.files[oldest.file] = nil
                state.bytes -= oldest.bytes
            }
        }
    }
}
