import TalkDetection
import TelephonyAudio
import Testing

@testable import ThresholdTuning

/// What tuning says of the recordings that it learns from: which labels to doubt, what they do not tell, and how long a prompt has
/// to be.
@Suite struct HonestyTests {
    private func result(_ recordings: [LabelledRecording], media: Duration? = nil) throws -> TuningResult {
        try Tuner(
            recordings, conditions: LineCondition.standard, options: TuningOptions(prices: Prices(), media: media)
        ).run(jobs: 2)
    }

    private func recording(
        _ name: String, _ runs: [(isLoud: Bool, milliseconds: Int)], isTalk: Bool
    ) -> LabelledRecording {
        LabelledRecording(
            Signal.levels(Signal.runs(runs), name: name, conditions: LineCondition.standard), isTalk: isTalk)
    }

    /// Callers who say something of about 700 ms at 0.3 s, and tones of 2.5 s.
    private func plain(_ count: Int = 12) -> [LabelledRecording] {
        (0..<count).map {
            recording("human/\($0).wav", [(false, 300), (true, 600 + 20 * $0), (false, 1500)], isTalk: true)
        }
            + (0..<count).map {
                recording("machine/\($0).wav", [(false, 300), (true, 2500 + 20 * $0), (false, 1500)], isTalk: false)
            }
    }

    @Test("labels that nothing speaks against are not doubted")
    func sound() throws {
        let result = try result(plain())
        #expect(result.doubtfulLabels.isEmpty && result.unknowns.isEmpty && result.late.count == 0)
    }

    @Test(
        "the same content with both labels is the most doubtful, and what is answered otherwise nearly always comes after it"
    )
    func doubtful() throws {
        let twice: [(isLoud: Bool, milliseconds: Int)] = [(false, 300), (true, 777), (false, 1500)]
        let recordings =
            plain() + [
                // A hello among what is no talk, and a tone among what is.
                recording("machine/hello.wav", [(false, 300), (true, 690), (false, 2000)], isTalk: false),
                recording("human/tone.wav", [(false, 300), (true, 2650), (false, 1500)], isTalk: true),
                recording("human/twice.wav", twice, isTalk: true),
                recording("machine/copy.wav", twice, isTalk: false),
            ]
        let doubtful = try result(recordings).doubtfulLabels
        let names = doubtful.map(\.recording.levels.name)
        #expect(names.prefix(2) == ["human/twice.wav", "machine/copy.wav"])
        #expect(Set(names.dropFirst(2)) == ["machine/hello.wav", "human/tone.wav"], "\(names)")
        #expect(doubtful[0].reason == .contradicted(by: "machine/copy.wav"))
        #expect("\(doubtful[1].reason)" == "is byte for byte human/twice.wav, which is labelled the other way")
        if case .answeredOtherwise(let share) = doubtful[2].reason {
            #expect(share >= 0.9)
        } else {
            Issue.record("\(doubtful[2].reason)")
        }
    }

    @Test("two channels of one file are no contradiction")
    func channels() throws {
        let digest = ContentDigest(of: [1, 2, 3].span.bytes)
        func channel(_ number: Int, isLoud: Bool) -> LabelledRecording {
            let samples = Signal.runs([(false, 300), (isLoud, 700), (false, 1500)])
            var recorder = LevelRecorder(digest: digest)
            recorder.add(samples.span)
            let name = RecordingLevels.name("calls/a.wav", channel: number)
            return LabelledRecording(recorder.finish(name: name), isTalk: isLoud)
        }
        let doubtful = try result(plain() + [channel(1, isLoud: false), channel(2, isLoud: true)]).doubtfulLabels
        #expect(doubtful.isEmpty)
    }

