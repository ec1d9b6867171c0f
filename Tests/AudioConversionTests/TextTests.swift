import Glibc
import TestSupport
import Testing

@testable import AudioConversion
@testable import TelephonyAudio

/// What is called text, and what can be headerless audio.
@Suite(.waiting) struct TextTests {
    private static let prompts = "/usr/share/asterisk/sounds"

    /// The files with an ending in the folders of Debian's prompts.
    private static func files(ending: String) throws -> [String] {
        var result = glob_t()
        defer { globfree(&result) }
        let pattern = "\(prompts)/{*_*_*_*,*_*_*_*/*,*_*_*_*/*/*}/*.\(ending)"
        try #require(
            glob(pattern, GLOB_BRACE, nil, &result) == 0,
            "install asterisk-core-sounds-en-wav and -fr-g722")
        return (0..<Int(result.gl_pathc)).map { String(cString: result.gl_pathv[$0]!) }
    }

    private static func head(of path: String, count: Int = 256) throws -> [UInt8] {
        try ByteSource(.file(path), limits: ConversionLimits()).bytes(at: 0, count: count)
    }

    private func isText(_ bytes: [UInt8]) -> Bool { Container.recognize(bytes)?.container == .text }

    @Test("prompts in A-law and mu-law are no text", arguments: G711.allCases)
    func companded(law: G711) throws {
        let files = try Self.files(ending: "wav")
        #expect(files.count >= 500)
        for file in files {
            let samples = Array(try Self.head(of: file, count: 44 + 512).dropFirst(44))
            let codes = stride(from: 0, to: samples.count - 1, by: 2).map { place in
                law.encode(Int16(truncatingIfNeeded: Int(samples[place]) | Int(samples[place + 1]) << 8))
            }
            #expect(!isText(codes), "\(file)")
        }
    }

    @Test("prompts in G.722 are no text")
    func wideband() throws {
        let files = try Self.files(ending: "g722")
        #expect(files.count >= 500)
        for file in files { #expect(try !isText(Self.head(of: file)), "\(file)") }
    }

    @Test("silence is no text", arguments: [0x55, 0xD5, 0x7F, 0xFF, 0x80] as [UInt8])
    func silence(byte: UInt8) {
        #expect(!isText([UInt8](repeating: byte, count: 256)))
    }

    @Test(
        "text is text, in UTF-8 wherever it is cut off, and in 8-bit codes with an accent here and there",
        arguments: [
            "# Prompts\n\nRecorded in May; levels are those of the old machine.\n", "file,label\na.wav,human\n",
            "{\"command\": \"play\", \"params\": {\"media_id\": \"42\"}}\n", "call:\n  - say: Bonjour\n",
            "Élève, où êtes-vous ? À la forêt, près de l'hôtel.\n", "Příliš žluťoučký kůň úpěl ďábelské ódy.\n",
            "お電話ありがとうございます。", "Ваш звонок очень важен для нас.\n", "☎️ 📞 🎧\n",
        ])
    func text(_ text: String) throws {
        let line = Array(text.utf8)
        #expect(isText(line))
        let many = (0..<256).flatMap { _ in line }
        for start in 0..<line.count where line[start] & 0xC0 != 0x80 {
            #expect(isText(Array(many[start..<(start + 256)])), "from \(start)")
        }
        // The first 256 characters of Unicode are Latin-1.
        if text.unicodeScalars.allSatisfy({ $0.value < 256 }) {
            #expect(isText(text.unicodeScalars.map { UInt8($0.value) }))
        }
    }
}
