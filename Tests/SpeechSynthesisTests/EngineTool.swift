import Files
import Foundation
import SpeechSynthesis
import TelephonyAudio
import Testing

/// espeak-ng's own tool, which the same samples are asked of.
enum EngineTool {
    /// What it writes to standard output.
    static func output(_ arguments: [String]) throws -> [UInt8] { try run("espeak-ng", arguments) }

    /// What a program writes to standard output; it must end well.
    @discardableResult
    static func run(_ program: String, _ arguments: [String]) throws -> [UInt8] {
        let tool = try #require(ChildProcess.find(program), "install it with: apt-get install \(program)")
        let child = try ChildProcess(tool, arguments: arguments, input: OpenFile.temporary())
        var output: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = try buffer.withUnsafeMutableBytes { try child.read(into: $0, patience: .seconds(600)) }
            if count == 0 { break }
            output += buffer[..<count]
        }
        #expect(child.wait() == .code(0))
        return output
    }

    /// The samples of a text, without the pause that the tool adds; they follow a header of 44 bytes.
    static func samples(_ text: String, voice: String, options: String...) throws -> [UInt8] {
        let bytes = try output(["-z"] + options + ["-v", voice, "--stdout", "--", text])
        return Array(bytes.dropFirst(44))
    }

    /// Makes an empty file.
    static func touch(_ path: String) throws { try Data().write(to: URL(fileURLWithPath: path)) }

    /// The phonemes that a voice reads.
    static func phonemes(_ text: String, voice: String) throws -> String {
        String(decoding: try output(["-q", "--ipa", "-v", voice, "--", text]), as: UTF8.self)
    }
}

/// A sentence, the language it is in, and what espeak-ng's tool calls the voice for it.
struct Sentence: Sendable, CustomTestStringConvertible {
    let language: String
    let toolVoice: String
    let text: String

    var testDescription: String { language }

    init(_ language: String, _ toolVoice: String, _ text: String) {
        self.language = language
        self.toolVoice = toolVoice
        self.text = text
    }

    static let all = [
        Sentence("fr-FR", "fr-fr", "Bonjour, appuyez sur étoile."),
        Sentence("fr-BE", "fr-be", "Tapez nonante-neuf, s'il vous plaît."),
        Sentence("en-GB", "en-gb", "Welcome. Please press the star key."),
        Sentence("en-US", "en-us", "Your call may be recorded for quality."),
        Sentence("de-DE", "de", "Bitte wählen Sie eine Rufnummer."),
        Sentence("es-ES", "es", "Pulse uno para hablar con un agente."),
        Sentence("es-MX", "es-419", "Gracias por llamar; espere un momento."),
        Sentence("it-IT", "it", "Tutti gli operatori sono occupati."),
        Sentence("pt-BR", "pt-br", "Digite o número da sua conta."),
        Sentence("pt-PT", "pt", "Digite o número da sua conta."),
        Sentence("nl-NL", "nl", "Een ogenblik geduld alstublieft."),
        Sentence("sv-SE", "sv", "Vänligen vänta, du är nummer två i kön."),
        Sentence("no-NO", "nb", "Vennligst vent et øyeblikk."),
        Sentence("pl-PL", "pl", "Proszę czekać na połączenie."),
        Sentence("ru-RU", "ru", "Нажмите один, чтобы продолжить."),
        Sentence("el-GR", "el", "Παρακαλώ περιμένετε στη γραμμή."),
        Sentence("tr-TR", "tr", "Lütfen hatta kalın, teşekkürler."),
        Sentence("ar-SA", "ar", "مرحبا، يرجى الانتظار على الخط."),
        Sentence("hi-IN", "hi", "कृपया प्रतीक्षा करें।"),
        Sentence("zh-CN", "cmn-latn-pinyin", "请按一，然后稍等。"),
        Sentence("zh-HK", "yue", "請按一，然後稍等。"),
        Sentence("ja-JP", "ja", "しょうしょうおまちください。"),
    ]
}

/// Fails with the error that a body throws.
func error(_ body: () async throws(SpeechError) -> some Any) async -> SpeechError? {
    do throws(SpeechError) {
        _ = try await body()
        return nil
    } catch { return error }
}
