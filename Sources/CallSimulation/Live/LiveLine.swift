import Synchronization
public import TelephonyAudio

/// A line to somebody who is there now: frames of 20 ms each way, by the wall's clock.
///
/// Frames leave one by one, each at its deadline, so that a late one does not delay those after it; who is more than 60 ms behind gives
/// the time up, and does not hurry. What the caller says is taken in the order in which it comes. Silence stands in for a frame
/// that has not come when it is needed; it is heard when it comes, so that the caller may be heard up to 200 ms late. When more than
/// that waits, all but the last 60 ms are dropped. All of that is counted in ``figures``.
public final class LiveLine: Sendable {
    /// How well frames kept time.
    public struct Figures: Sendable, Hashable {
        /// Frames that were exchanged.
        public internal(set) var frameCount = 0
        /// Frames in which nothing had come from the caller, since the first that had: silence was taken for them.
        public internal(set) var missingCount = 0
        /// Keys that came beside the audio.
        public internal(set) var keyCount = 0
        /// Frames of the caller that were dropped, since too many waited.
        public internal(set) var droppedCount = 0
        /// Frames that the caller did not get, since those before them had not been taken.
        public internal(set) var unsentCount = 0
        /// Time in which the machine did not get to it, and nothing was exchanged.
        public internal(set) var lostTime = Duration.zero
        /// How many frames left so many milliseconds after their deadline; the last counts all that were later.
        public internal(set) var lateness = [Int](repeating: 0, count: 101)

        /// The lateness in whole milliseconds that a part of the frames, 0...1, stayed under or at.
        public func lateness(part: Double) -> Int {
            var count = 0
            return lateness.firstIndex { frames in
                count += frames
                return Double(count) >= part * Double(frameCount)
            } ?? 0
        }
    }

    /// A frame of the caller's.
    struct Moment {
        let said: [Int16]
        /// Keys that came beside the audio.
        let keys: [DTMFKey]
        /// When it was due.
        var time = ContinuousClock.Instant.now
    }

    /// A key that was heard as a tone.
    struct Press: Equatable {
        let key: DTMFKey
        /// In which of the frames that were exchanged its tone began, from 0.
        let frame: Int
    }

    /// How long a key is heard, and the silence after it, in frames.
    static let pressLength = 10

    fileprivate struct State {
        /// Whole frames of the caller, and samples that make no whole one yet.
        var frames: [[Int16]] = []
        var rest: [Int16] = []
        var keys: [DTMFKey] = []
        /// Keys whose tones have not begun, the frames left of the one that is heard, and those that have begun.
        var pressed: [DTMFKey] = []
        var tone: ArraySlice<[Int16]> = []
        var presses: [Press] = []
        var hasSpoken = false
        var isOver = false
        var deadline: ContinuousClock.Instant?
        var figures = Figures()
    }

    private static let frameTime = Duration.milliseconds(20)
    /// How many frames may wait, and to how many they are cut back: 200 ms, and 60.
    private static let mostWaiting = 10
    private static let fewWaiting = 3
    private static let mostKeys = 10
    /// How many keys may wait to be heard; each takes a fifth of a second.
    private static let mostPressed = 30
    /// How late a frame may be before its time is given up: what comes in a burst, telephones throw away or play late for the rest of
    /// the call.
    private static let patience = Duration.milliseconds(60)

    private let state = Mutex(State())
    private let code: G711?
    private let send: @Sendable ([Int16]) -> Bool

    /// A line.
    ///
    /// - Parameters:
    ///   - code: what the network makes of the caller's voice; nil if it comes through one already.
    ///   - send: takes each frame that the caller hears, 160 samples, or returns false: the caller does not get it, since there is no
    ///     room for it. Must not wait.
    public init(code: G711? = nil, send: @escaping @Sendable (_ frame: [Int16]) -> Bool) {
        self.code = code
        self.send = send
    }

    // MARK: From the caller

    /// Takes what the caller says, as much as has come.
    public func take(_ samples: some Sequence<Int16>) {
        state.withLock { state in
            state.rest += samples
            state.hasSpoken = true
            while state.rest.count >= SimulatedCall.frameLength {
                state.frames.append(Array(state.rest.prefix(SimulatedCall.frameLength)))
                state.rest.removeFirst(SimulatedCall.frameLength)
            }
            guard state.frames.count > Self.mostWaiting else { return }
            let surplus = state.frames.count - Self.fewWaiting
            state.frames.removeFirst(surplus)
            state.figures.droppedCount += surplus
        }
    }

