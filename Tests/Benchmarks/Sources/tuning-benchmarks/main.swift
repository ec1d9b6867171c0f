import Measuring
import TalkDetection
import TelephonyAudio
import ThresholdTuning

// How fast tuning is on labelled recordings of 10 s, 1,000 unless another number is given, on two threads.

let count = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 1000
var calls = Calls(seed: 1)
let recordings = (0..<count).map { calls.next($0) }

print("\(count) recordings of 10 s, half of them with talk; median of 5 rounds")
let columns = Columns(nameWidth: 58, width: 9)
columns.print("", "s", "CPU s")
var labelled: [LabelledRecording] = []
let measuring = Usage.of(rounds: 1) {
    for (index, recording) in recordings.enumerated() {
        var recorder = LevelRecorder(digest: ContentDigest(of: recording.samples.span.bytes))
        recorder.add(recording.samples.span)
        labelled.append(LabelledRecording(recorder.finish(name: "\(index)"), isTalk: recording.isTalk))
    }
}
row("their levels under \(LineCondition.standard.count) line conditions, once, one thread", measuring)
let tuner = try Tuner(labelled, conditions: LineCondition.standard, options: TuningOptions(prices: Prices()))
var result = tuner.run(jobs: 2)
for jobs in [1, 2] {
    row(
        "the search, eleven times over, \(jobs) thread\(jobs == 1 ? "" : "s")",
        Usage.of(rounds: 5) { result = tuner.run(jobs: jobs) })
}
if let tool = try Tool(recordings) {
    row("rtmedia tune --report, levels not yet kept", try Usage.of(rounds: 1, tool.run))
    row("rtmedia tune --report", try Usage.of(rounds: 5, tool.run))
}
print(
    "\nOf the combinations \(result.gridCount) are counted one by one, for the frontier; the cheapest of all is exact.")
print("All that the API accepts stand for \(result.detectorRunCount) runs of the detector.")

// The detector itself, on the samples of some recordings, which a search without structure would run each time.
let some = recordings.prefix(100)
let parameters = try TalkParameters(minimum: .milliseconds(300), silence: .milliseconds(400))
let one =
    Usage.of(rounds: 5) {
        for recording in some {
            var detector = TalkDetector(parameters)
            detector.add(recording.samples.span)
            detector.finish()
        }
    }.cpu / Double(some.count)
let views = LineCondition.standard.count * result.options.thresholds.count
let hours = one * 1e6 * Double(count * views) / 3600
print(
    "It takes \(decimal(one * 1e6)) us for a recording: a million combinations under \(views) conditions and thresholds would take "
        + "\(Int(hours)) hours.")

func row(_ name: String, _ usage: Usage) { columns.print(name, decimal(usage.wall), decimal(usage.cpu)) }
