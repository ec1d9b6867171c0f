import AudioConversion
import CallSimulation
import NIOHTTP1
import RealTimeAPI
import RecordingDetection
import Synchronization
import TalkDetection
import ThresholdTuning

/// What the page has to know before anything else.
struct SessionRoutes: Sendable {
    private let configuration: StudioConfiguration
    private let shelf: RecordingShelf
    private let desk: LabelDesk
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

    init(_ configuration: StudioConfiguration, _ shelf: RecordingShelf, _ desk: LabelDesk) {
        self.configuration = configuration
        self.shelf = shelf
        self.desk = desk
        voices = Voices()
    }

    func session() -> StudioReply {
        let summary = desk.summary
        let names = configuration.givenNames.isEmpty ? TalkNames.usual : configuration.givenNames
        let without = configuration.givenNames.isEmpty ? TalkNames.usualWithout : []
        let findings = desk.findings.prefix(100).map { JSON.string("\(configuration.tool.tuningFailure($0))") }
        let labels = JSON.object([
            JSON.Member("file", .text(summary.file)), JSON.Member("is_writable", .bool(summary.isWritable)),
            JSON.Member("note", .text(summary.reason)), JSON.Member("names_talk", .array(names.map { .string($0) })),
            JSON.Member("names_without", .array(without.map { .string($0) })),
            JSON.Member("findings", .array(findings)),
        ])
        return .json([
            JSON.Member("version", .string(configuration.tool.version)),
            JSON.Member("folders", .array(folders.map { .string($0) })), JSON.Member("total", .integer(shelf.count)),
            JSON.Member("labels", labels), JSON.Member("commands", DetectionCatalogue.commands),
            JSON.Member("settings", DetectionCatalogue.settings(option: configuration.tool.option)),
            JSON.Member("handlers", .array(configuration.handlers.map { .string($0.handler.shown) })),
            JSON.Member("page_defaults", pageDefaults),
            JSON.Member(
                "voices", .array(voices.texts(configuration.tool).map { .raw(JSONText(unchecked: Array($0.utf8))) })),
            JSON.Member("prompts", .text(configuration.prompts?.path)), JSON.Member("limits", limits),
        ])
    }

    private var folders: [String] {
        var folders: [String] = []
        for input in configuration.recordings {
            let folder = input.isWalked ? String(input.path.dropLast(input.relativePath.count)) : input.path
            if folders.last != folder, folders.count < 100 { folders.append(folder) }
        }
        return folders
    }

    /// What the platform's page recommends for `play_talk_detect`.
    private var pageDefaults: JSON {
        let settings: [DetectionSetting] = [.minimum, .maximum, .silence, .analysisTime]
        return .object(
            settings.map { setting in
                JSON.Member(setting.name, .integer(setting.usual(for: .playTalkDetect)!))
            })
    }

    private var limits: JSON {
        let limits = StudioLimits()
        return .object([
            JSON.Member("upload_bytes", .integer(limits.uploadSize)),
            JSON.Member("label_bytes", .integer(limits.labelSize)),
            JSON.Member("columns", .integer(SoundPictureData.columnLimit)),
            JSON.Member("held_bytes", .integer(RecordingShelf.heldLimit)),
        ])
    }
}
