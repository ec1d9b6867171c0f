import Foundation
import RealTimeAPI
import Testing

@testable import FlowFiles

/// The time in time zones, beside Foundation's.
@Suite struct FlowZoneTests {
    @Test(arguments: [
        "Europe/Paris", "Europe/London", "Europe/Dublin", "America/New_York", "America/St_Johns", "America/Sao_Paulo",
        "America/Argentina/Buenos_Aires", "Australia/Lord_Howe", "Pacific/Auckland", "Pacific/Apia", "Asia/Kathmandu",
        "Asia/Kolkata", "Africa/Casablanca", "America/Nuuk", "Asia/Tokyo", "UTC", "CET", "Etc/GMT+5", "Africa/Cairo",
    ])
    func `a zone is as far ahead of UTC as Foundation says`(_ name: String) throws {
        let zone = try FlowZone(name)
        let other = try #require(TimeZone(identifier: name))
        var seed: UInt64 = 1
        for _ in 0..<2000 {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            // 1990 to 2037: Foundation takes later years from the last change it has.
            let time = 631_152_000 + Int(seed >> 33) % (2_145_916_800 - 631_152_000)
            let expected = other.secondsFromGMT(for: Date(timeIntervalSince1970: Double(time)))
            #expect(zone.offset(at: time) == expected, "\(name) at \(time)")
        }
    }

    @Test(arguments: [
        ("CET-1CEST,M3.5.0,M10.5.0/3", 1_774_745_999, 3600), ("CET-1CEST,M3.5.0,M10.5.0/3", 1_774_746_000, 7200),
        ("CET-1CEST,M3.5.0,M10.5.0/3", 1_792_889_999, 7200), ("CET-1CEST,M3.5.0,M10.5.0/3", 1_792_890_000, 3600),
        ("NZST-12NZDT,M9.5.0,M4.1.0/3", 1_767_225_600, 46_800), ("NZST-12NZDT,M9.5.0,M4.1.0/3", 1_782_864_000, 43_200),
        ("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", 1_767_225_600, 39_600), ("<-03>3", 1_767_225_600, -10_800),
        ("UTC0", 1_767_225_600, 0), ("IST-1GMT0,M10.5.0,M3.5.0/1", 1_767_225_600, 0),
        ("IST-1GMT0,M10.5.0,M3.5.0/1", 1_782_864_000, 3600), ("CET-1CEST,M3.5.0,M10.5.0/3", 4_102_444_800, 3600),
        ("CET-1CEST,M3.5.0,M10.5.0/3", 4_118_083_200, 7200),
        ("NZST-12NZDT,M9.5.0,M4.1.0/3", 1_790_431_199, 43_200), ("NZST-12NZDT,M9.5.0,M4.1.0/3", 1_790_431_200, 46_800),
    ])
    func `after the last change of a file its rule holds`(_ text: String, _ time: Int, _ offset: Int) throws {
        #expect(try #require(ZoneRule(text)).offset(at: time) == offset)
    }

    @Test(arguments: ["", "A1", "CET", "CET-1CEST", "CET-1CEST,J60,J300", "CET-1CEST,M13.1.0,M10.5.0", "CET-1,"])
    func `what is no rule is none`(_ text: String) { #expect(ZoneRule(text) == nil) }

    @Test(arguments: [
        (1970, 1, 0), (1972, 3, 790), (2000, 3, 11_017), (2026, 12, 20_788), (2100, 1, 47_482), (2101, 1, 47_847),
    ])
    func `a month begins so many days after 1970`(_ year: Int, _ month: Int, _ days: Int) {
        #expect(ZoneRule.day(year, month) == days)
    }

    @Test func `a file of the first version has one block`() throws {
        // One kind of time, an hour ahead; no changes.
        let counts: [UInt8] = [0, 0, 0, 0, 1, 4].flatMap { [0, 0, 0, $0] }
        let bytes =
            Array("TZif\0".utf8) + [UInt8](repeating: 0, count: 15) + counts + [0, 0, 14, 16, 0, 0]
            + Array("CET\0".utf8)
        #expect(try #require(FlowZone(bytes)).offset(at: 1_796_081_400) == 3600)
    }

    @Test(arguments: [
        ("2026-01-05 09:30:59", 1_767_605_459), ("2026-12-31 23:59:60", 1_798_761_600), ("2026-1--05 09:00:00", nil),
        ("2026-00-05 09:00:00", nil), ("2026-13-05 09:00:00", nil), ("2026-01-00 09:00:00", nil),
        ("2026-01-32 09:00:00", nil), ("2026-01-05 24:00:00", nil), ("2026-01-05 23:60:00", nil),
        ("2026-01-05 23:00:61", nil), ("1969-01-05 09:00:00", nil), ("", nil),
    ])
    func `a call begins when its request says`(_ text: String, _ seconds: Int?) {
        var request = Request()
        request.dateStarted = text
        #expect(request.startTime == seconds)
    }

    @Test func `a day has its place in the week`() throws {
        let paris = try FlowZone("Europe/Paris")
        // 2026-11-30 23:30 UTC, a Monday.
        #expect(paris.localTime(at: 1_796_081_400) == FlowZone.LocalTime(day: 1, minute: 30))
        #expect(try FlowZone("UTC").localTime(at: 1_796_081_400) == FlowZone.LocalTime(day: 0, minute: 23 * 60 + 30))
    }

    @Test(arguments: [
        "", "/etc/passwd", "../../../etc/passwd", "Europe/../UTC", "Europe", "Europe/Pari", "tzdata.zi", "a/b/c/d",
        "Europe/Paris\0",
    ])
    func `what is no zone opens no other file`(_ name: String) {
        #expect(throws: FlowZone.Failure.self) { try FlowZone(name) }
    }

    @Test func `a damaged file is no zone`() throws {
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/Europe/Paris")))
        for count in stride(from: 0, to: bytes.count - 40, by: 17) { _ = FlowZone(Array(bytes.prefix(count))) }
        var seed: UInt64 = 2
        for _ in 0..<2000 {
            var damaged = bytes
            for _ in 0..<3 {
                seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                damaged[Int(seed >> 33) % min(bytes.count, 120)] = UInt8(truncatingIfNeeded: seed >> 20)
            }
            _ = FlowZone(damaged)?.offset(at: 1_796_081_400)
        }
        #expect(FlowZone(Array(bytes.prefix(100))) == nil && FlowZone([]) == nil)
    }
}
