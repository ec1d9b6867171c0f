/// What the engine can read of a text in a voice.
///
/// It knows the letters of many scripts and reads them with the voice of a language that is written so; Chinese characters,
/// kana and some scripts of Asia it reads only in their own languages, and says "Chinese letter" for each elsewhere.
enum Legibility {
    /// A sentence on what a voice can't read of a text; nil if it can read all.
    static func warning(on text: String, readBy voice: LocalVoice) -> String? {
        let language = voice.languages.first.flatMap { LanguageTag($0.tag) }?.language ?? ""
        let letters = text.unicodeScalars.filter(\.properties.isAlphabetic)
        let unread = letters.filter { scalar in
            guard let script = script(of: scalar) else { return false }
            return !script.readers.contains(language)
        }
        guard let first = unread.first, let script = script(of: first) else { return nil }
        var shown: [String] = []
        for scalar in unread where shown.count < 8 && !shown.contains(String(scalar)) { shown.append(String(scalar)) }
        return
            "\(voice.file) (\(voice.name)) can't pronounce \(unread.count) of \(letters.count) letters: \(shown.joined()); \(script.remedy)"
    }

    private struct Script {
        let range: ClosedRange<UInt32>
        /// The languages whose voices read it.
        let readers: Set<String>
        let remedy: String
    }

    private static func script(of scalar: Unicode.Scalar) -> Script? {
        scripts.first { $0.range.contains(scalar.value) }
    }

    private static let kanji = Set(["zh", "cmn", "yue"])
    private static let kanjiRemedy = "write Japanese in kana, or use a voice that reads Chinese characters"
    private static let other = "use a voice of that language, or write it in other letters"

    private static let scripts = [
        Script(range: 0x3041...0x30FF, readers: ["ja"], remedy: "use a Japanese voice"),
        Script(range: 0x3400...0x4DBF, readers: kanji, remedy: kanjiRemedy),
        Script(range: 0x4E00...0x9FFF, readers: kanji, remedy: kanjiRemedy),
        Script(range: 0xF900...0xFAFF, readers: kanji, remedy: kanjiRemedy),
        Script(range: 0x20000...0x3FFFF, readers: kanji, remedy: kanjiRemedy),
        Script(range: 0x0E00...0x0E7F, readers: ["th"], remedy: other),
        Script(range: 0x0E80...0x0EFF, readers: ["lo"], remedy: other),
        Script(range: 0x0F00...0x0FFF, readers: ["bo", "dz"], remedy: other),
        Script(range: 0x1780...0x17FF, readers: ["km"], remedy: other),
    ]
}
