import AudioConversion
import CommandArguments
import Presentation
import QuickCommands
import RealTimeAPI
import RecordingDetection
import SpeechSynthesis
import Studio
import TelephonyAudio
import ThresholdTuning

extension StudioTool {
    /// What this tool calls things, and prints.
    static let commandLine = StudioTool(
        option: { $0.option }, commandLine: { $0.commandLine(file: $1) },
        record: { jsonLine(DetectRecord($0)) }, warning: { $0.advised(.detect) }, failure: { $0.advised(.detect) },
        tuningFailure: { $0.advised },
        inspection: { source throws(ConversionError) in try InspectionRecord.json(of: source) }, voices: voiceRecords,
        speech: { speech throws(Failure) in try spoken(speech) })

    /// The platform's voices; none where nobody can speak.
    @Sendable
    private static func voiceRecords() -> [String] {
        // Without the worker there are no voices, and the page says so.
        guard let catalog = try? SpeechSynthesizer().catalogNow() else { return [] }
        return Media.knownVoices.compactMap { name in
            (try? catalog.standIn(for: name)).map { jsonLine(VoiceRecord($0)) }
        }
    }

    /// A text as `say` speaks it.
    private static func spoken(_ speech: Speech) throws(Failure) -> PhoneAudio {
        do {
            let spoken = try SpokenText(speech.text)
            guard speech.isSSML || !spoken.looksLikeMarkup else {
                throw Failure("the text looks like SSML; say that it is, or take the markup away")
            }
            var utterance = Utterance(
                spoken.text, voice: speech.voice ?? spoken.voice ?? SpeechManner.defaultVoice)
            utterance.rate = speech.rate
            utterance.pitch = speech.pitch
            utterance.isSSML = speech.isSSML
            let sound = try SpeechSynthesizer().speechNow(for: utterance, in: VoiceBook())
            var processing = PromptProcessing()
            processing.level = speech.level ?? PromptProcessing.customaryLevel
            let pcm = SpeechSound(processing: processing, isPaused: true).paused(sound.pcm)
            return try AudioConverter(options: pcm.conversionOptions(processing: processing)).convert(
                pcm.source(name: sound.standIn.name)
            ).audio
        } catch let error as Failure { throw error } catch let error as SpeechError {
            throw Failure("\(error.advised)")
        } catch { throw Failure("\(error)") }
    }
}
