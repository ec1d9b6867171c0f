/// The time of day, which the system's administrator may set.
package enum WallClock {
    /// The second since 1970, UTC; a few milliseconds late, and several times as fast to ask for as the precise time.
    package static var second: Int { CLibrary.time(.coarse).seconds }

    /// The microsecond since 1970, UTC.
    package static var microsecond: UInt64 {
        let time = CLibrary.time(.precise)
        return UInt64(time.seconds) * 1_000_000 + UInt64(time.nanoseconds) / 1000
    }
}

/// A day of the Gregorian calendar and a time, UTC.
package struct UTCTime: Sendable, Hashable {
    /// As in 2026.
    package let year: Int
    /// 1...12.
    package let month: Int
    /// 1...31.
    package let day: Int
    /// 0 for Sunday...6.
    package let weekday: Int
    /// 0...23.
    package let hour: Int
    /// 0...59.
    package let minute: Int
    /// 0...59.
    package let second: Int

    /// The time at a second since 1970, UTC.
    package static func at(_ second: Int) -> UTCTime { CLibrary.calendar(second) }
}
