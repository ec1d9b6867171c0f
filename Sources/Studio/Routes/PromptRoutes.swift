import AudioConversion
import Files
import NIOHTTP1
import RealTimeAPI
import Synchronization
import TelephonyAudio

/// Prompts: what audio becomes, and how texts sound.
struct PromptRoutes: Sendable {
    private let configuration: StudioConfiguration
    private let shelf: PromptShelf
    private let listing = Listing()

    /// The names that the folder had when it was listed last: no others are opened.
    private final class Listing: Sendable { let names = Mutex<Set<String>>([]) }

    init(_ configuration: StudioConfiguration, _ limits: StudioLimits) {
        self.configuration = configuration
        shelf = PromptShelf(limit: limits.promptSize)
    }

    func reply(_ request: StudioRequest) throws(StudioError) -> StudioReply {
        let path = request.path
        if path.count == 2 {
            switch request.method {
            case .GET: return try list()
            case .POST: return try take(request)
            default: throw .notAllowed("GET, POST")
            }
        }
        if path == ["api", "prompts", "say"] {
            return try only(.POST, request) { () throws(StudioError) in try say(request) }
        }
        guard path.count == 4 else { throw .notFound }
        let prompt = try shelf.find(path[2])
        return try only(.GET, request) { () throws(StudioError) in
            switch path[3] {
            case "audio.wav": return SoundReplies.wav(prompt.sound(try form(request)), request)
            case "picture": return try SoundReplies.picture(prompt.sound(try form(request)), request)
            case "command": return .text(command(prompt))
            case "base64": return .text(audio(prompt).base64WAV)
            default: throw .notFound
            }
        }
    }

    private func form(_ request: StudioRequest) throws(StudioError) -> Prompt.Form {
        guard let form = Prompt.Form(rawValue: request.query["as"] ?? "result") else {
            throw StudioError(.badRequest, "as must be source, result or phone")
        }
        return form
    }

    private func audio(_ prompt: Prompt) -> PhoneAudio { PhoneAudio(samples: prompt.result.samples) }

    private func command(_ prompt: Prompt) -> String {
        let command = PlayWAVData(base64: audio(prompt).base64WAV)
        return String(
            decoding: Response(.playWAVData(command), commandID: 1, variables: .emptyObject).json, as: UTF8.self)
    }

    // MARK: The folder

    private func list() throws(StudioError) -> StudioReply {
        guard let folder = configuration.prompts else { throw .notFound }
        let prompts: [PromptFolder.Prompt]
        do throws(StudioTool.Failure) { prompts = try folder.prompts() } catch {
            throw StudioError(.unprocessableEntity, error.message)
        }
        let names = prompts.filter { $0.sampleCount != nil }.map(\.name)
        listing.names.withLock { $0 = Set(names) }
        let members = prompts.map { prompt in
            JSON.object([
                JSON.Member("name", .string(prompt.name)), JSON.Member("language", .text(prompt.language)),
                JSON.Member("text", .text(prompt.text)),
                JSON.Member(
                    "duration_ms", .double(prompt.sampleCount.map { Double($0) * 1000 / Double(PhoneAudio.sampleRate) })
                ),
                JSON.Member("note", .text(prompt.note)),
            ])
        }
        return .json([JSON.Member("folder", .string(folder.path)), JSON.Member("prompts", .array(members))])
    }

    // MARK: Audio

    /// The audio that a request brings, or a prompt of the folder that it names.
    private func source(_ request: StudioRequest) throws(StudioError) -> AudioSource {
        if let name = request.query["file"] {
            guard let folder = configuration.prompts, listing.names.withLock({ $0.contains(name) }) else {
                throw .notFound
            }
            return .file(PathName.join(folder.path, name))
        }
        guard !request.body.isEmpty else { throw StudioError(.badRequest, "the body has no audio") }
        return .bytes(request.body, name: request.query["name"].map { $0.harmless(atMost: 200) } ?? "prompt")
    }

    /// The longest prompt.
    private static let longest = Duration.seconds(3600)

