import NIOHTTP1
import Presentation
import RealTimeAPI
import TelephonyAudio
import ThresholdTuning

/// Files of labels, which come in and go out.
struct LabelRoutes: Sendable {
    private let shelf: RecordingShelf
    private let desk: LabelDesk
    private let configuration: StudioConfiguration

    init(_ shelf: RecordingShelf, _ desk: LabelDesk, _ configuration: StudioConfiguration) {
        self.shelf = shelf
        self.desk = desk
        self.configuration = configuration
    }

    func reply(_ request: StudioRequest) throws(StudioError) -> StudioReply {
        switch request.method {
        case .GET: return try download(request)
        case .POST: return try take(request)
        default: throw .notAllowed("GET, POST")
        }
    }

    private func take(_ request: StudioRequest) throws(StudioError) -> StudioReply {
        guard let name = request.query["name"] else { throw StudioError(.badRequest, "name must name the file") }
        var recording: Int?
        if let id = request.query["id"] { recording = try shelf.find(id).index }
        let (taken, findings, revision) = try desk.take(
            request.body, name: name.harmless(atMost: 200), recording: recording)
        let texts = findings.prefix(100).map { JSON.string("\(configuration.tool.tuningFailure($0))") }
        return .json([
            JSON.Member("taken", .integer(taken)), JSON.Member("findings", .array(texts)),
            JSON.Member("revision", .integer(revision)),
        ])
    }

    private func download(_ request: StudioRequest) throws(StudioError) -> StudioReply {
        let format: LabelFormat
        switch request.query["format"] ?? "csv" {
        case "csv": format = .csv
        case "audacity": format = .audacity
        case "textgrid": format = .textGrid
        case "rttm": format = .rttm
        default: throw StudioError(.badRequest, "format must be csv, audacity, textgrid or rttm")
        }
        var entries = shelf.entries
        var name = "labels"
        if let id = request.query["id"] {
            let entry = try shelf.find(id).entry
            entries = [entry]
            name = entry.name.split(separator: "/").last.map(String.init) ?? name
        } else if !format.isOfManyRecordings {
            throw StudioError(.badRequest, "a file of this format is of one recording: id must name it")
        }
        let text: String
        if format == .csv, request.query["id"] == nil {
            text = verdicts(entries)
        } else {
            text =
                format.head
                + entries.filter { !$0.mark.intervals.isEmpty || entries.count == 1 }.map { entry in
                    format.text(LabelDesk.labels(of: entry, entry.mark.intervals, recording: entry.labelName))
                }.joined()
        }
        var reply = StudioReply.text(text)
        reply.fields = [("Content-Disposition", "attachment; filename=\"\(Self.plain(name)).\(format.rawValue)\"")]
        return reply
    }

    private func verdicts(_ entries: [ShelfEntry]) -> String {
        let labelled = entries.filter { $0.mark.isTalk != nil }
        let hasSpeakers = labelled.contains { $0.mark.speaker != nil }
        let rows = labelled.map { entry in
            let fields =
                [
                    entry.labelName,
                    entry.mark.name.flatMap { $0 == LabelMarks.intervalName ? nil : $0 } ?? entry.mark.word!,
                ]
                + (hasSpeakers ? [entry.mark.speaker ?? ""] : [])
            return fields.map(CSV.field).joined(separator: ",") + "\n"
        }
        return "file,label\(hasSpeakers ? ",speaker" : "")\n" + rows.joined()
    }

    /// A name as it can stand between quotation marks in a header.
    private static func plain(_ name: String) -> String {
        String(
            decoding: name.utf8.map { byte in
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                    || [45, 46, 95].contains(byte) ? byte : 95
            }, as: UTF8.self)
    }
}
