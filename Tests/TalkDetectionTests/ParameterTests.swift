import RealTimeAPI
import Testing

@testable import TalkDetection

@Suite("Parameters")
struct ParameterTests {
    typealias Make = @Sendable (Int) throws -> Void

    static let milliseconds: [(field: String, range: ClosedRange<Int>, make: Make)] = [
        ("min_ms", 1...60_000, { _ = try TalkParameters(minimum: .milliseconds($0)) }),
        ("max_ms", 1...60_000, { _ = try TalkParameters(maximum: .milliseconds($0)) }),
        ("silence_ms", 1...5000, { _ = try TalkParameters(silence: .milliseconds($0)) }),
        ("analysistime_ms", 1...60_000, { _ = try TalkParameters(analysisTime: .milliseconds($0)) }),
        ("silence_ms", 1...5000, { _ = try SilenceParameters(silence: .milliseconds($0)) }),
    ]

    static let seconds: [(field: String, range: ClosedRange<Int>, make: Make)] = [
        ("timeout", 0...300, { _ = try SilenceParameters(silence: .milliseconds(1), timeout: .seconds($0)) }),
        ("silence", 0...20, { _ = try RecordingParameters(silence: .seconds($0), maximumDuration: .zero) }),
        ("max_duration", 0...300, { _ = try RecordingParameters(silence: .zero, maximumDuration: .seconds($0)) }),
    ]

    static let counts: [(field: String, range: ClosedRange<Int>, make: Make)] = [
        ("iterations", 1...10, { _ = try SilenceParameters(silence: .milliseconds(1), iterations: $0) })
    ]

    @Test(
        "each field takes its range and no more, and the error names both",
        arguments: milliseconds + seconds + counts
    )
    func ranges(field: String, range: ClosedRange<Int>, make: Make) throws {
        try make(range.lowerBound)
        try make(range.lowerBound + 1)
        try make(range.upperBound)
        for value in [range.lowerBound - 1, range.upperBound + 1, -1_000_000, 1_000_000] {
            let error = #expect(throws: DetectionError.self) { try make(value) }
            #expect(error?.field == field)
            #expect(error?.description.hasPrefix("\(field) ") == true)
            #expect(error?.reason.contains("\(range)") == true)
            #expect(error?.reason.contains("\(value)") == true)
        }
    }

    @Test("a part of a unit is an error, and so is what no integer holds")
    func parts() {
        let errors = [
            #expect(throws: DetectionError.self) { try TalkParameters(minimum: .microseconds(1500)) },
            #expect(throws: DetectionError.self) { try TalkParameters(minimum: .seconds(Int64.max)) },
            #expect(throws: DetectionError.self) { try TalkParameters(minimum: .seconds(Int64.min)) },
            #expect(throws: DetectionError.self) {
                try RecordingParameters(silence: .milliseconds(1500), maximumDuration: .zero)
            },
            #expect(throws: DetectionError.self) {
                try RecordingParameters(silence: .seconds(Int64.max), maximumDuration: .zero)
            },
        ]
        #expect(errors.map { $0?.field } == ["min_ms", "min_ms", "min_ms", "silence", "silence"])
        #expect(errors[0]?.reason.contains("whole milliseconds in 1...60000") == true)
        #expect(errors[3]?.reason.contains("whole seconds in 0...20") == true)
    }

    @Test("the defaults are those that the page recommends; max_ms and analysistime_ms may be absent")
    func defaults() throws {
        let parameters = TalkParameters()
        #expect(parameters.minimum == .milliseconds(500))
        #expect(parameters.maximum == .milliseconds(60_000))
        #expect(parameters.silence == .milliseconds(5))
        #expect(parameters.analysisTime == .milliseconds(4000))
        #expect(try TalkParameters(maximum: nil, analysisTime: nil).maximum == nil)
    }

    @Test("a command that was validated gives its own parameters")
    func valid() throws {
        let play = PlayTalkDetect(
            .library(1), minimum: .milliseconds(1), maximum: .milliseconds(2), silence: .milliseconds(5000),
            analysisTime: .milliseconds(60_000))
        let talk = try TalkParameters(
            minimum: .milliseconds(1), maximum: .milliseconds(2), silence: .milliseconds(5000),
            analysisTime: .milliseconds(60_000))
        #expect(Command.playTalkDetect(play).findings.isEmpty && TalkParameters(clamping: play) == talk)
        #expect(TalkParameters(clamping: PlayTalkDetect(.library(1))) == TalkParameters())
        let wait = WaitForSilence(.milliseconds(21), iterations: 10, timeout: .seconds(300))
        let silence = try SilenceParameters(silence: .milliseconds(21), iterations: 10, timeout: .seconds(300))
        #expect(Command.waitForSilence(wait).findings.isEmpty && SilenceParameters(clamping: wait) == silence)
        let record = Record(silence: .seconds(20), maximumDuration: .seconds(300))
        let recording = try RecordingParameters(silence: .seconds(20), maximumDuration: .seconds(300))
        #expect(Command.record(record).findings.isEmpty && RecordingParameters(clamping: record) == recording)
    }

    @Test("a command that was not gives the nearest that are in range")
    func clamping() {
        let longest = Duration(secondsComponent: .max, attosecondsComponent: 0)
        let talk = TalkParameters(
            clamping: PlayTalkDetect(
                .library(1), minimum: .zero, maximum: longest, silence: .microseconds(1500),
                analysisTime: .zero - longest))
        #expect(talk.minimum == .milliseconds(1) && talk.maximum == .milliseconds(60_000))
        #expect(talk.silence == .milliseconds(2) && talk.analysisTime == .milliseconds(1))
        let silence = SilenceParameters(clamping: WaitForSilence(.zero, iterations: 0, timeout: .milliseconds(1499)))
        #expect(silence.silence == .milliseconds(1) && silence.iterations == 1 && silence.timeout == .seconds(1))
        let recording = RecordingParameters(
            clamping: Record(silence: .milliseconds(-1), maximumDuration: .milliseconds(1500)))
        #expect(recording.silence == .zero && recording.maximumDuration == .seconds(2))
    }

    @Test("parameters are written by their names on the wire, without those that are no limit")
    func text() throws {
        #expect("\(TalkParameters())" == "min_ms 500, max_ms 60000, silence_ms 5, analysistime_ms 4000")
        #expect("\(try TalkParameters(maximum: nil, analysisTime: nil))" == "min_ms 500, silence_ms 5")
        #expect("\(try SilenceParameters())" == "silence_ms 500, iterations 1, timeout 0")
        let recording = try RecordingParameters(silence: .seconds(3), maximumDuration: .seconds(60))
        #expect("\(recording)" == "silence 3, max_duration 60")
    }
}
