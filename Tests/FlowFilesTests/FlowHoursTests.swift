import Testing

@testable import FlowFiles

/// Days and times, as `on` of `clock` has them.
@Suite struct FlowHoursTests {
    private func contains(_ text: String, _ day: String, _ hour: Int, _ minute: Int) throws -> Bool {
        try FlowHours(text).contains(
            FlowZone.LocalTime(day: FlowHours.dayNames.firstIndex(of: day)!, minute: hour * 60 + minute))
    }

    @Test(arguments: [
        ("mon-fri 9:00-17:30", "mon", 9, 0, true), ("mon-fri 9:00-17:30", "fri", 17, 29, true),
        ("mon-fri 9:00-17:30", "fri", 17, 30, false), ("mon-fri 9:00-17:30", "mon", 8, 59, false),
        ("mon-fri 9:00-17:30", "sat", 12, 0, false), ("sat", "sat", 0, 0, true), ("sat", "sat", 23, 59, true),
        ("sat", "sun", 0, 0, false), ("0:00-24:00", "wed", 23, 59, true), ("12:00-13:00", "sun", 12, 30, true),
        ("fri-mon", "sun", 1, 0, true), ("fri-mon", "tue", 1, 0, false), ("mon,wed", "wed", 1, 0, true),
        ("mon,wed", "tue", 1, 0, false), ("fri 22:00-06:00", "fri", 23, 0, true),
        ("fri 22:00-06:00", "sat", 5, 59, true), ("fri 22:00-06:00", "fri", 5, 0, false),
        ("sun 22:00-06:00", "mon", 5, 0, true), ("22:00-24:00", "mon", 23, 59, true),
    ])
    func `hours hold from their start until their end`(
        _ text: String, _ day: String, _ hour: Int, _ minute: Int, _ isIn: Bool
    ) throws {
        #expect(try contains(text, day, hour, minute) == isIn)
    }

    @Test(arguments: [
        "", "monday", "mon-", "-mon", "mon-tue-wed", "9:00", "9-17", "9:00-9:00", "24:00-1:00", "9:60-10:00",
        "25:00-26:00",
        "mon 9:00-10:00 x", "9:00-10:00 mon", "mon tue", "Mon", "mon,", "+9:00-10:00", "9:0-10:00", "009:00-10:00",
        "9:00--10:00", "-9:00-10:00",
    ])
    func `what are no hours is refused`(_ text: String) {
        #expect(throws: FlowHours.Failure.self) { try FlowHours(text) }
    }
}
