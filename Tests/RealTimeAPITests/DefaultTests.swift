import Testing

@testable import RealTimeAPI

/// The defaults and limits of parameters, as the platform's page and its PHP SDK have them.
@Suite struct DefaultTests {
    /// Each number of each command: its name, unit, least, most and default.
    static let durations: [(NumberParameter<Duration>, String, NumberUnit, ClosedRange<Int>, Duration)] = [
        (PlayTalkDetect.minimum, "min_ms", .milliseconds, 1...60_000, .milliseconds(500)),
        (PlayTalkDetect.maximum, "max_ms", .milliseconds, 1...60_000, .milliseconds(60_000)),
        (PlayTalkDetect.silence, "silence_ms", .milliseconds, 1...5000, .milliseconds(5)),
        (PlayTalkDetect.analysisTime, "analysistime_ms", .milliseconds, 1...60_000, .milliseconds(4000)),
        (Read.timeout, "timeout_ms", .milliseconds, 100...30_000, .milliseconds(30_000)),
        (Record.silence, "silence", .seconds, 0...20, .zero),
        (Record.maximumDuration, "max_duration", .seconds, 0...300, .zero),
        (SendDTMF.duration, "duration_ms", .milliseconds, 1...5000, .milliseconds(500)),
        (SendDTMF.pause, "timeout_ms", .milliseconds, 0...10_000, .milliseconds(500)),
        (Wait.duration, "wait", .seconds, 1...30, .seconds(1)),
        (WaitForSilence.silence, "silence_ms", .milliseconds, 1...5000, .milliseconds(500)),
        (WaitForSilence.timeout, "timeout", .seconds, 0...300, .zero),
    ]

    static let counts: [(NumberParameter<Int>, String, ClosedRange<Int>, Int)] = [
        (Read.maximumDigits, "max_digits", 1...20, 20), (Read.attempts, "attempts", 1...10, 10),
        (WaitForSilence.iterations, "iterations", 1...10, 1),
    ]

    @Test func `every number has its name, its unit, its range and its default`() {
        for (parameter, name, unit, range, value) in Self.durations {
            #expect(parameter.name == name && parameter.unit == unit && parameter.range == range, "\(name)")
            #expect(parameter.default == value, "\(name)")
            #expect(parameter.defaultNumber == Int(value / (unit == .seconds ? .seconds(1) : .milliseconds(1))))
        }
        for (parameter, name, range, value) in Self.counts {
            #expect(parameter.name == name && parameter.unit == .things && parameter.range == range, "\(name)")
            #expect(parameter.default == value && parameter.defaultNumber == value, "\(name)")
        }
        // Of these the page has no range, but its SDK.
        #expect(Dialout.Target.timeout.usualRange == 5...300 && Dialout.Target.timeout.unit == .seconds)
        #expect(Conference.pinMaximumTries.usualRange == 1...10 && Conference.pinWait.usualRange == 0...30)
        #expect(Read.attempts.usualRange == nil && Wait.duration.usualRange == nil)
        #expect(Dialout.Target.timeout.default == nil && Dialout.Target.timeout.defaultNumber == nil)
    }

    @Test func `values without parameters have the defaults, and leave out what is optional`() {
        #expect(Read(.library(1)).maximumDigits == 20 && Read(.library(1)).attempts == 10)
        #expect(Read(.library(1)).timeout == .seconds(30))
        #expect(Record() == Record(silence: .zero, maximumDuration: .zero))
        #expect(Wait() == Wait(.seconds(1)))
        #expect(WaitForSilence() == WaitForSilence(.milliseconds(500), iterations: 1, timeout: .zero))
        #expect(SendDTMF("1") == SendDTMF("1", duration: .milliseconds(500), pause: .milliseconds(500)))
        let talk = PlayTalkDetect(.library(1))
        #expect(talk.minimum == .milliseconds(500) && talk.maximum == .seconds(60))
        #expect(talk.silence == .milliseconds(5) && talk.analysisTime == .seconds(4))
    }

    /// The members of the schema's part for a command or a message that have a default.
    private func defaults(_ part: String) -> [String: JSON] {
        guard case .object(let properties)? = JSONSchema.schema["$defs"]?[part]?["properties"] else { return [:] }
        let pairs = properties.compactMap { member in member.value["default"].map { (member.name, $0) } }
        return Dictionary(uniqueKeysWithValues: pairs)
    }

