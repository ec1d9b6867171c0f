import CallSimulation
import Foundation
import Measuring
import RealTimeAPI
import TelephonyAudio

// How fast calls of two minutes are: each has four commands that listen for talk for half a minute, to a caller who talks
// all the time, with a handler that is met over HTTP, in this process.

let numbers = CommandLine.arguments.dropFirst().compactMap { Int($0) }
let plan = LoadPlan(calls: numbers.first ?? 1000, concurrency: numbers.dropFirst().first ?? 4)

let folder = FileManager.default.temporaryDirectory.appending(path: "call-benchmarks-\(UUID())")
try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
defer { try? FileManager.default.removeItem(at: folder) }
try Data(Talk.audio(seconds: 30).wav).write(to: folder.appending(path: "1.wav"))

let port = try await HalfMinutes(count: 4).listen()
let sounds = Sounds(folder: folder.path) { text, _ async throws(SimulationError) in
    throw SimulationError(.sound, text, "nothing is spoken here")
}
var setup = CallSetup(try HandlerAddress("http://127.0.0.1:\(port)/"), sounds: sounds)
setup.caller = CallerScript([.init(.time(.zero), .sound(Talk.audio(seconds: 120)))])
setup.keepsAudio = false

let start = Usage.now
let report = try await LoadGenerator.run(plan) { [setup] number in
    var setup = setup
    setup.call = CallID(rawValue: UInt64(1 + number))
    return setup
}
let usage = Usage.now - start

func milliseconds(_ part: Double) -> String { decimal(report.serviceTimes.value(at: part) / .milliseconds(1)) }

let talkSeconds = report.virtualTime / .seconds(1)
print("\(report.calls) calls of \(decimal(talkSeconds / Double(report.calls))) s, \(report.failedCalls) failed")
print("\(decimal(usage.wall)) s, of CPU time \(decimal(usage.cpu)) s, \(plan.concurrency) calls at a time")
print("\(Int(talkSeconds / usage.wall)) x real time, \(Int(talkSeconds / usage.cpu)) by CPU time")
print(
    "\(report.requests) requests: 50 % within \(milliseconds(0.5)) ms, 99 % within \(milliseconds(0.99)) ms;",
    "at most \(Usage.peakMegabytes) MB resident")
