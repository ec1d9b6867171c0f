import AudioConversion
import Files
import QuickCommands
import SpeechSynthesis
import TelephonyAudio

/// Makes the prompts of a sheet, several at a time.
struct PromptMaker: Sendable {
    /// Where they are written.
    let folder: String
    /// What recordings are relative to: empty, or with a `/` at its end.
    let recordings: String
    let force: Bool
    let sound: SpeechSound
    let synthesizer: SpeechSynthesizer
    let book: VoiceBook

    /// A prompt, made: with its state and report, or its error.
    func made(_ prompt: SheetRun.Prompt) -> SheetRun.Prompt {
        var prompt = prompt
        let path = PathName.join(folder, prompt.file)
        let target = OutputTarget.file(path)
        let replaces = force || prompt.state == .old
        do {
            switch (prompt.row.content, prompt.utterance) {
            case (.recording(let file), _):
                var options = ConversionOptions()
                options.processing = sound.processing
                options.processing.level = sound.processing.level ?? PromptProcessing.customaryLevel
                prompt.report = try AudioConverter(options: options).convert(
                    .file(recordings + file), to: target, replacing: replaces)
            case (.text, let utterance?):
                let pcm = sound.paused(try synthesizer.speechNow(for: utterance, in: book).pcm)
                let converter = AudioConverter(options: pcm.conversionOptions(processing: sound.processing))
                prompt.report = try converter.convert(
                    pcm.source(name: prompt.row.id), to: target, replacing: replaces)
            case (.text, nil): return prompt
            }
            prompt.samples = prompt.report?.sampleCount
            prompt.warnings += prompt.report?.warnings(as: .wav, .say) ?? []
            prompt.state = .made
        } catch { prompt.fail(error) }
        return prompt
    }
}