    /// Takes a key that comes beside the audio; of more than ten in a frame, which nobody presses, the first ten.
    public func take(_ key: DTMFKey) {
        state.withLock { state in
            state.figures.keyCount += 1
            if state.keys.count < Self.mostKeys { state.keys.append(key) }
        }
    }

    /// Presses a key that is heard as a tone, in place of what the caller says: a tenth of a second, and as much silence after it,
    /// once those before it are over.
    ///
    /// Of more than thirty that wait the first thirty.
    public func press(_ key: DTMFKey) {
        state.withLock { if $0.pressed.count < Self.mostPressed { $0.pressed.append(key) } }
    }

    /// The keys that were heard as tones so far.
    var presses: [Press] { state.withLock { $0.presses } }

    /// The caller has hung up, or the line is lost.
    public func end() { state.withLock { $0.isOver = true } }

    /// How well frames kept time so far.
    public var figures: Figures { state.withLock { $0.figures } }

    /// The tone of a key and the silence after it, as a scripted caller's.
    fileprivate static func tone(of key: DTMFKey) -> [[Int16]] {
        let samples = PhoneAudio.dtmf([key], duration: .milliseconds(100), pause: .milliseconds(100)).samples
        return (0..<pressLength).map {
            Array(samples[$0 * SimulatedCall.frameLength..<($0 + 1) * SimulatedCall.frameLength])
        }
    }

    // MARK: From the call

    /// Waits for the time of the next frame, which is not exchanged yet.
    func waitForFrame() async {
        guard let deadline = state.withLock({ $0.isOver ? nil : $0.deadline }) else { return }
        try? await Task.sleep(until: deadline + Self.frameTime, tolerance: .zero, clock: .continuous)
    }

    /// Waits for the time of the next frame, sends what the caller hears then, and takes what the caller has said.
    ///
    /// - Parameter heard: at most a frame; the rest of it is silence.
    /// - Returns: nil if the caller has hung up.
    func exchange(_ heard: ArraySlice<Int16>) async -> Moment? {
        let deadline: ContinuousClock.Instant? = state.withLock { state in
            if state.isOver { return nil }
            let now = ContinuousClock.now
            var deadline = state.deadline.map { $0 + Self.frameTime } ?? now
            if now - deadline > Self.patience {
                state.figures.lostTime += now - deadline
                deadline = now
            }
            state.deadline = deadline
            return deadline
        }
        guard let deadline else { return nil }
        // Who is cancelled goes on at once, and is told by the call.
        try? await Task.sleep(until: deadline, tolerance: .zero, clock: .continuous)
        hear(heard)
        return next(at: deadline)
    }

    /// Sends a frame of what is heard, without waiting.
    ///
    /// - Parameter heard: at most a frame; the rest of it is silence.
    func hear(_ heard: ArraySlice<Int16>) {
        let silence = [Int16](repeating: 0, count: SimulatedCall.frameLength - heard.count)
        if !send(Array(heard) + silence) { state.withLock { $0.figures.unsentCount += 1 } }
    }

    /// Takes the next frame of what is said, without waiting, for a call that goes by another line's time.
    ///
    /// - Returns: nil if who speaks has hung up.
    func next() -> Moment? { state.withLock { $0.isOver } ? nil : next(at: .now) }

    private func next(at deadline: ContinuousClock.Instant) -> Moment {
        let late = Int((ContinuousClock.now - deadline) / .milliseconds(1))
        return state.withLock { state in
            state.figures.frameCount += 1
            state.figures.lateness[max(0, min(late, 100))] += 1
            // Nobody presses more than one in a frame.
            let keys = Array(state.keys.prefix(1))
            state.keys.removeFirst(keys.count)
            let said = state.nextTone() ?? state.nextFrame()
            return Moment(said: code?.roundTrip(said[...]) ?? said, keys: keys, time: deadline)
        }
    }
}

extension LiveLine.State {
    /// The next frame of what the caller says; silence if it has not come.
    fileprivate mutating func nextFrame() -> [Int16] {
        guard frames.isEmpty else { return frames.removeFirst() }
        if hasSpoken { figures.missingCount += 1 }
        return [Int16](repeating: 0, count: SimulatedCall.frameLength)
    }

    /// The next frame of a key's tone, in whose time the caller is not heard; nil if none is pressed.
    fileprivate mutating func nextTone() -> [Int16]? {
        if tone.isEmpty, !pressed.isEmpty {
            let key = pressed.removeFirst()
            presses.append(LiveLine.Press(key: key, frame: figures.frameCount - 1))
            tone = LiveLine.tone(of: key)[...]
        }
        guard let frame = tone.popFirst() else { return nil }
        if !frames.isEmpty { frames.removeFirst() }
        return frame
    }
}
