import Glibc

/// The time of day as HTTP has it (RFC 9110, section 5.6.7), which is written anew only when the second has changed.
struct HTTPDate {
    private var second: time_t?
    private var text = ""

    /// As in `Sun, 06 Nov 1994 08:49:37 GMT`.
    mutating func now() -> String {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME_COARSE, &time)
        if time.tv_sec != second {
            second = time.tv_sec
            text = Self.text(time.tv_sec)
        }
        return text
    }

    /// - Parameter second: since 1970.
    static func text(_ second: time_t) -> String {
        var (second, date) = (second, tm())
        gmtime_r(&second, &date)
        // strftime would write the names in the language that the program has set.
        let (day, month) = (days[Int(date.tm_wday)], months[Int(date.tm_mon)])
        let clock = [date.tm_hour, date.tm_min, date.tm_sec].map(twoDigits).joined(separator: ":")
        return "\(day), \(twoDigits(date.tm_mday)) \(month) \(1900 + date.tm_year) \(clock) GMT"
    }

    private static func twoDigits(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }

    private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
