import AudioConversion
import NIOHTTP1
import Presentation
import RealTimeAPI
import RecordingDetection
import TalkDetection
import TelephonyAudio
import ThresholdTuning

/// The recordings: what is known of them, their sound, and what would be answered to them.
struct RecordingRoutes: Sendable {
    private let configuration: StudioConfiguration
    private let shelf: RecordingShelf
    private let desk: LabelDesk
    private let sounds: SoundStore

    init(
        _ configuration: StudioConfiguration, _ shelf: RecordingShelf, _ desk: LabelDesk, _ sounds: SoundStore
    ) {
        self.configuration = configuration
        self.shelf = shelf
        self.desk = desk
        self.sounds = sounds
    }

    func reply(_ request: StudioRequest) throws(StudioError) -> StudioReply {
        if request.path.count == 2 {
            switch request.method {
            case .GET: return try list(request)
            case .POST: return try add(request)
            default: throw .notAllowed("GET, POST")
            }
        }
        guard request.path.count == 4 else { throw .notFound }
        let (index, entry) = try shelf.find(request.path[2])
        switch (request.path[3], request.method) {
        case ("picture", .GET): return try SoundReplies.picture(try sound(index, entry), request)
        case ("audio.wav", .GET): return SoundReplies.wav(try sound(index, entry), request)
        case ("detect", .POST): return try detect(index, entry, request)
        case ("label", .PUT): return try setLabel(index, request)
        case ("intervals", .GET): return intervals(entry)
        case ("intervals", .PUT): return try setIntervals(index, request)
        case ("picture", _), ("audio.wav", _): throw .notAllowed("GET")
        case ("detect", _): throw .notAllowed("POST")
        case ("label", _): throw .notAllowed("PUT")
        case ("intervals", _): throw .notAllowed("GET, PUT")
        default: throw .notFound
        }
    }

    /// - Throws: 422 if it can't be read.
    private func sound(_ index: Int, _ entry: ShelfEntry) throws(StudioError) -> RecordingSound {
        do throws(ConversionError) { return try sounds.sound(index, of: entry) } catch {
            throw StudioError(.unprocessableEntity, "\(configuration.tool.failure(error))")
        }
    }

    // MARK: The list

    private func list(_ request: StudioRequest) throws(StudioError) -> StudioReply {
        let since = Int(try request.number("since", in: 0...1e15, default: 0))
        let (entries, revision) = shelf.snapshot()
        var (total, measured) = (0, 0)
        var changed: [JSON] = []
        for (index, entry) in entries.enumerated() {
            switch entry.state {
            case .waiting: total += 1
            case .measured, .failed: (total, measured) = (total + 1, measured + 1)
            case .skipped: break
            }
            if entry.revision > since { changed.append(json(index, entry)) }
        }
        return .json([
            JSON.Member("revision", .integer(revision)), JSON.Member("total", .integer(total)),
            JSON.Member("measured", .integer(measured)), JSON.Member("recordings", .array(changed)),
        ])
    }

    private func json(_ index: Int, _ entry: ShelfEntry) -> JSON {
        var (state, error): (String, String?) = ("waiting", nil)
        switch entry.state {
        case .waiting: break
        case .measured: state = "measured"
        case .failed(let reason): (state, error) = ("failed", reason)
        case .skipped: state = "skipped"
        }
        return .object([
            JSON.Member("id", .string(RecordingShelf.id(index))), JSON.Member("name", .string(entry.name)),
            JSON.Member("state", .string(state)),
            JSON.Member("duration_ms", .milliseconds(entry.measured?.duration)),
            JSON.Member("label", .text(entry.mark.word)),
            JSON.Member("label_name", .text(entry.mark.name)), JSON.Member("speaker", .text(entry.mark.speaker)),
            JSON.Member("intervals", .integer(entry.mark.intervals.count)), JSON.Member("error", .text(error)),
            JSON.Member("is_file", .bool(entry.isFile)),
        ])
    }

    /// The longest recording that the page may send.
    private static let longestUpload = Duration.seconds(3600)

    private func add(_ request: StudioRequest) throws(StudioError) -> StudioReply {
        let name = request.query["name"].map { $0.harmless(atMost: 200) } ?? "recording"
        guard !request.body.isEmpty else { throw StudioError(.badRequest, "the body has no audio") }
        var options = configuration.options
        options.limits.maximumDuration = Self.longestUpload
        do throws(ConversionError) {
            let (audio, report) = try AudioConverter(options: options).convert(.bytes(request.body, name: name))
            var recorder = LevelRecorder(
                digest: ContentDigest(of: request.body.span.bytes), conditions: LineCondition.standard)
            recorder.add(audio.samples.span)
            let levels = MeasuredLevels(recorder.finish(name: name))
            let index = try keep(RecordingSound(audio, warnings: report.warnings), levels, name)
            return .json([JSON.Member("id", .string(RecordingShelf.id(index)))], .created)
        } catch { throw StudioError(.unprocessableEntity, "\(configuration.tool.failure(error))") }
    }

