import Foundation
import Glibc
import TalkDetection

// talk-probabilities LENGTH < clips > answers: 16-bit clips of LENGTH samples each; a float for each 10 ms.
// talk-probabilities --speed < recording: the multiple of real time at which a stream is classified (CPU time).

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

if argument == "--speed" {
    var fastest = Double.infinity
    var sum: Float = 0
    for _ in 0..<5 {
        let begun = clock()
        classify(samples[...]) { sum += $0[0] }
        fastest = min(fastest, Double(clock() - begun) / Double(CLOCKS_PER_SEC))
    }
    guard sum > 0 else { fatalError("no talk at all") }
    print(Double(samples.count) / 8000 / fastest)
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
