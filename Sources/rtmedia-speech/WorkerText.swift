import SpeechMarkup

/// A text that the engine may read: without commands of its own, and with no markup but what was understood.
struct WorkerText {
    /// UTF-8, ended by a zero.
    let characters: [CChar]
    /// The names of voices in it.
    let voiceNames: [String]

    /// - Parameter bytes: what whoever started the worker wants spoken, checked or not.
    init(_ bytes: [UInt8], isSSML: Bool) throws(WorkerFailure) {
        guard var text = String(validating: bytes, as: UTF8.self) else {
            throw WorkerFailure(64, "the text is not valid UTF-8")
        }
        var voiceNames: [String] = []
        if isSSML {
            do throws(MarkupFinding) {
                let markup = try SSML(text)
                (text, voiceNames) = (markup.engineText, markup.voiceNames)
            } catch { throw WorkerFailure(64, "the SSML is refused: \(error)") }
        }
        if let control = SpokenCharacters.control(in: text) {
            throw WorkerFailure(64, "the text holds the control character \(control.value)")
        }
        characters = text.utf8.map { CChar(bitPattern: $0) } + [0]
        self.voiceNames = voiceNames
    }
}
