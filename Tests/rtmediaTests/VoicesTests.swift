import Foundation
import TestSupport
import Testing

/// What `rtmedia voices` lists.
@Suite(.waiting) struct VoicesTests {
    let place = Workplace()

    private func records(_ text: String) throws -> [[String: String]] {
        try text.split(separator: "\n").map { line in
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            return try #require(object).compactMapValues { $0 as? String }
        }
    }

    @Test("the platform's known voices are listed with their stand-ins")
    func platform() throws {
        let run = try place.rtmedia("voices")
        #expect(run.status == 0 && run.errors.isEmpty)
        #expect(run.text.contains("TTS_FR-FR_AUDREY     roa/fr+f1  French (France), female, pitch -4\n"))
        let records = try records(place.rtmedia("voices", "--json").text)
        #expect(
            records.compactMap { $0["voice"] }
                == run.text.split(separator: "\n").map { String($0.prefix { $0 != " " }) })
        #expect(records.count >= 7 && Set(records.compactMap { $0["explanation"] }).count == records.count)
    }

    @Test("any other name is looked up, and one that nobody stands in for is an error after the others")
    func named() throws {
        let run = try place.rtmedia("voices", "TTS_PT-BR_LUCIANA", "TTS_XX-XX_X", "TTS_DE-AT_MARKUS")
        #expect(run.status == 65 && run.errors.hasPrefix("rtmedia: \"TTS_XX-XX_X\": no local voice speaks xx"))
        #expect(run.text.contains("TTS_PT-BR_LUCIANA  roa/pt-BR+f") && run.text.contains("TTS_DE-AT_MARKUS   gmw/de+m"))
    }

    @Test("names are printed so that no terminal acts on them, and a guess is told")
    func harmless() throws {
        let run = try place.rtmedia(
            "voices", "TTS_EN-GB_SE\u{202E}RENA", "TTS_EN-GB_ZORKWELLA", "TTS_EN-GB_A\u{1B}[31m")
        #expect(
            run.text.contains("TTS_EN-GB_SE\\u202eRENA") && run.text.contains("female, a guess")
                || run.text.contains(", a guess\n"))
        #expect(!(run.text + run.errors).unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" })
    }

    @Test("local voices are those that espeak-ng's own tool lists")
    func local() throws {
        let records = try records(place.rtmedia("voices", "--local", "--json").text)
        func files(_ kind: String) -> Set<String> {
            Set(records.filter { $0["kind"] == kind }.compactMap { $0["file"] })
        }
        func listed(_ option: String) throws -> Set<String> {
            let lines = try place.shell("espeak-ng \(option)").text.split(separator: "\n").dropFirst()
            // Priority, language, sex and name have fixed widths or no spaces; the file may have one: "!v/Mr serious".
            return Set(
                lines.compactMap { line in
                    line.firstMatch(of: /^ *\d+ +\S+ +\S+ +\S+ +(\S.*?) *(\(.*)?$/).map { String($0.1) }
                })
        }
        #expect(try files("voice") == listed("--voices").filter { !$0.hasPrefix("mb/") })
        #expect(
            try files("variant") == Set(listed("--voices=variant").map { $0.replacingOccurrences(of: "!v/", with: "") })
        )
        #expect(files("voice").count > 100 && files("variant").contains("f2"))
        let run = try place.rtmedia("voices", "--local")
        #expect(run.status == 0 && run.text.contains("\nroa/fr ") && run.text.contains("\n+f2 "))
    }

    @Test("names and --local do not go together, and a full device is an error")
    func usage() throws {
        #expect(try place.rtmedia("voices", "fr", "--local").status == 64)
        #expect(try place.rtmedia("voices", output: "/dev/full").status == 74)
    }
}
