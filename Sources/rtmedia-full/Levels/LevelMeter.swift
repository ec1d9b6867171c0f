import AudioConversion
import Files
import QuickCommands
import TelephonyAudio
import ThresholdTuning

/// Measures the levels of recordings, or finds them where they were kept.
struct LevelMeter: Sendable {
    /// What an input holds.
    enum Content: Sendable {
        case recording(RecordingLevels, wasKept: Bool)
        case levels(LevelFile)
    }

    let options: ConversionOptions
    let cache: LevelCache?

    /// The most bytes of a level file: some 60,000 recordings of 10 s.
    private static let levelFileLimit = 1 << 30

    /// The levels of a recording, or those of a level file.
    func read(_ input: FoundInput) throws(ConversionError) -> Content {
        guard input.path != "-" else {
            throw ConversionError(.usage, file: input.path, "recordings can't come from standard input; name files")
        }
        guard let isLevelFile = try isLevelFile(input.path) else {
            throw ConversionError(.noInput, file: input.path, "is no file")
        }
        if isLevelFile {
            let bytes = try FileBytes.read(input.path, limit: Self.levelFileLimit)
            do throws(TuningError) { return .levels(try LevelFile(bytes, name: input.path)) } catch {
                throw ConversionError(.damaged, file: error.subject, error.advised.reason)
            }
        }
        var computation = ContentDigest.Computation()
        try FileBytes.forEachPart(of: input.path) { computation.update($0.bytes) }
        let digest = computation.finish()
        let key = key(digest, path: input.path)
        if let kept = cache?.levels(key, digest: digest) {
            return .recording(kept.named(input.recordingName, path: input.path), wasKept: true)
        }
        var recorder = LevelRecorder(digest: digest)
        try AudioConverter(options: options).convert(input.source) { recorder.add($0) }
        let levels = recorder.finish(name: "recording")
        cache?.keep(levels, key)
        return .recording(levels.named(input.recordingName, path: input.path), wasKept: false)
    }

    /// Whether a file holds levels; nil if it is no file, but a folder or a pipe, which would be waited for.
    private func isLevelFile(_ path: String) throws(ConversionError) -> Bool? {
        try attempt(on: path) { () throws(SystemError) -> Bool? in
            let file = try OpenFile(reading: path, waiting: false)
            guard try file.status().kind == .regular else { return nil }
            var head = [UInt8](repeating: 0, count: 8)
            return try file.read(at: 0, into: &head) == head.count && LevelFile.isLevelFile(head)
        }
    }

    /// A digest of all that the levels depend on: the content, and how it is read, which a name's ending may tell.
    private func key(_ digest: ContentDigest, path: String) -> ContentDigest {
        let manner =
            "levels 1, \(LineCondition.standard), ending \(PathName(path).ending.lowercased()), "
            + "raw \(options.raw.map { "\($0)" } ?? "none"), partial \(options.acceptsPartial), content \(digest.text)"
        return ContentDigest(of: Array(manner.utf8).span.bytes)
    }
}

extension FoundInput {
    /// What a recording is called: the folder that was named, and the path under it; whatever the machine's folders are.
    var recordingName: String {
        let base = isWalked ? String(path.dropLast(relativePath.count)) : PathName(path).folder
        let parts = base.split(separator: "/").filter { $0 != "." && $0 != ".." }
        return parts.last.map { "\($0)/\(relativePath)" } ?? relativePath
    }
}
