import AudioConversion
import TalkDetection
import TelephonyAudio
import Testing

@testable import RecordingDetection

/// Detections over frames that were measured once, beside those that hear the recording.
@Suite struct FrameTrackTests {
    /// Bursts of noise between pauses, neither of whole frames.
    private func recording(_ random: inout SplitMix64) -> PhoneAudio {
        var samples: [Int16] = []
        for _ in 0..<random.below(14) {
            let loudness = [0, 200, 600, 9000][random.below(4)]
            for _ in 0..<random.below(6000) { samples.append(Int16(random.below(2 * loudness + 1) - loudness)) }
        }
        return PhoneAudio(samples: samples + [1])
    }

    private func settings(_ random: inout SplitMix64) -> DetectionSettings {
        var settings = DetectionSettings()
        settings.command = DetectedCommand.allCases[random.below(6)]
        func maybe() -> Bool { random.below(2) == 0 }
        for setting in DetectionSetting.allCases where setting.commands.contains(settings.command) && maybe() {
            switch setting {
            case .rules: settings.rules = maybe() ? .documented : .asterisk
            case .clock: settings.clock = maybe() ? .audio : .live
            case .threshold:
                let magnitude = MeanMagnitude(rawValue: random.below(2000))!
                settings.classifier = maybe() ? .adaptive : .threshold(magnitude)
            default:
                let range = setting.range(of: settings.command)!
                let most = min(range.upperBound, setting == .frameLength ? 60 : 3000)
                settings.numbers[setting] =
                    range.lowerBound + random.below(most - range.lowerBound + 1)
            }
        }
        return settings
    }

    @Test("say just what the detector says that hears the recording, by 2000 random settings")
    func sameAsHearing() throws {
        var random = SplitMix64(seed: 5)
        for round in 0..<2000 {
            let audio = recording(&random)
            let settings = settings(&random)
            let detection = try settings.detection
            let heard = try detection.run(.bytes(audio.wav, name: "a.wav"), options: ConversionOptions())
            var result = DetectionResult(detection, file: "a.wav", duration: audio.duration, warnings: [])
            if let kind = detection.trackKind {
                let track = FrameTrack(
                    audio.samples.span, isAdaptive: kind.isAdaptive, frameLength: kind.frameLength)
                detection.run(track, into: &result)
            } else {
                result.talkspurts = Detection.keys(in: audio.samples.span)
            }
            let (one, other) = (DetectRecord(heard, warnings: []), DetectRecord(result, warnings: []))
            try #require("\(one)" == "\(other)", "round \(round): \(settings)")
        }
    }

    @Test("levels that are kept for the first minute answer as those of the whole recording do")
    func firstMinute() throws {
        var random = SplitMix64(seed: 7)
        let samples = (0..<8000 * 70).map { (place: Int) -> Int16 in
            place / 8000 % 13 < 2 ? Int16(random.below(18_001) - 9000) : 0
        }
        let whole = FrameTrack(samples.span, isAdaptive: false, frameLength: 160)
        guard case .levels(let levels) = whole.frames else { preconditionFailure("no levels") }
        let minute = FrameTrack(.levels(Array(levels[..<3000])), frameLength: 160, sampleCount: 480_000)
        for settings in (0..<300).map({ _ in self.settings(&random) }) where settings.command == .playTalkDetect {
            guard settings.rules != .documented, settings.classifier != .adaptive,
                settings.numbers[.frameLength] == nil
            else { continue }
            let detection = try settings.detection
            let results = [whole, minute].map { (track: FrameTrack) -> DetectionResult in
                var result = DetectionResult(detection, file: "a", duration: .seconds(70), warnings: [])
                detection.run(track, into: &result)
                return result
            }
            #expect(results[0].result == results[1].result && results[0].decided == results[1].decided)
        }
    }
}

extension SplitMix64 {
    fileprivate mutating func below(_ bound: Int) -> Int { Int(next(upperBound: UInt64(bound))) }
}
