import RealTimeAPI

/// A conference room: who is in it, and what is heard there.
///
/// Each member hears what the others said one frame before: the mixer's own delay, which makes the order in which members
/// speak within a frame of no consequence.
struct Room {
    /// What a member hears in one frame, and how the room is then.
    struct Moment {
        /// The others' voices, and what is announced; empty if there is nothing.
        var mix: [Int16] = []
        /// Whether there is no other member.
        var isAlone = true
        /// Whether the member is alone because somebody left.
        var isLeftAlone = false
        /// Whether the room was closed since the member joined.
        var isClosed = false
        /// When the member joined.
        var joined = Int.max
    }

    private struct Member {
        let joined: Int
        /// The last two frames, by when they began.
        var frames: [(clock: Int, samples: [Int16])] = []
    }

    private var members: [Switchboard.Line: Member] = [:]
    private var announcements: [(start: Int, samples: [Int16])] = []
    private var lastDeparture = Int.min

    var isEmpty: Bool { members.isEmpty }

    mutating func join(_ line: Switchboard.Line, at clock: Int) { members[line] = Member(joined: clock) }

    mutating func leave(_ line: Switchboard.Line, at clock: Int) {
        members[line] = nil
        lastDeparture = clock
    }

    /// Plays something to all members, after what is announced already; from the next frame on, which all of them have before
    /// them.
    mutating func announce(_ samples: [Int16], at clock: Int) {
        guard !samples.isEmpty else { return }
        let end = announcements.last.map { $0.start + $0.samples.count } ?? 0
        announcements.append((max(end, clock + SimulatedCall.frameLength), samples))
    }

    mutating func say(_ frame: [Int16], _ line: Switchboard.Line, at clock: Int) {
        members[line]?.frames.append((clock, frame))
        if let count = members[line]?.frames.count, count > 2 { members[line]?.frames.removeFirst() }
    }

    mutating func moment(for line: Switchboard.Line, at clock: Int) -> Moment {
        // A member may be a frame behind.
        announcements.removeAll { $0.start + $0.samples.count <= clock - SimulatedCall.frameLength }
        var moment = Moment()
        moment.joined = members[line]?.joined ?? .max
        moment.isAlone = members.count == 1
        moment.isLeftAlone = moment.isAlone && lastDeparture >= moment.joined
        let before = clock - SimulatedCall.frameLength
        for (other, member) in members where other != line {
            if let frame = member.frames.first(where: { $0.clock == before }) { moment.mix.add(frame.samples[...]) }
        }
        for (start, samples) in announcements {
            let offset = clock - start
            guard offset > -SimulatedCall.frameLength, offset < samples.count else { continue }
            let silence = [Int16](repeating: 0, count: max(0, -offset))
            let sound = samples[max(0, offset)..<min(samples.count, offset + SimulatedCall.frameLength)]
            moment.mix.add((silence + sound)[...])
        }
        return moment
    }
}

/// A room that is closed from outside, by none of its members: the calls of all members continue with `CONFERENCE_CLOSED`.
public struct RoomClosing: Sendable, Hashable {
    /// The room's id.
    public var room: String
    /// When, since the first call began.
    public var time: Duration

    /// A room that is closed.
    public init(_ room: String, at time: Duration) {
        self.room = room
        self.time = time
    }
}

extension [Int16] {
    /// Adds a sound to this one, which is lengthened if need be; what is too loud is clipped.
    mutating func add(_ other: ArraySlice<Int16>) {
        if count < other.count { append(contentsOf: repeatElement(0, count: other.count - count)) }
        for (index, sample) in other.enumerated() { self[index] = Int16(clamping: Int(self[index]) + Int(sample)) }
    }
}
