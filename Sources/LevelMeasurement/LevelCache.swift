import AudioConversion
import Files
package import ThresholdTuning

/// Levels of recordings on disk, each in a level file of its own whose name is a digest of all that the levels depend on.
///
/// A file appears whole or not at all, so that a run that is broken off leaves what it has done; what is damaged is
/// measured anew.
package struct LevelCache: Sendable {
    package let folder: String

    /// A cache in a folder, which need not be there.
    package init(folder: String) { self.folder = folder }

    /// In `XDG_CACHE_HOME`, or in `~/.cache`; nil if there is neither.
    package static var usual: LevelCache? {
        let folder = Environment.folder("XDG_CACHE_HOME") ?? Environment.folder("HOME").map { "\($0)/.cache" }
        return folder.map { LevelCache(folder: "\($0)/rtmedia/levels") }
    }

    /// The levels that are kept under a key; nil if there are none, or none that can be trusted.
    package func levels(_ key: ContentDigest, digest: ContentDigest) -> RecordingLevels? {
        guard let bytes = try? FileBytes.read(path(key), limit: 1 << 24),
            let file = try? LevelFile(bytes, name: "cache"), file.conditions == LineCondition.standard,
            file.recordings.count == 1, file.recordings[0].digest == digest
        else { return nil }
        return file.recordings[0]
    }

    /// Keeps levels; without room for them the next run measures them again.
    package func keep(_ levels: RecordingLevels, _ key: ContentDigest) {
        let path = path(key)
        guard (try? OutputFile.createFolder(of: path)) != nil else { return }
        try? OutputFile.write(LevelFile(recordings: [levels]).bytes, to: path, replacing: true)
    }

    /// Two characters of the name are a folder, since some file systems are slow with many files in one.
    private func path(_ key: ContentDigest) -> String {
        "\(folder)/\(key.text.prefix(2))/\(key.text.dropFirst(2)).levels"
    }
}
