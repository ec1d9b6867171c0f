import Files

/// The time of day as HTTP has it (RFC 9110, section 5.6.7), which is written anew only when the second has changed.
struct HTTPDate {
    private var second: Int?
    private var text = ""

    /// As in `Sun, 06 Nov 1994 08:49:37 GMT`.
    mutating func now() -> String {
        let now = WallClock.second
        if now != second {
            second = now
            text = Self.text(now)
        }
        return text
    }

    /// - Parameter second: since 1970.
    static func text(_ second: Int) -> String {
        let time = UTCTime.at(second)
        // strftime would write the names in the language that the program has set.
        let (day, month) = (days[time.weekday], months[time.month - 1])
        let clock = [time.hour, time.minute, time.second].map(twoDigits).joined(separator: ":")
        return "\(day), \(twoDigits(time.day)) \(month) \(time.year) \(clock) GMT"
    }

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
