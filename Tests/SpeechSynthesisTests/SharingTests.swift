import SpeechSynthesis
import TelephonyAudio
import TestSupport
import Testing

/// A text is spoken once for all who ask at a time, and kept for those who ask later.
@Suite(.waiting) struct SharingTests {
    @Test("50 who ask at a time start one worker, and so do those who come later")
    func shared() async throws {
        let script = try WorkerScript("[ \"$1\" = --voices ] || while [ ! -e go ]; do sleep 0.01; done")
        let synthesizer = SpeechSynthesizer(worker: script.path)
        let utterance = Utterance("Bonjour", voice: "roa/fr")
        let recordings = try await withThrowingTaskGroup(of: LinearPCM.self) { group in
            for _ in 0..<50 { group.addTask { try await synthesizer.speech(for: utterance).pcm } }
            while script.spoken.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
            try EngineTool.touch("\(script.folder)/go")
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(recordings.count == 50 && Set(recordings).count == 1)
        _ = try await synthesizer.speech(for: utterance)
        #expect(script.spoken.count == 1 && script.starts.count == 2)
    }

    @Test("what was used least recently goes when the cache is full")
    func eviction() async throws {
        let script = try WorkerScript("")
        let size = try await SpeechSynthesizer().speech(for: Utterance("un", voice: "roa/fr")).pcm.bytes.count
        var limits = SpeechLimits()
        limits.cacheBytes = 5 * size
        let synthesizer = SpeechSynthesizer(worker: script.path, limits: limits)
        func speak(_ text: String) async throws {
            _ = try await synthesizer.speech(for: Utterance(text, voice: "roa/fr"))
        }
        try await speak("un")
        for text in ["deux", "trois", "cinq", "sept", "huit", "neuf"] {
            try await speak(text)
            try await speak("un")
        }
        #expect(script.spoken.count == 7)
        try await speak("deux")
        #expect(script.spoken.count == 8)
    }

    @Test("nothing is kept if nothing is to be kept, nor for another rate")
    func unshared() async throws {
        let script = try WorkerScript("")
        var limits = SpeechLimits()
        limits.cacheBytes = 0
        let forgetful = SpeechSynthesizer(worker: script.path, limits: limits)
        for _ in 0..<3 { _ = try await forgetful.speech(for: Utterance("un", voice: "roa/fr")) }
        #expect(script.spoken.count == 3)
        let synthesizer = SpeechSynthesizer(worker: script.path)
        for rate in [150, 160, 150, 160] {
            var utterance = Utterance("un", voice: "roa/fr")
            utterance.rate = rate
            _ = try await synthesizer.speech(for: utterance)
        }
        #expect(script.spoken.count == 5)
    }
}
