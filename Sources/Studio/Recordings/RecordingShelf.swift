import AudioConversion
import LevelMeasurement
import NIOHTTP1
import Synchronization

/// The recordings: those of the folders, listed at once and measured in time, and those that the page has sent.
///
/// They are known by their places, which never change, and by nothing that a page could make a path of.
final class RecordingShelf: Sendable {
    private struct Content {
        var entries: [ShelfEntry]
        /// Counts changes, so that a page can ask for what is new.
        var revision = 1
        /// Bytes of audio that the page has sent.
        var heldBytes = 0
    }

    private let content: Mutex<Content>

    /// The most bytes of audio that the page may send.
    static let heldLimit = 256 << 20

    init(_ inputs: [FoundInput]) {
        let counts = Dictionary(grouping: inputs, by: \.relativePath).mapValues(\.count)
        let entries = inputs.map { input in
            // A name that several have says more: pages keep recordings by their names from start to start.
            let name = counts[input.relativePath] == 1 ? input.relativePath : input.path
            var entry = ShelfEntry(name: name, labelName: input.recordingName, source: .file(input))
            entry.revision = 1
            return entry
        }
        content = Mutex(Content(entries: entries))
    }

    // MARK: Reading

    var entries: [ShelfEntry] { content.withLock { $0.entries } }

    var count: Int { content.withLock { $0.entries.count } }

    /// The recordings, and the number of the last change.
    func snapshot() -> (entries: [ShelfEntry], revision: Int) { content.withLock { ($0.entries, $0.revision) } }

    /// The recording of a name that ``id(_:)`` gives.
    ///
    /// - Throws: 404 if there is none.
    func find(_ id: String) throws(StudioError) -> (index: Int, entry: ShelfEntry) {
        guard id.hasPrefix("r"), let index = Int(id.dropFirst()), Self.id(index) == id else { throw .notFound }
        let entry = content.withLock { $0.entries.indices.contains(index) ? $0.entries[index] : nil }
        guard let entry else { throw .notFound }
        return (index, entry)
    }

    static func id(_ index: Int) -> String { "r\(index)" }

    // MARK: Changes

    /// Changes a recording.
    ///
    /// - Returns: the number of the change.
    @discardableResult
    func change(_ index: Int, _ body: (inout ShelfEntry) -> Void) -> Int {
        change([index]) { _, entry in body(&entry) }
    }

    /// Changes recordings, all at once.
    @discardableResult
    func change(_ indices: [Int], _ body: (Int, inout ShelfEntry) -> Void) -> Int {
        content.withLock { content in
            content.revision += 1
            for index in indices {
                body(index, &content.entries[index])
                content.entries[index].revision = content.revision
            }
            return content.revision
        }
    }

    /// Adds audio that the page has sent.
    ///
    /// - Throws: 413 if there is no room for it.
    func add(_ sound: RecordingSound, levels: MeasuredLevels, name: String) throws(StudioError) -> Int {
        let index: Int? = content.withLock { content in
            guard content.heldBytes + sound.byteCount <= Self.heldLimit else { return nil }
            content.heldBytes += sound.byteCount
            content.revision += 1
            // The page knows recordings by their names.
            var unique = name
            var number = 2
            while content.entries.contains(where: { $0.name == unique }) {
                unique = "\(name) (\(number))"
                number += 1
            }
            var entry = ShelfEntry(name: unique, labelName: unique, source: .memory(sound))
            entry.state = .measured(levels)
            entry.revision = content.revision
            content.entries.append(entry)
            return content.entries.count - 1
        }
        guard let index else {
            throw StudioError(
                .payloadTooLarge, "there is no room for more audio in memory; save it in a folder and open that")
        }
        return index
    }
}
