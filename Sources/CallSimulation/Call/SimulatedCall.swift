import RealTimeAPI
import TalkDetection
import TelephonyAudio

/// One call: a clock of 8 kHz samples, on which the commands of a handler are executed.
///
/// The clock goes on by frames of 20 ms. It is a virtual one, which stands while the handler thinks, and the switchboard's clock
/// too: other calls go on before this one does. If the caller is there now, at the other end of a live line, both are the wall's.
struct SimulatedCall {
    /// Samples in a frame.
    static let frameLength = 160

    /// Why a command was not executed to its end.
    enum End: Error {
        /// The caller, the callee or the handler hung up.
        case hangUp(by: Transcript.Leg)
        case failed(SimulationError)
        /// The task was cancelled.
        case interrupted
        /// The command failed, as a script has it.
        case commandFailed(String)
    }

    let setup: CallSetup
    let switchboard: Switchboard
    /// The call's place on the switchboard.
    let line: Switchboard.Line
    var caller: Caller
    /// The room that the call is in.
    var room: ConferenceID?
    /// Samples since the call began.
    var now = 0
    /// Samples on the switchboard's clock.
    private(set) var clock: Int
    var transcript = Transcript()
    /// What the caller said and heard, and the callee said, from some sample on.
    var tracksStart = 0
    var callerTrack: [Int16] = []
    var platformTrack: [Int16] = []
    var calleeTrack: [Int16] = []
    var recordings: [String: PhoneAudio] = [:]
    /// The call recording that goes on.
    var recording: (name: String, start: Int, feeds: StartCallRecording.Feeds)?
    /// Whether `record` goes on, which needs the caller's track.
    var isRecordingCaller = false
    /// The leg of a callee, when it is over.
    var calleeLeg: CallOutcome.Leg?
    /// How those answered who were called, by number; who did not is not in it.
    var answers: [String: Callee.Answer] = [:]
    /// What a `record` that the hang-up ended made.
    var lastFile: String?
    var steps: [CallOutcome.Step] = []
    /// What is unusual, as the transcript has it.
    private(set) var warnings: [String] = []
    private var dtmf = DTMFDetector()
    /// What the command of a live call plays.
    private(set) var prepared = PreparedMedia()

    init(_ setup: CallSetup, _ switchboard: Switchboard, line: Switchboard.Line) {
        self.setup = setup
        self.switchboard = switchboard
        self.line = line
        caller = Caller(setup.caller)
        clock = switchboard.clock(at: .now) ?? setup.startSample
    }

    mutating func log(_ leg: Transcript.Leg, _ kind: Transcript.Event.Kind, _ text: String) { add(leg, kind, text) }

    /// Notes something, and tells who listens.
    ///
    /// - Parameter time: how long the handler took for it, in real time.
    mutating func add(
        _ leg: Transcript.Leg, _ kind: Transcript.Event.Kind, _ text: String, brief: String? = nil,
        time: Duration? = nil
    ) {
        transcript.add(now, leg, kind, text, brief: brief, answerTime: time)
        setup.observer?(transcript.events.last!)
    }

    /// Notes what is unusual about a call or a handler.
    mutating func warn(_ leg: Transcript.Leg, _ text: String) {
        warnings.append(text)
        log(leg, .note, "warning: \(text)")
    }

    /// Notes what is not heard as it would be on the platform.
    private mutating func warn(ofSound text: String) {
        warnings.append(text)
        log(.platform, .note, text)
    }

    /// Notes a command that is over.
    mutating func end(_ command: Command, since start: Int, _ result: String?) {
        steps.append(
            CallOutcome.Step(
                command: command, result: result, start: Duration(samples: start), end: Duration(samples: now)))
    }

