import Foundation
import Glibc
import TalkDetection

// talk-probabilities LENGTH < clips > answers: 16-bit clips of LENGTH samples each; a float for each 10 ms.
// talk-probabilities --speed < recording: the multiple of real time at which a stream is classified (CPU time).
// talk-probabilities --level-speed < recording: the same for the levels that a fixed threshold needs.

let samples = FileHandle.standardInput.readDataToEndOfFile().withUnsafeBytes { Array($0.bindMemory(to: Int16.self)) }
let argument = CommandLine.arguments.dropFirst().first ?? ""

/// Classifies a stream that comes 20 ms at a time, as from a line.
func classify(_ clip: ArraySlice<Int16>, _ body: (Span<Float>) -> Void) {
    var classifier = AdaptiveClassifier()
    var rest = clip.span
    while !rest.isEmpty {
        let count = min(160, rest.count)
        classifier.add(rest.extracting(first: count), body)
        rest = rest.extracting(droppingFirst: count)
    }
    classifier.finish(body)
}

/// Prints the multiple of real time of the fastest of five runs; a run's answer keeps it from being optimised away.
func measure(_ run: () -> Float) {
    var fastest = Double.infinity
    for _ in 0..<5 {
        let begun = clock()
        guard run() > 0 else { fatalError("nothing but silence") }
        fastest = min(fastest, Double(clock() - begun) / Double(CLOCKS_PER_SEC))
    }
    print(Double(samples.count) / 8000 / fastest)
}

if argument == "--speed" {
    measure {
        var sum: Float = 0
        classify(samples[...]) { sum += $0[0] }
        return sum
    }
} else if argument == "--level-speed" {
    measure {
        var (meter, sum) = (FrameLevelMeter(frameLength: 160), Float(0))
        meter.add(samples.span) { sum += Float($0[0]) }
        return sum
    }
} else if let length = Int(argument), length > 0 {
    var answers: [Float] = []
    for start in stride(from: 0, to: samples.count, by: length) {
        classify(samples[start..<min(start + length, samples.count)]) { span in
            for index in span.indices { answers.append(span[index]) }
        }
    }
    answers.withUnsafeBytes { FileHandle.standardOutput.write(Data($0)) }
} else {
    FileHandle.standardError.write(Data("usage: talk-probabilities LENGTH | --speed\n".utf8))
    exit(64)
}
