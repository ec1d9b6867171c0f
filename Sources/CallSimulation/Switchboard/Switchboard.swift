import RealTimeAPI
import Synchronization
import TelephonyAudio

/// What calls share: a clock, rooms, recordings, and that one can end another.
///
/// One call goes on at a time: the one that is furthest behind on the common clock, the first of those that are even. So a
/// call never meets another's past, and calls that meet find the same each time they are placed (conservative
/// discrete-event simulation: K. M. Chandy, J. Misra, "Distributed Simulation", 1979). While a handler thinks, the clock of
/// all stands.
final class Switchboard: Sendable {
    /// A call, by its place in the order in which calls were placed.
    typealias Line = Int

    fileprivate struct State {
        var lines: [LineState]
        /// Whose turn it is.
        var holder: Line
        var rooms: [ConferenceID: Room] = [:]
        var recordings: [String: PhoneAudio] = [:]
    }

    fileprivate struct LineState {
        let call: CallID
        /// Samples on the common clock.
        var clock: Int
        var hasBegun = false
        var isOver = false
        /// Whether another call has ended this one.
        var isCut = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state: Mutex<State>
    private let closings: [ConferenceID: [Int]]
    /// Whether there is one call, which nobody can end but itself.
    private let isAlone: Bool

    /// - Parameters:
    ///   - lines: the calls, and when they begin, in samples of the common clock.
    ///   - closings: when rooms are closed.
    init(_ lines: [(call: CallID, start: Int)], closings: [RoomClosing] = []) {
        let states = lines.map { LineState(call: $0.call, clock: $0.start) }
        isAlone = lines.count == 1
        state = Mutex(State(lines: states, holder: Self.first(of: states)))
        self.closings = Dictionary(grouping: closings, by: { ConferenceID($0.room) }).mapValues {
            $0.map(\.time.samples)
        }
    }

    fileprivate static func first(of lines: [LineState]) -> Line {
        lines.indices.filter { !lines[$0].isOver }.min { lines[$0].clock < lines[$1].clock } ?? 0
    }

    // MARK: Turns

    /// Waits until it is a call's turn.
    ///
    /// - Parameters:
    ///   - line: the call.
    ///   - clock: how far it is.
    /// - Returns: whether the call may go on; false if another has ended it.
    func turn(of line: Line, at clock: Int) async -> Bool {
        if isAlone { return true }
        if !state.withLock({ $0.advance(line, to: clock) }) {
            await withCheckedContinuation { continuation in
                state.withLock { $0.suspend(line, continuation) }?.resume()
            }
        }
        return state.withLock { state in
            state.lines[line].hasBegun = true
            return !state.lines[line].isCut
        }
    }

    /// Ends a call's part.
    func finish(_ line: Line) {
        let next = state.withLock { state in
            state.lines[line].isOver = true
            state.holder = Self.first(of: state.lines)
            return state.lines[state.holder].waiter.take()
        }
        next?.resume()
    }

    /// Ends another call at its next frame.
    ///
    /// - Returns: whether there is such a call now.
    func cut(_ call: CallID) -> Bool {
        state.withLock { state in
            let index = state.lines.firstIndex { $0.call == call && $0.hasBegun && !$0.isOver }
            if let index { state.lines[index].isCut = true }
            return index != nil
        }
    }

    // MARK: Recordings

    /// Keeps what `record` made, for `play_record` in any call.
    func keep(_ recording: PhoneAudio, as name: String) { state.withLock { $0.recordings[name] = recording } }

    /// What a `record` made; nil if none has that name.
    func recording(_ name: String) -> PhoneAudio? { state.withLock { $0.recordings[name] } }

    // MARK: Rooms

    /// Enters a room, which is made if there is none.
    ///
    /// - Parameter announcement: is heard by all who are in it from then on.
    func join(_ id: ConferenceID, _ line: Line, at clock: Int, announcing announcement: [Int16]) {
        state.withLock { state in
            state.rooms[id, default: Room()].join(line, at: clock)
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
    /// Notes how far a call is.
    ///
    /// - Returns: whether it is still its turn.
    mutating func advance(_ line: Switchboard.Line, to clock: Int) -> Bool {
        lines[line].clock = clock
        holder = Switchboard.first(of: lines)
        return holder == line
    }

    /// Leaves a call waiting.
    ///
    /// - Returns: who is to be resumed: the one whose turn it is, unless that has not begun to wait.
    mutating func suspend(
        _ line: Switchboard.Line, _ continuation: CheckedContinuation<Void, Never>
    ) -> CheckedContinuation<Void, Never>? {
        if holder == line { return continuation }
        lines[line].waiter = continuation
        return lines[holder].waiter.take()
    }
}