    @Test func `the schema has the defaults that are the page's, or assumed, and no others`() {
        let expected: [String: [String: JSON]] = [
            "play_talk_detect": [
                "analysistime_ms": .number("4000"), "max_ms": .number("60000"), "min_ms": .number("500"),
                "silence_ms": .number("5"),
            ],
            "read": ["attempts": .number("10"), "max_digits": .number("20"), "timeout_ms": .number("30000")],
            "record": ["max_duration": .number("0"), "silence": .number("0")],
            "send_dtmf": ["duration_ms": .number("500"), "timeout_ms": .number("500")],
            "start_call_recording": [
                "feeds": .string("both"), "ner": .bool(true), "pii": .bool(true), "sentiment": .bool(true),
            ],
            "wait_for_silence": ["iterations": .number("1"), "timeout": .number("0")],
        ]
        for part in Command.names + ["Request", "Target"] {
            #expect(defaults(part) == expected[part] ?? [:], "\(part)")
        }
    }

    @Test(arguments: [
        (Duration.milliseconds(-1), 0), (.zero, 0), (.milliseconds(499), 0), (.milliseconds(500), 1),
        (.milliseconds(1499), 1), (.milliseconds(1500), 2), (.seconds(300), 300), (.milliseconds(300_499), 300),
        (.seconds(301), 300), (.seconds(Int64.max), 300), (.seconds(Int64.min), 0),
    ])
    func `the nearest whole second in range is taken`(_ duration: Duration, _ seconds: Int) {
        #expect(Record.maximumDuration.clamping(duration) == .seconds(seconds))
    }

    @Test(arguments: [
        (Duration.milliseconds(-5), 1), (.zero, 1), (.microseconds(1499), 1), (.microseconds(1500), 2),
        (.milliseconds(700), 700), (.milliseconds(5000), 5000), (.milliseconds(5001), 5000),
        (.seconds(Int64.max), 5000),
    ])
    func `the nearest whole millisecond in range is taken`(_ duration: Duration, _ milliseconds: Int) {
        #expect(WaitForSilence.silence.clamping(duration) == .milliseconds(milliseconds))
    }

    @Test func `counts are taken into range, and exact where they are whole`() {
        #expect([-1, 0, 1, 5, 10, 11, .max].map { Read.attempts.clamping($0) } == [1, 1, 1, 5, 10, 10, 10])
        #expect(Wait.duration.exactCount(.seconds(7)) == 7)
        #expect(Wait.duration.exactCount(.milliseconds(7001)) == nil)
        #expect(Wait.duration.exactCount(.seconds(Int64.max)) == Int(Int64.max))
        #expect(Read.timeout.exactCount(.milliseconds(7)) == 7)
        #expect(Read.timeout.exactCount(.seconds(7)) == 7000)
        #expect(Read.timeout.exactCount(.microseconds(7001)) == nil)
        #expect(Read.timeout.exactCount(.seconds(Int64.max)) == nil)
    }

    @Test(arguments: [
        ("read", "read"), ("rea", "read"), ("re", nil), ("raed", "read"), ("rad", "read"), ("reead", "read"),
        ("lead", "read"),
        ("READ", "read"), ("if", "id"), ("Max-Digits", "max_digits"), ("max_dig", "max_digits"),
        ("mxa_dgits", "max_digits"),
        ("mux_dugats", "max_digits"), ("mux_dugatz", nil), ("xyz", nil), ("", nil),
        (String(repeating: "a", count: 64), "\(String(repeating: "a", count: 66))"),
        (String(repeating: "a", count: 65), nil),
    ])
    func `what may be meant begins so, or differs in a third of its letters`(_ name: String, _ meant: String?) {
        let names = ["read", "id", "max_digits", String(repeating: "a", count: 66)]
        #expect(nearMiss(name, in: names) == meant)
        #expect(nearMiss(name, in: []) == nil)
    }

    @Test func `a parameter is written with its name`() {
        #expect(Read.attempts.text(3) == "attempts 3")
        #expect(Read.timeout.text(.milliseconds(1500)) == "timeout_ms 1500")
        #expect(Wait.duration.text(.milliseconds(1500)) == "wait 1.500")
        #expect(Wait.duration.text(.milliseconds(1005)) == "wait 1.005")
    }
}
