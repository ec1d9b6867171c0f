import Files
import RealTimeAPI
import Synchronization

extension CallSetup {
    /// Makes it a call that begins now, on a line to a caller who is there: with an id that no call had before, since handlers take a
    /// call with the id of an earlier one for the same.
    package mutating func begin(on line: LiveLine) {
        call = LiveCallIDs.next()
        dateStarted = Self.date(WallClock.second)
        liveLine = line
    }

    /// As in `2012-01-09 17:27:55`.
    private static func date(_ second: Int) -> String {
        let time = UTCTime.at(second)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let day = "\(time.year)-\(two(time.month))-\(two(time.day))"
        return "\(day) \(two(time.hour)):\(two(time.minute)):\(two(time.second))"
    }
}

/// Ids of live calls: the time in microseconds, or the one after the last.
private enum LiveCallIDs {
    private static let last = Mutex<UInt64>(0)

    static func next() -> CallID {
        CallID(
            rawValue: last.withLock { last in
                last = max(last + 1, WallClock.microsecond)
                return last
            })
    }
}
