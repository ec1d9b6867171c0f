/// Hours of some days of the week, as in `mon-fri 9:00-17:30`.
struct FlowHours: Sendable, Hashable {
    /// The days by their names, from Monday on.
    static let dayNames = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    private static let day = 24 * 60

    /// The days, 0 for Monday.
    private let days: Set<Int>
    /// Minutes of the day; the end is that of the next day if it is not after the start.
    private let start: Int
    private let end: Int

    /// Why text is none, in one sentence without its subject.
    struct Failure: Error {
        let reason: String
    }

    /// Hours as they are written: days, a time, or both.
    init(_ text: String) throws(Failure) {
        var words = text.split(separator: " ")
        guard (1...2).contains(words.count) else { throw Self.noHours }
        let isTime = words.last?.contains(":") == true
        guard isTime || words.count == 1 else { throw Self.noHours }
        if isTime {
            let ends = words.removeLast().split(separator: "-", omittingEmptySubsequences: false)
            guard ends.count == 2, let start = Self.minute(ends[0]), let end = Self.minute(ends[1]), start < Self.day
            else { throw Failure(reason: "must have its time as in 9:00-17:30") }
            guard start != end else { throw Failure(reason: "begins when it ends") }
            (self.start, self.end) = (start, end)
        } else {
            (start, end) = (0, Self.day)
        }
        var days: Set<Int> = []
        for part in words.first?.split(separator: ",", omittingEmptySubsequences: false) ?? [] {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false)
            let numbers = ends.compactMap { Self.dayNames.firstIndex(of: String($0)) }
            guard numbers.count == ends.count, (1...2).contains(numbers.count) else {
                throw Failure(reason: "must have days as in mon-fri or sat,sun")
            }
            var day = numbers[0]
            days.insert(day)
            while day != numbers.last {
                day = (day + 1) % 7
                days.insert(day)
            }
        }
        self.days = days.isEmpty ? Set(0..<7) : days
    }

    private static let noHours = Failure(reason: "must be days, a time, or both, as in mon-fri 9:00-17:30")

    /// The minutes of a time, `0:00` to `24:00`.
    private static func minute(_ text: Substring) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...2).contains(parts[0].utf8.count), parts[1].utf8.count == 2,
            parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), minute < 60
        else { return nil }
        let all = hour * 60 + minute
        return all <= day ? all : nil
    }

    /// Whether a time of a day lies in them; those that go past midnight are of the day on which they begin.
    func contains(_ time: FlowZone.LocalTime) -> Bool {
        if start < end { return days.contains(time.day) && (start..<end).contains(time.minute) }
        return days.contains(time.day) && time.minute >= start
            || days.contains((time.day + 6) % 7) && time.minute < end
    }
}