    @Test(
        "where all without talk is silent, the recordings do not tell silence_ms, and it is kept longer than pauses in words"
    )
    func quiet() throws {
        let quiet =
            (0..<12).map {
                recording("human/\($0).wav", [(false, 300), (true, 600 + 20 * $0), (false, 1500)], isTalk: true)
            } + (0..<12).map { recording("silence/\($0).wav", [(false, 2000 + 20 * $0)], isTalk: false) }
        let result = try result(quiet)
        #expect(
            result.unknowns.count == 1
                && result.unknowns[0].hasPrefix("12 of the 12 recordings without talk are silent"))
        #expect(result.parameters.silence >= .milliseconds(200), "\(result.parameters)")
        #expect(result.cheapest.milliseconds(.silence) >= 200)
        #expect(result.plateau.milliseconds(.silence).lowerBound >= 200)
        #expect(result.confusion.error == 0)
    }

    @Test("what the adaptive classifier takes for no speech is not called silent")
    func quietForClassifier() throws {
        let recordings =
            (0..<12).map {
                recording("human/\($0).wav", [(false, 300), (true, 600 + 20 * $0), (false, 1500)], isTalk: true)
            } + (0..<12).map { recording("noise/\($0).wav", [(false, 2000 + 20 * $0)], isTalk: false) }
        let options = try TuningOptions(prices: Prices(), classifier: .adaptive)
        let tuner = try Tuner(recordings, conditions: LineCondition.standard, options: options)
        let unknowns = tuner.run(jobs: 2).unknowns
        #expect(
            unknowns.count == 1 && unknowns[0].hasPrefix("in 12 of the 12 recordings without talk nothing is taken"))
        #expect(!unknowns[0].contains("silent throughout"))
    }

    @Test("what is kept of silence_ms is what is asked for, or more where the recordings do not tell")
    func keptSilence() throws {
        let silent = plain().filter(\.isTalk) + (0..<12).map { recording("\($0).wav", [(false, 2000)], isTalk: false) }
        for (recordings, asked, kept) in [(plain(), 100, 100), (silent, 100, 200), (silent, 700, 700)] {
            let options = try TuningOptions(prices: Prices(), leastSilence: .milliseconds(asked))
            let tuner = try Tuner(recordings, conditions: LineCondition.standard, options: options)
            #expect(tuner.leastSilenceDuration == .milliseconds(kept))
        }
    }

    @Test("no shorter silence_ms is found than is asked for")
    func leastSilence() throws {
        let options = try TuningOptions(prices: Prices(), leastSilence: .milliseconds(700))
        let result = try Tuner(plain(), conditions: LineCondition.standard, options: options).run(jobs: 2)
        #expect(result.parameters.silence >= .milliseconds(700) && result.cheapest.milliseconds(.silence) >= 700)
        let free = try Tuner(plain(), conditions: LineCondition.standard, options: TuningOptions(prices: Prices()))
        #expect(free.run(jobs: 2).cheapest.milliseconds(.silence) < 200)
    }

    @Test("a prompt ends listening: parameters are found for what is heard until then, and who comes later is counted")
    func media() throws {
        // Half of the callers talk at once, and half of them after 2 s.
        let recordings =
            (0..<20).map {
                recording(
                    "human/\($0).wav",
                    [(false, $0 < 10 ? 300 : 2000), (true, 600 + 20 * $0), (false, 2500)], isTalk: true)
            } + plain(20).filter { !$0.isTalk }
        let whole = try result(recordings)
        #expect(whole.confusion.missed == 0 && whole.late.count == 0)
        let short = try result(recordings, media: .milliseconds(1900))
        #expect(short.parameters.analysisTime! <= .milliseconds(1920), "\(short.parameters)")
        #expect(short.confusion.missed == 10 && short.confusion.falseTalk == 0)
        #expect(
            short.late.count == 10 && short.late.last > .milliseconds(3000) && short.late.last < .milliseconds(4500))
        // As the rule itself has it, with the prompt's length.
        for judgement in short.judgements {
            let index = recordings.firstIndex { $0.levels.name == judgement.recording.levels.name }!
            let isEarly = index < 10
            #expect(judgement.verdict.result == (isEarly ? .talk : .noTalk), "\(judgement.recording.levels.name)")
        }
        let long = try result(recordings, media: .seconds(60))
        #expect(long.parameters == whole.parameters && long.late.count == 0)
        #expect(throws: TuningError.self) { try TuningOptions(prices: Prices(), media: .milliseconds(19)) }
    }
}