    /// Goes on by a frame.
    ///
    /// - Parameters:
    ///   - heard: what the caller hears, at most a frame.
    ///   - callee: what the callee says, if there is one.
    /// - Returns: what the caller said, and the keys that were heard in it.
    mutating func tick(
        _ heard: ArraySlice<Int16> = [], callee: ArraySlice<Int16> = []
    ) async throws(End) -> (frame: [Int16], keys: [DTMFKey]) {
        var keys: [DTMFKey] = []
        let frame: [Int16]?
        if let live = setup.liveLine {
            let moment = await live.exchange(heard)
            (frame, keys) = (moment?.said, moment?.keys ?? [])
            // A call that has lost time is behind on its own clock alone.
            if let time = moment.flatMap({ switchboard.clock(at: $0.time) }) { clock = time }
        } else {
            frame = caller.frame(at: now)
            for act in caller.acts { log(.caller, act.kind, act.text) }
        }
        guard let frame else {
            if caller.isOutOfPatience, setup.caller.patience == CallerScript.usualPatience {
                warn(
                    .caller, "hangs up after \(CallerScript.usualPatience / .seconds(1)) s, unless another time is set")
            }
            throw .hangUp(by: .caller)
        }
        if Task.isCancelled { throw .interrupted }
        dtmf.add(frame.span) { keys.append($0.key) }
        keep(frame, heard, callee)
        if let room { switchboard.say(frame, in: room, line, at: clock) }
        now += Self.frameLength
        clock += Self.frameLength
        for key in keys { log(.caller, .key, String(key.character)) }
        guard await switchboard.turn(of: line, at: clock) else { throw .hangUp(by: .platform) }
        return (frame, keys)
    }

    // MARK: Time that things take

    /// Waits for what takes time while that of a live call goes on: the caller hears silence, and is heard.
    ///
    /// What is there by the time of the next frame takes none. An end of the call meanwhile, by whomever, is met by the next frame, too.
    mutating func wait<Value: Sendable>(
        on line: LiveLine, for body: @escaping @Sendable () async -> Value
    ) async -> Value {
        let isDone = Flag()
        let task = Task {
            defer { isDone.set() }
            return await body()
        }
        while true {
            await line.waitForFrame()
            if isDone.isSet { break }
            do throws(End) { _ = try await tick() } catch { break }
        }
        return await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }
    }

    /// Makes what a command of a live call is going to play: that takes time, which a call on a virtual clock does not notice.
    mutating func prepare(_ command: Command) async {
        prepared = PreparedMedia()
        guard let line = setup.liveLine else { return }
        if let known = PreparedMedia(of: command, madeBy: setup.sounds) {
            prepared = known
        } else {
            let sounds = setup.sounds
            prepared = await wait(on: line) { await PreparedMedia(of: command, making: sounds) }
        }
    }

    /// Keeps a frame of what is said and heard, or lets go of all so far if nothing needs it.
    private mutating func keep(_ said: [Int16], _ heard: ArraySlice<Int16>, _ callee: ArraySlice<Int16>) {
        let end = now + Self.frameLength
        if setup.keepsAudio || recording != nil || isRecordingCaller {
            callerTrack += said
            platformTrack += caller.codec.roundTrip(heard)
            platformTrack += repeatElement(caller.silentSample, count: end - tracksStart - platformTrack.count)
            calleeTrack += callee
            calleeTrack += repeatElement(0, count: end - tracksStart - calleeTrack.count)
            return
        }
        tracksStart = end
        callerTrack.removeAll(keepingCapacity: true)
        platformTrack.removeAll(keepingCapacity: true)
        calleeTrack.removeAll(keepingCapacity: true)
    }

    /// What is played for media; nil, with a note, if the library does not hold it, or holds no audio there.
    mutating func sound(_ media: Media?) async throws(End) -> [Int16]? {
        let media = media ?? .none
        let samples = try await samples(of: media)
        if media != .none, samples != nil { log(.platform, .plays, media.text) }
        return samples
    }

    /// What will be played for media, to others or later.
    mutating func audio(_ media: Media?) async throws(End) -> [Int16] {
        try await samples(of: media ?? .none) ?? []
    }

    private mutating func samples(of media: Media) async throws(End) -> [Int16]? {
        do throws(SimulationError) {
            let sound =
                if let known = prepared.sounds[media] { try known.get() } else {
                    try await setup.sounds.sound(for: media)
                }
            if sound == nil { warn(ofSound: "the library has no media \(media.text)") }
            if let note = sound?.note { warn(ofSound: note) }
            guard let sound, !sound.isMissing else { return nil }
            return sound.audio.samples
        } catch { throw .failed(error) }
    }

    /// Plays samples to their end, or until something is heard.
    ///
    /// - Parameter body: is given each frame that the caller said, and its keys; true ends the playback.
    /// - Returns: whether it was ended.
    @discardableResult
    mutating func play(
        _ samples: [Int16], until body: (_ frame: [Int16], _ keys: [DTMFKey]) -> Bool = { _, _ in false }
    ) async throws(End) -> Bool {
        var rest = samples[...]
        while !rest.isEmpty {
            let (frame, keys) = try await tick(rest.prefix(Self.frameLength))
            rest = rest.dropFirst(Self.frameLength)
            if body(frame, keys) { return true }
        }
        return false
    }
}
