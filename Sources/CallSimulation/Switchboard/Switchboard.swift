public import RealTimeAPI
import Synchronization
import TelephonyAudio

/// What calls share: a clock, rooms, recordings, telephones that can be called, and that one can end another.
///
/// Of calls on a virtual clock one goes on at a time: the one that is furthest behind on the common clock, the first of those
/// that are even. So a call never meets another's past, and calls that meet find the same each time they are placed (conservative
/// discrete-event simulation: K. M. Chandy, J. Misra, "Distributed Simulation", 1979). While a handler thinks, the clock of
/// all stands.
///
/// Live calls that are given the same switchboard come and go as they like, and none waits for another: the clock is the wall's.
/// ```swift
/// let switchboard = Switchboard()
/// setup.liveLine = line
/// setup.switchboard = switchboard
/// let outcome = try await CallSimulator.place(setup)
/// ```
public final class Switchboard: Sendable {
    /// A call, by its place in the order in which calls were placed.
    typealias Line = Int

    /// Whose clock it is.
    private enum Pace {
        /// That of one call, which nobody can end but itself.
        case alone
        /// That of several calls, one of which goes on at a time.
        case inTurns
        /// The wall's, since a moment.
        case live(since: ContinuousClock.Instant)
    }

    fileprivate struct State {
        var lines: [Line: LineState] = [:]
        /// How many calls there have been.
        var count = 0
        /// Whose turn it is.
        var holder: Line = 0
        var rooms: [ConferenceID: Room] = [:]
        var recordings: [(name: String, audio: PhoneAudio)] = []
        var phones: [PhoneNumber: LivePhone] = [:]
    }

