import AudioConversion
import Foundation
import SpeechSynthesis
import TelephonyAudio
import TestSupport
import Testing

/// What the real engine delivers, in many languages and scripts.
@Suite(.waiting) struct SpeechTests {
    private static let synthesizer = SpeechSynthesizer()

    @Test(
        "a text is read by a voice of its language: the samples are those of espeak-ng's tool", arguments: Sentence.all)
    func language(sentence: Sentence) async throws {
        let speech = try await Self.synthesizer.speech(for: Utterance(sentence.text, voice: sentence.language))
        #expect(speech.pcm.sampleRate == 22_050)
        #expect(try speech.pcm.bytes == EngineTool.samples(sentence.text, voice: sentence.toolVoice))
    }

    @Test("a voice of the platform is a variant and a pitch of the voice for its language", arguments: Sentence.all)
    func platformVoice(sentence: Sentence) async throws {
        let name = "TTS_\(sentence.language.uppercased())_AUDREY"
        let speech = try await Self.synthesizer.speech(for: Utterance(sentence.text, voice: name))
        let pitch = 50 + speech.standIn.pitchOffset
        let expected = try EngineTool.samples(
            sentence.text, voice: speech.standIn.file, options: "-p\(pitch)")
        #expect(speech.pcm.bytes == expected)
        #expect(
            try EngineTool.phonemes(sentence.text, voice: speech.standIn.file)
                == EngineTool.phonemes(sentence.text, voice: sentence.toolVoice))
    }

    @Test("French is read as French, not as English")
    func french() async throws {
        let text = "Bonjour, appuyez sur étoile."
        let standIn = try await Self.synthesizer.catalog().standIn(for: "TTS_FR-FR_AUDREY")
        let phonemes = try EngineTool.phonemes(text, voice: standIn.file)
        #expect(phonemes.contains("bɔ̃ʒ"))
        #expect(try phonemes == EngineTool.phonemes(text, voice: "fr"))
        #expect(try phonemes != EngineTool.phonemes(text, voice: "en"))
    }

    @Test(
        "it is of a plausible length, at the level of prompts, and the platform takes it as it is",
        arguments: Sentence.all)
    func prompt(sentence: Sentence) async throws {
        let speech = try await Self.synthesizer.speech(for: Utterance(sentence.text, voice: sentence.language))
        let prompt = try speech.pcm.phoneAudio()
        #expect((.milliseconds(900) ... .seconds(5)).contains(speech.duration))
        #expect(abs((prompt.duration - speech.duration) / .milliseconds(1)) < 0.2)
        let inspection = try AudioInspector().inspect(.bytes(prompt.wav, name: "prompt"))
        #expect(
            inspection.findings.allSatisfy { $0.severity == .advice } && inspection.wav != nil
                && inspection.sampleRate == 8000 && inspection.channels == 1)
        let level = try #require(inspection.activeLevel)
        #expect(abs(level.dBov + 26) < 0.1)
    }

    @Test("a prompt is what converting the tool's WAV file with the same level makes, to the sample")
    func sameAsConverted() async throws {
        let text = "Bonjour, appuyez sur étoile."
        let file = "/tmp/rtmedia-speech-test.\(UUID().uuidString).wav"
        defer { try? FileManager.default.removeItem(atPath: file) }
        _ = try EngineTool.output(["-z", "-v", "roa/fr", "-w", file, text])
        var options = ConversionOptions()
        options.processing.level = Level(dBov: -26)
        let converted = try AudioConverter(options: options).convert(.file(file)).audio
        let speech = try await Self.synthesizer.speech(for: Utterance(text, voice: "roa/fr"))
        #expect(try speech.pcm.phoneAudio() == converted)
        var processing = PromptProcessing()
        processing.level = Level(dBov: -20)
        #expect(try speech.pcm.phoneAudio(processing: processing) != converted)
    }

    @Test(
        "rate, pitch and SSML are the engine's", arguments: [("-s250", 250, 50), ("-p80", 175, 80), ("-s80", 80, 50)])
    func settings(option: String, rate: Int, pitch: Int) async throws {
        var utterance = Utterance("Please hold the line.", voice: "en-GB")
        utterance.rate = rate
        utterance.pitch = pitch
        let speech = try await Self.synthesizer.speech(for: utterance)
        #expect(try speech.pcm.bytes == EngineTool.samples(utterance.text, voice: "en-gb", options: option))
    }

    @Test("SSML is read as markup, and only when asked for")
    func markup() async throws {
        let text = #"<speak>One <break time="700ms"/> <prosody rate="slow">two &amp; three</prosody></speak>"#
        var utterance = Utterance(text, voice: "en-GB")
        let plain = try await Self.synthesizer.speech(for: utterance)
        utterance.isSSML = true
        let marked = try await Self.synthesizer.speech(for: utterance)
        let slow = try EngineTool.samples(
            #"<prosody rate="80%">two &amp; three</prosody>"#, voice: "en-gb", options: "-m")
        let pause = [UInt8](repeating: 0, count: 2 * 15_435)
        #expect(try marked.pcm.bytes == EngineTool.samples("One", voice: "en-gb") + pause + slow)
        #expect(plain.pcm != marked.pcm)
    }

    @Test("a text of 10,000 characters is read to its end")
    func longText() async throws {
        let sentence = "Please listen carefully, because the options of this menu have changed since spring. "
        let text = String(String(repeating: sentence, count: 120).prefix(10_000))
        let speech = try await Self.synthesizer.speech(for: Utterance(text, voice: "TTS_EN-GB_SERENA"))
        #expect(text.count == 10_000 && speech.duration > .seconds(480))
        let part = try await Self.synthesizer.speech(for: Utterance(sentence, voice: "TTS_EN-GB_SERENA"))
        #expect(abs(speech.duration / part.duration - 10_000 / Double(sentence.count)) < 12)
    }

    @Test("different voices, rates, pitches and names are different samples")
    func differences() async throws {
        var recordings: Set<LinearPCM> = []
        var count = 0
        for voice in ["TTS_FR-FR_AUDREY", "NUANCE_FR_VIRGINIE", "NUANCE_FR_SEBASTIEN", "NUANCE_FR_THOMAS", "roa/fr"] {
            for (rate, pitch) in [(175, 50), (200, 50), (175, 70)] {
                var utterance = Utterance("Bonjour", voice: voice)
                (utterance.rate, utterance.pitch) = (rate, pitch)
                recordings.insert(try await Self.synthesizer.speech(for: utterance).pcm)
                count += 1
            }
        }
        #expect(recordings.count == count)
    }
}