    private func keep(
        _ sound: RecordingSound, _ levels: MeasuredLevels, _ name: String
    ) throws(ConversionError) -> Int {
        do throws(StudioError) { return try shelf.add(sound, levels: levels, name: name) } catch {
            throw ConversionError(.limit, file: name, error.message)
        }
    }

    // MARK: Detection

    private func detect(
        _ index: Int, _ entry: ShelfEntry, _ request: StudioRequest
    ) throws(StudioError) -> StudioReply {
        let settings = try request.detectionSettings()
        let detection = try settings.checked
        let result = try sound(index, entry).detect(detection, file: entry.location)
        let record = configuration.tool.record(result)
        let pasted = PastedCommand(detection)
        let more = JSONText(read: [
            JSON.Member("command_line", .string(configuration.tool.commandLine(settings, entry.location))),
            JSON.Member("wire", pasted.wire.map { .raw(JSONText(unchecked: $0)) } ?? .null),
            JSON.Member("swift", .text(pasted.call)),
            JSON.Member("manner", .string(detection.manner)),
            JSON.Member(
                "limits",
                .array(
                    result.limits.map { limit in
                        .object([
                            JSON.Member("at_ms", .milliseconds(limit.instant)),
                            JSON.Member("name", .string(limit.name)),
                        ])
                    })),
        ])
        // Two objects, of which the second follows the first one's members.
        return .json(String(record.dropLast()) + "," + more.text.dropFirst())
    }

    // MARK: Labels

    private func setLabel(_ index: Int, _ request: StudioRequest) throws(StudioError) -> StudioReply {
        let body = BodyReader(json: try request.object())
        let isTalk: Bool?
        switch try body.text("label") {
        case nil: isTalk = nil
        case "talk": isTalk = true
        case "no-talk": isTalk = false
        default: throw StudioError(.badRequest, "label must be talk, no-talk or null")
        }
        let change = try desk.setLabel(index, isTalk: isTalk, text: try body.text("text", limit: 200))
        let mark = try shelf.find(RecordingShelf.id(index)).entry.mark
        return .json([
            JSON.Member("label", .text(mark.word)), JSON.Member("label_name", .text(mark.name)),
            JSON.Member("revision", .integer(change.revision)), JSON.Member("saved", .bool(change.isSaved)),
        ])
    }

    private func intervals(_ entry: ShelfEntry) -> StudioReply {
        let intervals = entry.mark.intervals.sorted { $0.start < $1.start }.map { interval in
            JSON.object([
                JSON.Member("start_ms", .milliseconds(interval.start)),
                JSON.Member("end_ms", .milliseconds(interval.end)), JSON.Member("text", .string(interval.text)),
            ])
        }
        return .json([JSON.Member("intervals", .array(intervals))])
    }

    private func setIntervals(_ index: Int, _ request: StudioRequest) throws(StudioError) -> StudioReply {
        let elements = try BodyReader(json: try request.object()).array("intervals")
        guard elements.count <= 10_000 else { throw StudioError(.badRequest, "there are more than 10000 intervals") }
        var intervals: [RecordingMark.Interval] = []
        for element in elements {
            let reader = BodyReader(json: element)
            let range = 0...86_400_000.0
            guard let start = try reader.number("start_ms", in: range),
                let end = try reader.number("end_ms", in: range),
                start <= end
            else { throw StudioError(.badRequest, "an interval has start_ms and end_ms, which is not before it") }
            intervals.append(
                RecordingMark.Interval(
                    start: .microseconds(Int((start * 1000).rounded())),
                    end: .microseconds(Int((end * 1000).rounded())), text: try reader.text("text", limit: 1000) ?? ""))
        }
        let change = try desk.setIntervals(index, intervals)
        return .json([
            JSON.Member("intervals", .integer(intervals.count)), JSON.Member("revision", .integer(change.revision)),
            JSON.Member("saved", .bool(change.isSaved)),
        ])
    }
}

extension RecordingMark {
    /// The label as the page knows it.
    var word: String? { isTalk.map { $0 ? "talk" : "no-talk" } }
}
