import CallSimulation
import NIOHTTP1
import RealTimeAPI
import RecordingDetection
import Synchronization

/// What the page has to know before anything else.
struct SessionRoutes: Sendable {
    private let configuration: StudioConfiguration
    private let shelf: RecordingShelf
    private let desk: LabelDesk
    private let limits: StudioLimits
    private let voices: Voices

    /// Asked for once, since a program has to be started for it.
    private final class Voices: Sendable {
        private let texts = Mutex<[String]?>(nil)

        func texts(_ tool: StudioTool) -> [String] {
            texts.withLock { texts in
                let known = texts ?? tool.voices()
                if !known.isEmpty { texts = known }
                return known
            }
        }
    }

    init(
        _ configuration: StudioConfiguration, _ shelf: RecordingShelf, _ desk: LabelDesk, _ limits: StudioLimits
    ) {
        self.configuration = configuration
        self.shelf = shelf
        self.desk = desk
        self.limits = limits
        voices = Voices()
    }

    func session() -> StudioReply {
        let summary = desk.summary
        let findings = desk.findings.prefix(100).map { JSON.string("\(configuration.tool.tuningFailure($0))") }
        let labels = JSON.object([
            JSON.Member("file", .text(summary.file)), JSON.Member("is_writable", .bool(summary.isWritable)),
            JSON.Member("note", .text(summary.reason)), JSON.Member("findings", .array(findings)),
        ])
        return .json([
            JSON.Member("total", .integer(shelf.count)), JSON.Member("labels", labels),
            JSON.Member("commands", DetectionCatalogue.commands),
            JSON.Member("settings", DetectionCatalogue.settings(option: configuration.tool.option)),
            JSON.Member("handlers", .array(configuration.handlers.map { .string($0.handler.shown) })),
            JSON.Member(
                "voices", .array(voices.texts(configuration.tool).map { .raw(JSONText(unchecked: Array($0.utf8))) })),
            JSON.Member("prompts", .text(configuration.prompts?.path)),
            JSON.Member("limits", .object([JSON.Member("upload_bytes", .integer(limits.uploadSize))])),
        ])
    }
}