    private func take(_ request: StudioRequest) throws(StudioError) -> StudioReply {
        let source = try source(request)
        var options = ConversionOptions()
        options.limits.maximumDuration = Self.longest
        let processing = try processing(request)
        let (prompt, inspection, warnings): (Prompt, String, [ConversionReport.Warning])
        do throws(ConversionError) {
            let before = try AudioConverter(options: options).convert(source).audio
            options.processing = processing
            let (after, report) = try AudioConverter(options: options).convert(source)
            (prompt, warnings) = (Prompt(source: before, result: after), report.warnings)
            inspection = try configuration.tool.inspection(source)
        } catch { throw StudioError(.unprocessableEntity, "\(configuration.tool.failure(error))") }
        return try made(prompt, inspection: inspection, warnings: warnings)
    }

    private func processing(_ request: StudioRequest) throws(StudioError) -> PromptProcessing {
        var processing = PromptProcessing()
        if request.query["level"]?.isEmpty == false {
            processing.level = Level(dBov: try request.number("level", in: -60...0, default: -26))
        }
        processing.trims = try flag("trim", request)
        processing.limitsBand = try flag("band_limit", request)
        processing.padding = .milliseconds(Int(try request.number("pad_ms", in: 0...10_000, default: 0)))
        processing.fade = .milliseconds(Int(try request.number("fade_ms", in: 0...1000, default: 0)))
        return processing
    }

    private func flag(_ name: String, _ request: StudioRequest) throws(StudioError) -> Bool {
        switch request.query[name] {
        case nil, "", "0", "false": false
        case "1", "true": true
        default: throw StudioError(.badRequest, "\(name) must be 1 or 0")
        }
    }

    // MARK: Speech

    private func say(_ request: StudioRequest) throws(StudioError) -> StudioReply {
        let body = BodyReader(json: try request.object())
        guard let text = try body.text("text", limit: 1 << 18), !text.isEmpty else {
            throw StudioError(.badRequest, "text must be what to say")
        }
        var speech = StudioTool.Speech(text: text, voice: try body.text("voice"))
        speech.isSSML = try body.bool("ssml")
        speech.rate = try body.number("rate", in: 80...450).map { Int($0) }
        speech.pitch = try body.number("pitch", in: 0...99).map { Int($0) }
        speech.level = try body.number("level", in: -60...0).map { Level(dBov: $0) }
        let audio: PhoneAudio
        do throws(StudioTool.Failure) { audio = try configuration.tool.speech(speech) } catch {
            throw StudioError(.unprocessableEntity, error.message)
        }
        let inspection: String
        do throws(ConversionError) {
            inspection = try configuration.tool.inspection(.bytes(audio.wav, name: "speech.wav"))
        } catch { throw StudioError(.unprocessableEntity, "\(configuration.tool.failure(error))") }
        return try made(Prompt(source: audio, result: audio), inspection: inspection, warnings: [])
    }

    // MARK: What was made

    private func made(
        _ prompt: Prompt, inspection: String, warnings: [ConversionReport.Warning]
    ) throws(StudioError) -> StudioReply {
        let id = try shelf.add(prompt)
        let wav = audio(prompt).wav
        let level: Level?
        do throws(ConversionError) {
            level = try AudioInspector().inspect(.bytes(wav, name: "prompt")).activeLevel
        } catch { throw StudioError(.unprocessableEntity, "\(configuration.tool.failure(error))") }
        return .json(
            [
                JSON.Member("id", .string(id)),
                JSON.Member("inspect", .raw(JSONText(unchecked: Array(inspection.utf8)))),
                JSON.Member("duration_ms", .milliseconds(prompt.result.duration)),
                JSON.Member("source_duration_ms", .milliseconds(prompt.source.duration)),
                JSON.Member("level_dbov", .double(level?.dBov)),
                JSON.Member("base64_bytes", .integer(Base64.encodedCount(wav.count))),
                JSON.Member("warnings", .array(warnings.map { .string(configuration.tool.warning($0)) })),
            ], .created)
    }
}
