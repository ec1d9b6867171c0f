import NIOHTTP1

/// Which part of the studio answers which request.
struct Router: Sendable {
    let session: SessionRoutes
    let recordings: RecordingRoutes
    let labels: LabelRoutes
    let tuning: TuningRoutes
    let prompts: PromptRoutes
    /// Nil where there is no handler to call.
    let phone: PhoneRoutes?

    init(
        _ configuration: StudioConfiguration, _ shelf: RecordingShelf, _ desk: LabelDesk, _ phone: PhoneDesk?,
        _ limits: StudioLimits
    ) {
        let sounds = SoundStore(configuration.options)
        session = SessionRoutes(configuration, shelf, desk, limits)
        recordings = RecordingRoutes(configuration, shelf, desk, sounds)
        labels = LabelRoutes(shelf, desk, configuration)
        tuning = TuningRoutes(shelf, SearchRun(shelf, configuration), TrackStore(configuration.options), configuration)
        prompts = PromptRoutes(configuration, limits)
        self.phone = phone.map { PhoneRoutes($0) }
    }

    /// What answers a request that others have to answer first, without a thread that waits for it; nil for all other requests.
    func laterReply(to request: StudioRequest) -> (@Sendable () async -> StudioReply)? {
        guard let phone, request.path == ["api", "phone", "send"] else { return nil }
        return {
            do throws(StudioError) { return try await phone.send(request) } catch { return .error(error) }
        }
    }

    /// Answers a request; it may take a while.
    func reply(to request: StudioRequest) -> StudioReply {
        do throws(StudioError) { return try route(request) } catch { return .error(error) }
    }

    private func route(_ request: StudioRequest) throws(StudioError) -> StudioReply {
        let path = request.path
        guard path.first == "api" else { return try PageRoutes.reply(request) }
        switch (path.count > 1 ? path[1] : "", path.count) {
        case ("session", 2): return try only(.GET, request) { () throws(StudioError) in session.session() }
        case ("recordings", 2...): return try recordings.reply(request)
        case ("judge", 2): return try only(.POST, request) { () throws(StudioError) in try tuning.judge(request) }
        case ("search", 2): return try tuning.search(request)
        case ("labels", 2): return try labels.reply(request)
        case ("prompts", 2...): return try prompts.reply(request)
        case ("phone", 3...):
            guard let phone else { throw .notFound }
            return try phone.reply(request)
        default: throw .notFound
        }
    }
}

/// Answers by a method alone.
///
/// - Throws: 405 for any other.
func only(
    _ method: HTTPMethod, _ request: StudioRequest, _ body: () throws(StudioError) -> StudioReply
) throws(StudioError) -> StudioReply {
    guard request.method == method else { throw .notAllowed(method.rawValue) }
    return try body()
}
