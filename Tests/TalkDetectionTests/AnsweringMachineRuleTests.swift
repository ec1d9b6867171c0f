import TelephonyAudio
import Testing

@testable import TalkDetection

/// What is said of AMD sentence by sentence.
@Suite("AMD")
struct AnsweringMachineRuleTests {
    /// The verdict and its cause.
    private func decide(_ runs: [Run], _ parameters: AnsweringMachineParameters = AnsweringMachineParameters())
        -> String
    {
        var random = SplitMix64(seed: 1)
        let outcome = DetectorOutcome(
            AnsweringMachineRule(parameters),
            runs.flatMap(\.samples),
            threshold: 256,
            frameLength: 160,
            random: &random
        ).outcome
        return "\(outcome.result) at \(outcome.decided! / 8) \(outcome.cause!)"
    }

    private func words(_ count: Int) -> [Run] {
        (0..<count).flatMap { _ in [Run.talk(200), .silence(100)] } + [.silence(900)]
    }

    @Test("a short greeting and then silence is a person")
    func human() {
        #expect(decide([.talk(500), .silence(800)]) == "HUMAN at 1300 HUMAN-800-800")
        #expect(decide([.talk(500), .silence(780)]) == "HANGUP at 1280 ")
    }

    @Test("long initial silence is a machine")
    func initialSilence() {
        #expect(decide([.silence(2500)]) == "MACHINE at 2500 INITIALSILENCE-2500-2500")
        #expect(decide([.silence(2480)]) == "HANGUP at 2480 ")
        // What is too short to be a word does not end it, but begins it again.
        #expect(decide([.talk(80), .silence(2500)]) == "MACHINE at 2580 INITIALSILENCE-2500-2500")
    }

    @Test("a greeting of 1500 ms is a machine's")
    func greeting() {
        #expect(decide([.talk(1500)]) == "MACHINE at 1500 LONGGREETING-1500-1500")
        #expect(decide([.talk(1480), .silence(800)]) == "HUMAN at 2280 HUMAN-800-800")
    }

    @Test("it starts inside a word: a first word counts only after 50 ms of silence")
    func firstWord() {
        #expect(decide(words(3)) == "HUMAN at 1600 HUMAN-800-800")
        #expect(decide(words(4)) == "MACHINE at 1000 MAXWORDS-3-2")
        #expect(decide([.silence(40)] + words(3)) == "HUMAN at 1640 HUMAN-800-800")
        #expect(decide([.silence(60)] + words(3)) == "MACHINE at 760 MAXWORDS-3-2")
    }

    @Test("more words than the maximum are a machine's, as many are not")
    func maximumWords() {
        #expect(decide([.silence(60)] + words(2)) == "HUMAN at 1360 HUMAN-800-800")
        var parameters = AnsweringMachineParameters()
        parameters.maximumNumberOfWords = 1
        #expect(decide([.silence(60)] + words(2), parameters) == "MACHINE at 460 MAXWORDS-2-1")
    }

    @Test("a word has min_word_length, and between_words_silence ends it")
    func wordLength() {
        #expect(decide([.silence(60), .talk(80), .silence(2480)]) == "HANGUP at 2620 ")
        #expect(decide([.silence(60), .talk(100), .silence(800)]) == "HUMAN at 960 HUMAN-800-800")
        // 40 ms of silence leave a word whole.
        #expect(
            decide([.silence(60), .talk(80), .silence(40), .talk(20), .silence(800)]) == "HUMAN at 1000 HUMAN-800-800"
        )
        #expect(decide([.silence(60), .talk(80), .silence(60), .talk(80), .silence(800)]) == "HANGUP at 1080 ")
    }

    @Test("a word of maximum_word_length is a machine's")
    func maximumWordLength() {
        var parameters = AnsweringMachineParameters()
        parameters.maximumWordLength = .milliseconds(1000)
        #expect(decide([.talk(1000)], parameters) == "MACHINE at 1000 MAXWORDLENGTH-1000")
    }

    @Test("with total_analysis_time it is not sure, also about what is met just then")
    func totalTime() {
        var parameters = AnsweringMachineParameters()
        parameters.totalAnalysisTime = .milliseconds(1000)
        #expect(decide([.talk(980)], parameters) == "HANGUP at 980 ")
        #expect(decide([.talk(1000)], parameters) == "NOTSURE at 1000 TOOLONG-1000")
        #expect(decide([.talk(180), .silence(820)], parameters) == "HUMAN at 980 HUMAN-800-800")
        #expect(decide([.talk(200), .silence(820)], parameters) == "NOTSURE at 1000 TOOLONG-1000")
    }
}
