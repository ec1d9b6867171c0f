import RealTimeAPI

/// A conference room: who is in it, and what is heard there.
///
/// Each member hears what the others said some frames before: the mixer's own delay, which makes the order in which members
/// speak within a frame of no consequence. It is one frame where all members are even; a member that is later than that is silent to the
/// others, and delays nobody.
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
        /// The last frames, by when they began.
        var frames: [(clock: Int, samples: [Int16])] = []
    }

    /// What all members say in a frame.
    private struct Sum {
        let clock: Int
        var samples = [Int32](repeating: 0, count: SimulatedCall.frameLength)
        /// How many members speak in it.
        var count = 0

        mutating func add(_ frame: [Int16], _ sign: Int32 = 1) {
            // No number of members that there could be overflows; if it did, the sum would be wrong, and nothing worse.
            for (index, sample) in frame.enumerated() { samples[index] &+= sign &* Int32(sample) }
            count += Int(sign)
        }
    }

    /// How many frames are kept.
    let length: Int
    /// How many frames later the others hear what a member says.
    let delay: Int
    private var members: [Switchboard.Line: Member] = [:]
    /// The last frames, in order: a mix is the sum without the listener's own voice, so that its cost does not grow with the members.
    private var sums: [Sum] = []
    private var announcements: [(start: Int, samples: [Int16])] = []
    private var lastDeparture = Int.min

    /// How many announcements may wait; further ones are not heard.
    private static let mostAnnouncements = 1000

    init(length: Int, delay: Int) { (self.length, self.delay) = (length, delay) }

    var isEmpty: Bool { members.isEmpty }

    mutating func join(_ line: Switchboard.Line, at clock: Int) { members[line] = Member(joined: clock) }

    mutating func leave(_ line: Switchboard.Line, at clock: Int) {
        for (clock, samples) in members.removeValue(forKey: line)?.frames ?? [] {
            if let index = sums.lastIndex(where: { $0.clock == clock }) { sums[index].add(samples, -1) }
        }
        lastDeparture = clock
    }

    /// Plays something to all members, after what is announced already; from a frame on which all of them have before them.
    mutating func announce(_ samples: [Int16], at clock: Int) {
        guard !samples.isEmpty, announcements.count < Self.mostAnnouncements else { return }
        let end = announcements.last.map { $0.start + $0.samples.count } ?? 0
        announcements.append((max(end, clock + delay * SimulatedCall.frameLength), samples))
    }

    mutating func say(_ frame: [Int16], _ line: Switchboard.Line, at clock: Int) {
        guard members[line] != nil else { return }
        var index = sums.endIndex
        while index > 0, sums[index - 1].clock > clock { index -= 1 }
        if index == 0 || sums[index - 1].clock < clock {
            // What is older than all that is kept comes too late to be heard.
            if index == 0, sums.count == length { return }
            sums.insert(Sum(clock: clock), at: index)
            index += 1
        }
        sums[index - 1].add(frame)
        if sums.count > length { sums.removeFirst() }
        members[line]?.frames.append((clock, frame))
        if let count = members[line]?.frames.count, count > length { members[line]?.frames.removeFirst() }
    }

    mutating func moment(for line: Switchboard.Line, at clock: Int) -> Moment {
        // Other members may be behind, by as much as is kept.
        announcements.removeAll { $0.start + $0.samples.count <= clock - length * SimulatedCall.frameLength }
        var moment = Moment()
        moment.joined = members[line]?.joined ?? .max
        moment.isAlone = members.count == 1
        moment.isLeftAlone = moment.isAlone && lastDeparture >= moment.joined
        moment.mix = mix(for: line, at: clock - delay * SimulatedCall.frameLength)
        for (start, samples) in announcements {
            let offset = clock - start
            guard offset > -SimulatedCall.frameLength, offset < samples.count else { continue }
            let silence = [Int16](repeating: 0, count: max(0, -offset))
            let sound = samples[max(0, offset)..<min(samples.count, offset + SimulatedCall.frameLength)]
            moment.mix.add((silence + sound)[...])
        }
        return moment
    }

    /// What the other members said in a frame; what is too loud is clipped.
    private func mix(for line: Switchboard.Line, at clock: Int) -> [Int16] {
        guard let sum = sums.last(where: { $0.clock == clock }) else { return [] }
        guard let own = members[line]?.frames.last(where: { $0.clock == clock })?.samples else {
            return sum.samples.map { Int16(clamping: $0) }
        }
        guard sum.count > 1 else { return [] }
        return zip(sum.samples, own).map { Int16(clamping: $0 &- Int32($1)) }
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