    fileprivate struct LineState {
        let call: CallID
        /// Samples on the common clock.
        var clock: Int
        var hasBegun = false
        /// Whether another call has ended this one.
        var isCut = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state: Mutex<State>
    private let closings: [ConferenceID: [Int]]
    private let pace: Pace
    /// How many frames of a room are kept.
    private let roomLength: Int
    /// How many frames later a member hears the others.
    private let roomDelay: Int

    /// How much sound live calls leave behind them, whatever their number: half an hour, 29 MB.
    private static let keptSamples = 30 * 60 * PhoneAudio.sampleRate
    /// How many recordings they leave behind them.
    private static let keptCount = 1000
    /// Three frames.
    ///
    /// Live calls are not even with one another: each says its frame up to a frame's time before or after the others, and listens a
    /// frame's time before it says the next. That leaves a frame's time for how late a machine may be.
    private static let liveDelay = 3
    /// Frames of the delay, and of the time in which live lines may be behind one another before they give it up; twice that.
    private static let liveLength = 12

    /// A switchboard of live calls, of which there is none yet.
    public init() {
        state = Mutex(State())
        closings = [:]
        pace = .live(since: .now)
        roomLength = Self.liveLength
        roomDelay = Self.liveDelay
    }

    /// A switchboard of calls on a virtual clock.
    ///
    /// - Parameters:
    ///   - lines: the calls, and when they begin, in samples of the common clock.
    ///   - closings: when rooms are closed.
    init(_ lines: [(call: CallID, start: Int)], closings: [RoomClosing] = []) {
        var state = State()
        for line in lines { state.add(line.call, at: line.start) }
        state.holder = state.first
        self.state = Mutex(state)
        pace = lines.count == 1 ? .alone : .inTurns
        roomLength = 2
        roomDelay = 1
        self.closings = Dictionary(grouping: closings, by: { ConferenceID($0.room) }).mapValues {
            $0.map(\.time.samples)
        }
    }

    // MARK: Live calls

    /// Takes in a live call, until it is finished.
    func admit(_ call: CallID) -> Line { state.withLock { $0.add(call, at: 0) } }

    /// The frame of the wall's clock in which something happens, as samples; nil if the clock is a virtual one.
    func clock(at instant: ContinuousClock.Instant) -> Int? {
        guard case .live(let start) = pace else { return nil }
        // In whole numbers, so that each frame of a call has another.
        let (seconds, attoseconds) = (instant - start).components
        let milliseconds = Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
        return milliseconds / 20 * SimulatedCall.frameLength
    }

    // MARK: Turns

    /// Waits until it is a call's turn.
    ///
    /// - Parameters:
    ///   - line: the call.
    ///   - clock: how far it is.
    /// - Returns: whether the call may go on; false if another has ended it.
    func turn(of line: Line, at clock: Int) async -> Bool {
        switch pace {
        case .alone: return true
        case .live: break
        case .inTurns:
            if !state.withLock({ $0.advance(line, to: clock) }) {
                await withCheckedContinuation { continuation in
                    state.withLock { $0.suspend(line, continuation) }?.resume()
                }
            }
        }
        return state.withLock { $0.begin(line) }
    }

    /// Ends a call's part.
    func finish(_ line: Line) {
        let next = state.withLock { state in
            state.lines[line] = nil
            state.holder = state.first
            return state.lines[state.holder]?.waiter.take()
        }
        next?.resume()
    }

    /// Ends another call at its next frame.
    ///
    /// - Returns: whether there is such a call now.
    func cut(_ call: CallID) -> Bool {
        state.withLock { state in
            let other = state.lines.first { $0.value.call == call && $0.value.hasBegun }?.key
            if let other { state.lines[other]?.isCut = true }
            return other != nil
        }
    }

    // MARK: Recordings

    /// Keeps what `record` made, for `play_record` in any call; of live calls, which do not end, only the last ones.
    func keep(_ recording: PhoneAudio, as name: String) {
        state.withLock { state in
            state.recordings.append((name, recording))
            guard case .live = pace else { return }
            var count = state.recordings.reduce(0) { $0 + $1.audio.samples.count }
            while count > Self.keptSamples || state.recordings.count > Self.keptCount {
                count -= state.recordings.removeFirst().audio.samples.count
            }
        }
    }

    /// What a `record` made; nil if none has that name.
    func recording(_ name: String) -> PhoneAudio? {
        state.withLock { state in state.recordings.last { $0.name == name }?.audio }
    }

    // MARK: Telephones

    /// Makes a telephone one that a `dialout` can ring, until it is disconnected.
    ///
    /// - Returns: whether no other one has the number.
    public func connect(_ phone: LivePhone, as number: PhoneNumber) -> Bool {
        state.withLock { state in
            guard state.phones[number] == nil else { return false }
            state.phones[number] = phone
            return true
        }
    }

    /// Takes a telephone away, which ends its call.
    public func disconnect(_ phone: LivePhone, from number: PhoneNumber) {
        state.withLock { state in if state.phones[number] === phone { state.phones[number] = nil } }
        phone.leave()
    }

    /// The telephone of a number; nil if none has it.
    func phone(_ number: PhoneNumber) -> LivePhone? { state.withLock { $0.phones[number] } }

    // MARK: Rooms

    /// Enters a room, which is made if there is none.
    ///
    /// - Parameter announcement: is heard by all who are in it from then on.
    func join(_ id: ConferenceID, _ line: Line, at clock: Int, announcing announcement: [Int16]) {
        state.withLock { state in
            state.rooms[id, default: Room(length: roomLength, delay: roomDelay)].join(line, at: clock)
            state.rooms[id]?.announce(announcement, at: clock)
        }
    }

    /// Leaves a room, which is gone with its last member.
    func leave(_ id: ConferenceID, _ line: Line, at clock: Int, announcing announcement: [Int16]) {
        state.withLock { state in
            state.rooms[id]?.leave(line, at: clock)
            state.rooms[id]?.announce(announcement, at: clock)
            if state.rooms[id]?.isEmpty == true { state.rooms[id] = nil }
        }
    }

    /// Says a frame to the others in a room.
    func say(_ frame: [Int16], in id: ConferenceID, _ line: Line, at clock: Int) {
        state.withLock { $0.rooms[id]?.say(frame, line, at: clock) }
    }

    /// What a member of a room hears now, and how the room is.
    func listen(in id: ConferenceID, _ line: Line, at clock: Int) -> Room.Moment {
        state.withLock { state in
            var moment = state.rooms[id]?.moment(for: line, at: clock) ?? Room.Moment()
            moment.isClosed = closings[id]?.contains { moment.joined < $0 && $0 <= clock } ?? false
            return moment
        }
    }
}

extension Switchboard.State {
    /// The call that is furthest behind, the first of those that are even.
    fileprivate var first: Switchboard.Line {
        lines.min { ($0.value.clock, $0.key) < ($1.value.clock, $1.key) }?.key ?? 0
    }

    /// Adds a call.
    @discardableResult
    fileprivate mutating func add(_ call: CallID, at clock: Int) -> Switchboard.Line {
        defer { count += 1 }
        lines[count] = Switchboard.LineState(call: call, clock: clock)
        return count
    }

    /// Goes on with a call.
    ///
    /// - Returns: whether it may; false if another has ended it.
    fileprivate mutating func begin(_ line: Switchboard.Line) -> Bool {
        lines[line]?.hasBegun = true
        return lines[line]?.isCut == false
    }

    /// Notes how far a call is.
    ///
    /// - Returns: whether it is still its turn.
    fileprivate mutating func advance(_ line: Switchboard.Line, to clock: Int) -> Bool {
        lines[line]?.clock = clock
        holder = first
        return holder == line
    }

    /// Leaves a call waiting.
    ///
    /// - Returns: who is to be resumed: the one whose turn it is, unless that has not begun to wait.
    fileprivate mutating func suspend(
        _ line: Switchboard.Line, _ continuation: CheckedContinuation<Void, Never>
    ) -> CheckedContinuation<Void, Never>? {
        if holder == line { return continuation }
        lines[line]?.waiter = continuation
        return lines[holder]?.waiter.take()
    }
}
