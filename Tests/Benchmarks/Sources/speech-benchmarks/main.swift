import AudioConversion
import Glibc
import Measuring
import SpeechSynthesis
import TelephonyAudio

// How fast speech is, beside espeak-ng's own tool, which delivers 22,050 Hz and converts nothing.

let rounds = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 15
let jobs = SpeechLimits().concurrency
let releaseBuild =
    "/" + #filePath.split(separator: "/").dropLast(5).joined(separator: "/") + "/.build/release/rtmedia"

/// What speaks the texts.
struct Speaker {
    let name: String
    let speak: @Sendable ([String]) async throws -> Void
}

/// Nothing is kept, so that every text is spoken.
let ours = Speaker(name: "SpeechSynthesis, 8 kHz, -26 dBov") { texts in
    var limits = SpeechLimits()
    limits.cacheBytes = 0
    let synthesizer = SpeechSynthesizer(limits: limits)
    try await withThrowingTaskGroup(of: Int.self) { group in
        for text in texts {
            group.addTask {
                try await synthesizer.speech(for: Utterance(text, voice: "en-GB")).pcm.phoneAudio().samples.count
            }
        }
        for try await count in group { precondition(count > 0) }
    }
}
let engine = Speaker(name: "espeak-ng, 22 kHz") { texts in
    try Shell.run("espeak-ng -v en-gb --stdout", texts, jobs: jobs)
}
let tool = Speaker(name: "rtmedia say, 8 kHz, -26 dBov") { texts in
    try Shell.run("\(releaseBuild) say --voice en-GB -q", texts, jobs: jobs)
}
let speakers = [ours, engine] + (access(releaseBuild, X_OK) == 0 ? [tool] : [])

let sentence = "Please listen carefully, because the options of this menu have changed since the spring of last year. "
let minute = String(repeating: sentence, count: 11)
let synthesizer = SpeechSynthesizer()
let length = try await synthesizer.speech(for: Utterance(minute, voice: "en-GB")).duration / .seconds(1)
print(
    "\(decimal(length)) s of speech, \(minute.utf8.count) characters; CPU time of all processes, median of \(rounds) rounds"
)
let columns = Columns(nameWidth: 40, width: 13)
columns.print("", "ms", "x real time")
for (speaker, usages) in try await inTurn(speakers, [minute], rounds: rounds) {
    let cpu = median(usages.map(\.cpu))
    columns.print(speaker.name, decimal(1000 * cpu), "\(Int(length / cpu))")
}

let prompts = (0..<2000).map { "You are number \($0 + 1) in the queue." }
let short = max(1, rounds / 5)
print("\n\(prompts.count) distinct short prompts, \(jobs) at a time, median of \(short) round\(short == 1 ? "" : "s")")
columns.print("", "s", "CPU s")
for (speaker, usages) in try await inTurn(speakers, prompts, rounds: short) {
    columns.print(speaker.name, decimal(median(usages.map(\.wall))), decimal(median(usages.map(\.cpu))))
}

/// Measures speakers in turn, so that what else the machine does strikes all alike.
func inTurn(_ speakers: [Speaker], _ texts: [String], rounds: Int) async throws -> [(Speaker, [Usage])] {
    var usages = [[Usage]](repeating: [], count: speakers.count)
    for _ in 0..<rounds {
        for (index, speaker) in speakers.enumerated() {
            let start = Usage.now
            try await speaker.speak(texts)
            usages[index].append(Usage.now - start)
        }
    }
    return Array(zip(speakers, usages))
}
