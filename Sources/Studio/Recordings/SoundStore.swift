import AudioConversion
import Synchronization
import TelephonyAudio

/// Recordings as samples, decoded when they are asked for, and kept while there is room.
final class SoundStore: Sendable {
    private let kept = AudioCache<Int, RecordingSound>(maximumByteCount: 512 << 20)
    private let options: ConversionOptions
    /// Those that are being decoded, so that none is twice.
    private let loading = Mutex<[Int: Loading]>([:])

    private final class Loading: Sendable {
        let turn = Mutex(())
    }

    /// The longest recording that is opened.
    static let longest = Duration.seconds(4 * 3600)

    init(_ options: ConversionOptions) {
        var options = options
        options.limits.maximumDuration = Self.longest
        self.options = options
    }

    /// A recording's sound.
    ///
    /// - Throws: what conversion throws.
    func sound(_ index: Int, of entry: ShelfEntry) throws(ConversionError) -> RecordingSound {
        let input: FoundInput
        switch entry.source {
        case .file(let found): input = found
        case .memory(let sound): return sound
        }
        if let sound = kept.value(for: index) { return sound }
        let place = loading.withLock { loading in
            let place = loading[index] ?? Loading()
            loading[index] = place
            return place
        }
        let result: Result<RecordingSound, ConversionError> = place.turn.withLock { _ in
            if let sound = kept.value(for: index) { return .success(sound) }
            do throws(ConversionError) {
                let (audio, report) = try AudioConverter(options: options).convert(input.source)
                let sound = RecordingSound(audio, warnings: report.warnings)
                kept.insert(sound, for: index, byteCount: sound.byteCount)
                return .success(sound)
            } catch { return .failure(error) }
        }
        loading.withLock { $0[index] = nil }
        return try result.get()
    }
}
