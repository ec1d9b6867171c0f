import NIOHTTP1
import RealTimeAPI
import RecordingDetection
import TelephonyAudio
import ThresholdTuning

/// What the labels are for: judging settings, and finding the best.
struct TuningRoutes: Sendable {
    private let shelf: RecordingShelf
    private let run: SearchRun
    private let tracks: TrackStore
    private let configuration: StudioConfiguration

    init(_ shelf: RecordingShelf, _ run: SearchRun, _ tracks: TrackStore, _ configuration: StudioConfiguration) {
        self.shelf = shelf
        self.run = run
        self.tracks = tracks
        self.configuration = configuration
    }

    func judge(_ request: StudioRequest) throws(StudioError) -> StudioReply {
        try Judge(shelf: shelf, tracks: tracks, jobs: configuration.jobs).reply(try request.detectionSettings())
    }

    func search(_ request: StudioRequest) throws(StudioError) -> StudioReply {
        switch request.method {
        case .GET: return run.reply
        case .POST:
            try run.start(try options(request))
            var reply = run.reply
            reply.status = .accepted
            return reply
        case .DELETE:
            run.stop()
            return run.reply
        default: throw .notAllowed("GET, POST, DELETE")
        }
    }

    private func options(_ request: StudioRequest) throws(StudioError) -> TuningOptions {
        let prices = BodyReader(json: try request.object()["prices"] ?? .object([]))
        let range = -1e9...1e9
        let (falseTalk, missed, second) = (
            try prices.number("false_talk", in: range) ?? 1, try prices.number("missed", in: range) ?? 1,
            try prices.number("second", in: range) ?? 0.01
        )
        do throws(TuningError) {
            return try TuningOptions(prices: Prices(falseTalk: falseTalk, missed: missed, second: second))
        } catch { throw StudioError(.unprocessableEntity, "\(error)") }
    }
}
