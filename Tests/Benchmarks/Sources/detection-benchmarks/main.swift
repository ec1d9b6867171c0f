import Glibc
import TalkDetection
import TelephonyAudio

/// How fast detection is, beside plain C: an hour of 8 kHz audio from memory, one core, in multiples of real time.

let rounds = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 15
guard let peers = Peers() else {
    print("detection-benchmarks: needs gcc; install it with: apt-get install gcc")
    exit(69)
}

let hour = Signal.hour()
let frameCount = hour.count / 160
let levels = UnsafeMutablePointer<UInt16>.allocate(capacity: frameCount)
// Nothing qualifies, so that the whole hour is looked at.
let parameters = try TalkParameters(
    minimum: .milliseconds(59_999), maximum: .milliseconds(60_000), silence: .milliseconds(200), analysisTime: nil)

func detect<Rule: DetectionRule>(_ detector: Detector<Rule>) -> Int64 {
    var detector = detector
    detector.add(hour.span)
    return detector.verdict == nil ? 0 : 1
}

let cases = [
    BenchmarkCase("sum of |x|, gcc -O3 -march=native", .floor) {
        hour.withUnsafeBufferPointer { peers.sum($0.baseAddress!, $0.count) }
    },
    BenchmarkCase("levels of 20 ms, plain C", .peer) {
        hour.withUnsafeBufferPointer { peers.levels($0.baseAddress!, $0.count, 160, levels) }
    },
    BenchmarkCase("levels of 20 ms", .ours) {
        var meter = FrameLevelMeter()
        var last: Int64 = 0
        meter.add(hour.span) { last = Int64($0[$0.count - 1]) }
        return last
    },
    BenchmarkCase("play_talk_detect, asterisk, plain C", .peer) {
        hour.withUnsafeBufferPointer { peers.asterisk($0.baseAddress!, $0.count, 512, 59_999, 60_000, 200) }
    },
    BenchmarkCase("play_talk_detect, asterisk", .ours) {
        detect(Detector(TalkRule(parameters, rules: .asterisk), classifier: .backgroundDetect, frameLength: 160))
    },
    BenchmarkCase("play_talk_detect, documented, plain C", .peer) {
        hour.withUnsafeBufferPointer { peers.documented($0.baseAddress!, $0.count, 512, 59_999, 60_000, 200) }
    },
    BenchmarkCase("play_talk_detect, documented", .ours) {
        detect(Detector(TalkRule(parameters, rules: .documented), classifier: .backgroundDetect, frameLength: 40))
    },
    BenchmarkCase("play_talk_detect, asterisk, adaptive", .ours) {
        detect(Detector(TalkRule(parameters, rules: .asterisk), classifier: .adaptive, frameLength: 160))
    },
    BenchmarkCase("DTMF", .ours) {
        var detector = DTMFDetector()
        var count: Int64 = 0
        detector.add(hour.span) { _ in count += 1 }
        return count
    },
]

print(Table(cases, rounds: rounds, realTime: 3600).text)
