import SpeechSynthesis
import TelephonyAudio
import TestSupport
import Testing

/// The same text is the same samples, whoever asks, and whatever was spoken before.
@Suite(.waiting) struct DeterminismTests {
    /// Voices with breath and roughness, which the engine makes of random numbers, among them.
    private static let voices = ["roa/fr+f2", "gmw/en+f5", "TTS_DE-DE_MARKUS", "zle/ru", "gmw/en+whisper"]
    private static let texts = ["Un, deux, trois.", "Please hold.", "12345", "étoile"]

    @Test("200 concurrent calls of the engine are each what the first was")
    func concurrent() async throws {
        var limits = SpeechLimits()
        limits.cacheBytes = 0
        limits.concurrency = 8
        let utterances = Self.voices.flatMap { voice in Self.texts.map { Utterance($0, voice: voice) } }
        var first: [Utterance: LinearPCM] = [:]
        let alone = SpeechSynthesizer()
        for utterance in utterances { first[utterance] = try await alone.speech(for: utterance).pcm }
        // Each synthesizer asks the engine for itself: nothing is shared between them.
        let synthesizers = (0..<10).map { _ in SpeechSynthesizer(limits: limits) }
        let same = try await withThrowingTaskGroup(of: (Utterance, LinearPCM).self) { group in
            for (index, synthesizer) in synthesizers.enumerated() {
                for utterance in index % 2 == 0 ? utterances : utterances.reversed() {
                    group.addTask { (utterance, try await synthesizer.speech(for: utterance).pcm) }
                }
            }
            return try await group.reduce(into: 0) { $0 += first[$1.0] == $1.1 ? 1 : 0 }
        }
        #expect(same == 200)
        #expect(Set(first.values).count == utterances.count)
    }

    @Test("a text is the same before and after others, from the engine and from the cache")
    func order() async throws {
        let synthesizer = SpeechSynthesizer()
        let utterance = Utterance("Bonjour", voice: "roa/fr+f2")
        let before = try await synthesizer.speech(for: utterance)
        for voice in Self.voices { _ = try await synthesizer.speech(for: Utterance("Autre chose", voice: voice)) }
        #expect(try await synthesizer.speech(for: utterance) == before)
        #expect(try await SpeechSynthesizer().speech(for: utterance) == before)
    }
}
