import Glibc
import TelephonyAudio
import Testing

@testable import TalkDetection

/// Every prompt of Debian's asterisk-core-sounds-en-wav, with silence after it, against the reference.
@Suite("Real prompts, against the reference")
struct PromptTests {
    private static let directory = "/usr/share/asterisk/sounds/en_US_f_Allison"
    private static let prompts = paths(below: directory).sorted()

    private static func paths(below directory: String) -> [String] {
        guard let stream = opendir(directory) else { return [] }
        defer { closedir(stream) }
        var paths: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            let path = "\(directory)/\(name)"
            if name.hasSuffix(".wav") { paths.append(path) }
            if !name.contains(".") { paths += self.paths(below: path) }
        }
        return paths
    }

    /// What follows the header of 44 bytes, and 2.5 s of silence.
    private func samples(_ path: String) throws -> [Int16] {
        let file = try #require(fopen(path, "rb"))
        defer { fclose(file) }
        fseek(file, 0, SEEK_END)
        var samples = [Int16](repeating: 0, count: (ftell(file) - 44) / 2)
        let count = samples.count
        fseek(file, 44, SEEK_SET)
        try #require(fread(&samples, 2, count, file) == count)
        return samples + [Int16](repeating: 0, count: 20_000)
    }

    private func check<Rule: DetectionRule>(
        _ rule: Rule,
        _ reference: ReferenceRules,
        _ samples: [Int16],
        _ path: String,
        _ expected: (ReferenceRules) -> ReferenceOutcome
    ) {
        var random = SplitMix64(seed: UInt64(samples.count))
        let frameLength = reference.frames[0].end
        let found = DetectorOutcome(
            rule,
            samples,
            threshold: reference.threshold,
            frameLength: frameLength,
            random: &random
        ).outcome
        let expected = expected(reference)
        if found != expected { Issue.record("\(path), \(frameLength), \(rule): \(found) instead of \(expected)") }
    }

    private static let talk = [
        ReferenceTalkParameters(silence: 5, minimum: 500, maximum: 60_000, analysis: 4000),
        ReferenceTalkParameters(silence: 500, minimum: 500, maximum: 3000, analysis: 4000),
        ReferenceTalkParameters(silence: 30, minimum: 150),
        ReferenceTalkParameters(silence: 1000, minimum: 100, media: 24_000),
        ReferenceTalkParameters(silence: 101, minimum: 59_999, maximum: 60_000),
    ]

    @Test("there are 568 prompts or more")
    func prompts() { #expect(Self.prompts.count >= 568) }

    @Test("nobody in them sounds like a key")
    func talkOff() throws {
        // Every fifth, since the detector is slow without optimisation.
        for path in stride(from: 0, to: Self.prompts.count, by: 5).map({ Self.prompts[$0] }) {
            var detector = DTMFDetector()
            let samples = try samples(path)
            detector.add(samples.span) { Issue.record("\(path): \($0)") }
            detector.finish { Issue.record("\(path): \($0)") }
        }
    }

    @Test("all commands by Asterisk's rules")
    func asterisk() throws {
        for path in Self.prompts {
            let samples = try samples(path)
            let frames = ReferenceFrame.frames(of: samples, length: 160)
            let (low, high) = (
                ReferenceRules(frames: frames, threshold: 256), ReferenceRules(frames: frames, threshold: 512)
            )
            for parameters in Self.talk {
                let rule = TalkRule(
                    try parameters.checked,
                    rules: .asterisk,
                    media: parameters.media.map(Duration.init)
                )
                check(rule, high, samples, path) { $0.asteriskTalk(parameters) }
            }
            for (silence, iterations, timeout) in [(500, 1, 0), (110, 3, 2), (40, 10, 0)] {
                let parameters = try SilenceParameters(
                    silence: .milliseconds(silence),
                    iterations: iterations,
                    timeout: .seconds(timeout)
                )
                check(SilenceRule(parameters, rules: .asterisk, clock: .audio), low, samples, path) {
                    $0.asteriskSilence(silence: silence, iterations: iterations, timeout: timeout)
                }
            }
            for (silence, maximum) in [(1, 0), (2, 300), (0, 3)] {
                let parameters = try RecordingParameters(silence: .seconds(silence), maximumDuration: .seconds(maximum))
                check(RecordingRule(parameters, rules: .asterisk), low, samples, path) {
                    $0.asteriskRecording(silence: silence, maximum: maximum)
                }
            }
            check(AnsweringMachineRule(AnsweringMachineParameters()), low, samples, path) {
                ReferenceAnsweringMachine().outcome($0)
            }
        }
    }

    @Test("all commands by the documented rules")
    func documented() throws {
        for path in Self.prompts {
            let samples = try samples(path)
            let frames = ReferenceFrame.frames(of: samples, length: 40)
            let (low, high) = (
                ReferenceRules(frames: frames, threshold: 256), ReferenceRules(frames: frames, threshold: 512)
            )
            for parameters in Self.talk {
                let rule = TalkRule(
                    try parameters.checked,
                    rules: .documented,
                    media: parameters.media.map(Duration.init)
                )
                check(rule, high, samples, path) { $0.documentedTalk(parameters) }
            }
            for (silence, iterations, timeout) in [(500, 1, 0), (101, 3, 2)] {
                let parameters = try SilenceParameters(
                    silence: .milliseconds(silence),
                    iterations: iterations,
                    timeout: .seconds(timeout)
                )
                check(SilenceRule(parameters, rules: .documented), low, samples, path) {
                    $0.documentedSilence(silence: silence, iterations: iterations, timeout: timeout)
                }
            }
            for (silence, maximum) in [(1, 0), (2, 300), (0, 3)] {
                let parameters = try RecordingParameters(silence: .seconds(silence), maximumDuration: .seconds(maximum))
                check(RecordingRule(parameters, rules: .documented), low, samples, path) {
                    $0.documentedRecording(silence: silence, maximum: maximum)
                }
            }
        }
    }
}
