import AudioConversion
import CallSimulation
import QuickCommands
import SpeechSynthesis
import TelephonyAudio

/// Says texts with the local voices.
func callerVoices() -> Sounds.Synthesizer {
    let synthesizer = SpeechSynthesizer()
    return { text, voice async throws(SimulationError) in
        let speech: Speech
        do throws(SpeechError) { speech = try await synthesizer.speech(for: Utterance(text, voice: voice)) } catch {
            throw SimulationError(error)
        }
        do throws(ConversionError) { return try speech.pcm.phoneAudio() } catch { throw SimulationError(error) }
    }
}

extension SimulationError {
    /// Why a text can't be spoken.
    fileprivate init(_ error: SpeechError) {
        let code: Code =
            switch error.code {
            case .unknownVoice, .unknownLanguage: .voice
            case .text, .markup, .limit, .engine, .usage: .sound
            case .unavailable, .noWorker, .inputOutput: .unavailable
            case .cancelled: .cancelled
            }
        self.init(code, error.subject, error.advised.reason)
    }
}
