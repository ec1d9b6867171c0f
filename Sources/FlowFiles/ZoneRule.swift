/// What holds in a time zone from the last change in its file on, as in `CET-1CEST,M3.5.0,M10.5.0/3` (RFC 9636, 3.3).
struct ZoneRule: Sendable {
    /// A day of each year, and the second of it, by the clock that holds until then.
    private struct Change: Sendable {
        let month: Int
        /// Which such day of the month, 5 for the last one.
        let week: Int
        /// 0 for Sunday.
        let weekday: Int
        let second: Int
    }

    private let standard: Int
    /// Nil if the time never changes.
    private let summer: (offset: Int, start: Change, end: Change)?

    /// A rule by its text; nil if it is none, or by days of the year, which no zone of today is.
    init?(_ text: String) {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        var rest = parts[0]
        guard Self.takeName(&rest), let west = Self.takeTime(&rest) else { return nil }
        standard = -west
        if parts.count == 1 {
            guard rest.isEmpty else { return nil }
            summer = nil
            return
        }
        guard parts.count == 3, Self.takeName(&rest) else { return nil }
        let summerWest = rest.isEmpty ? west - 3600 : Self.takeTime(&rest)
        guard let summerWest, rest.isEmpty, let start = Self.change(parts[1]), let end = Self.change(parts[2]) else {
            return nil
        }
        summer = (-summerWest, start, end)
    }

    /// How far the zone is ahead of UTC, in seconds.
    ///
    /// - Parameter time: seconds since 1970.
    func offset(at time: Int) -> Int {
        guard let summer else { return standard }
        let year = Self.year(ofDay: Self.quotient(time + standard, 86_400))
        let start = Self.time(of: summer.start, year) - standard
        let end = Self.time(of: summer.end, year) - summer.offset
        let isSummer =
            start < end ? (start..<end).contains(time) : !(end..<start).contains(time)
        return isSummer ? summer.offset : standard
    }

    // MARK: Text

    /// Takes `CET` or `<+03>`.
    private static func takeName(_ text: inout Substring) -> Bool {
        if text.first == "<" {
            guard let end = text.firstIndex(of: ">") else { return false }
            text = text[text.index(after: end)...]
            return true
        }
        let name = text.prefix { $0.isASCII && $0.isLetter }
        text = text[name.endIndex...]
        return name.utf8.count >= 3
    }

    /// Takes hours, or hours, minutes and seconds, with a sign or without.
    private static func takeTime(_ text: inout Substring) -> Int? {
        let time = text.prefix { $0.isASCII && ($0.isNumber || "+-:".contains($0)) }
        text = text[time.endIndex...]
        let sign = time.hasPrefix("-") ? -1 : 1
        let numbers = time.drop { "+-".contains($0) }.split(separator: ":", omittingEmptySubsequences: false).map {
            Int($0)
        }
        guard (1...3).contains(numbers.count) else { return nil }
        var seconds = 0
        for (number, unit) in zip(numbers, [3600, 60, 1]) {
            guard let number, (0...167).contains(number) else { return nil }
            seconds += number * unit
        }
        return sign * seconds
    }

    /// A change, as in `M10.5.0/3`.
    private static func change(_ text: Substring) -> Change? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts[0].hasPrefix("M") else { return nil }
        let numbers = parts[0].dropFirst().split(separator: ".").compactMap { Int($0) }
        guard numbers.count == 3, (1...12).contains(numbers[0]), (1...5).contains(numbers[1]),
            (0...6).contains(numbers[2])
        else { return nil }
        var second = 2 * 3600
        if parts.count == 2 {
            var rest = parts[1]
            guard let time = takeTime(&rest), rest.isEmpty else { return nil }
            second = time
        }
        return Change(month: numbers[0], week: numbers[1], weekday: numbers[2], second: second)
    }

    // MARK: Days

    /// When a change comes, as if its clock were UTC.
    private static func time(of change: Change, _ year: Int) -> Int {
        let first = day(year, change.month)
        // 1970 began on a Thursday.
        let ahead = remainder(change.weekday - remainder(first + 4, 7), 7)
        var day = first + ahead + 7 * (change.week - 1)
        let next = change.month == 12 ? Self.day(year + 1, 1) : Self.day(year, change.month + 1)
        if day >= next { day -= 7 }
        return day * 86_400 + change.second
    }

    /// The first of a month, in days since 1970.
    static func day(_ year: Int, _ month: Int) -> Int {
        let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let before = year - 1
        let years =
            365 * (year - 1970) + (before / 4 - before / 100 + before / 400) - (1969 / 4 - 1969 / 100 + 1969 / 400)
        return years + lengths.prefix(month - 1).reduce(0, +) + (isLeap && month > 2 ? 1 : 0)
    }

    private static func year(ofDay days: Int) -> Int {
        var year = 1970 + quotient(days, 366)
        while day(year + 1, 1) <= days { year += 1 }
        return year
    }

    static func quotient(_ number: Int, _ divisor: Int) -> Int { (number - remainder(number, divisor)) / divisor }

    static func remainder(_ number: Int, _ divisor: Int) -> Int {
        let rest = number % divisor
        return rest < 0 ? rest + divisor : rest
    }
}
