import SpeechMarkup

/// A text that the engine may read: without commands of its own, and with no markup but what was understood.
struct WorkerText {
    /// UTF-8, ended by a zero.
    let characters: [CChar]
    /// - Parameter bytes: what whoever started the worker wants spoken, checked or not.
    init(_ bytes: [UInt8], isSSML: Bool) throws(WorkerFailure) {
        guard var text = String(validating: bytes, as: UTF8.self) else {
            throw WorkerFailure(64, "the text is not valid UTF-8")
        }
        if isSSML {
            do throws(MarkupFinding) { text = try EngineText(text).text } catch {
                throw WorkerFailure(64, "the SSML is refused: \(error)")
            }
        }
        if let control = SpokenCharacters.control(in: text) {
            throw WorkerFailure(64, "the text holds the control character \(control.value)")
        }
        characters = text.utf8.map { CChar(bitPattern: $0) } + [0]
    }
}
