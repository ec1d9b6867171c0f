import Foundation
import TestSupport
import Testing

/// Sheets of prompts.
@Suite(.waiting) struct SaySheetTests {
    let place = Workplace()

    private func write(_ text: String, to name: String = "s.csv") throws { try place.write(Array(text.utf8), to: name) }

    private func records(_ words: String...) throws -> [[String: Any]] {
        let run = try place.run("rtmedia", ["say", "--json"] + words)
        return try run.text.split(separator: "\n").map { line in
            try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }
    }

    private func results(_ words: String...) throws -> [String: String] {
        let run = try place.run("rtmedia", ["say", "--json"] + words)
        var results: [String: String] = [:]
        for line in run.text.split(separator: "\n") {
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            if let file = object?["file"] as? String { results[file] = object?["result"] as? String }
        }
        return results
    }

    private static let menu = """
        id,language,voice,text,notes
        welcome,en,TTS_EN-GB_SERENA,"Welcome, caller.",warmly
        welcome,fr,TTS_FR-FR_AUDREY,Bienvenue.,
        42,en,,Please hold.,"not too
        fast"
        42,fr,,Ne quittez pas.,

        """

    @Test("each prompt is what say makes of its text, in a folder for each language, and notes are not spoken")
    func made() throws {
        try write(Self.menu)
        let run = try place.rtmedia("say", "--sheet", "s.csv", "-o", "prompts")
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.errors.hasPrefix("4 prompts: 4 made in "))
        let lines = run.text.split(separator: "\n")
        #expect(
            lines.count == 3 && lines[0].split(separator: " ") == ["prompt", "en", "fr"]
                && lines[1].hasPrefix("welcome  "))
        #expect(
            try place.bytes("prompts/en/welcome.wav") == Array(place.rtmedia("say", "Welcome, caller.", "-q").output))
        #expect(
            try place.bytes("prompts/fr/welcome.wav")
                == Array(place.rtmedia("say", "TTS|TTS_FR-FR_AUDREY|Bienvenue.", "-q").output))
        #expect(
            try place.bytes("prompts/fr/42.wav")
                == Array(place.rtmedia("say", "Ne quittez pas.", "--voice", "fr", "-q").output))
        #expect(try place.rtmedia("inspect", "prompts/en", "prompts/fr").status == 0)
    }

    @Test("only what has changed is made anew: a text, a voice, an option, the lexicon")
    func changes() throws {
        try write(Self.menu)
        _ = try place.rtmedia("say", "--sheet", "s.csv", "-o", "p", "-q")
        #expect(try Set(results("--sheet", "s.csv", "-o", "p").values) == ["unchanged"])
        try write(Self.menu.replacing("Bienvenue", with: "Bonjour").replacing("warmly", with: "coldly"))
        #expect(
            try results("--sheet", "s.csv", "-o", "p", "--check").filter { $0.value == "old" }.map(\.key) == [
                "fr/welcome.wav"
            ])
        #expect(
            try results("--sheet", "s.csv", "-o", "p").filter { $0.value == "made" }.map(\.key) == ["fr/welcome.wav"])
        try write("word,spoken\ncaller,friend\n", to: "l.csv")
        #expect(
            try results("--sheet", "s.csv", "-o", "p", "--lexicon", "l.csv").filter { $0.value == "made" }.map(\.key)
                == ["en/welcome.wav"])
        try write("TTS_FR-FR_AUDREY: { rate: 150 }", to: "v.yaml")
        #expect(
            try results("--sheet", "s.csv", "-o", "p", "--lexicon", "l.csv", "--voices", "v.yaml").filter {
                $0.value == "made"
            }.map(\.key)
                == ["fr/welcome.wav"])
        #expect(try Set(results("--sheet", "s.csv", "-o", "p", "--level", "-20").values) == ["made"])
    }

    @Test("--check makes nothing, tells what is to be done, and exits with 1 for it")
    func check() throws {
        try write(Self.menu)
        let before = try place.rtmedia("say", "--sheet", "s.csv", "-o", "p", "--check")
        #expect(
            before.status == 1 && before.errors.contains("rtmedia: fr/42.wav: is missing\n") && place.files == ["s.csv"]
        )
        _ = try place.rtmedia("say", "--sheet", "s.csv", "-o", "p", "-q")
        #expect(try place.rtmedia("say", "--sheet", "s.csv", "-o", "p", "--check", "-q").status == 0)
        try write(Self.menu + "late,en,,Late.,\n42x,en,,x,\n42x,fr,,x,\n")
        try place.write([1, 2, 3], to: "p/en/42.wav")
        try write(Self.flow, to: "f.yaml")
        let run = try place.rtmedia(
            "say", "--sheet", "s.csv", "-o", "p", "--check", "--flow", "f.yaml", "--longest", "1")
        #expect(run.status == 1)
        for finding in [
            "en/late.wav: is missing", "en/42.wav: was edited and is kept; --force makes it again",
            "late: is missing in fr", "2 of 4 prompts are used by no flow: 42x, late",
            "7: is played by a flow, but is not in the sheet",
            "en/welcome.wav: is 1.", "long, more than 1 s",
        ] { #expect(run.errors.contains(finding), "\(finding): \(run.errors)") }
        try write("id,language,text\n42,en,Please hold.\n42,fr,x\n")
        #expect(
            try place.rtmedia("say", "--sheet", "s.csv", "-o", "p", "--check").errors.contains(
                "fr/welcome.wav: is no longer in the sheet"))
    }

    /// A flow that plays prompts, of which one is a file that need not be there yet.
    private static let flow = """
        flow: menu
        steps:
          a: { play: { library: 42 }, next: b }
          b: { play: { audio: sounds/welcome.wav }, next: c }
          c: { play: { library: 7 } }

        """

    @Test(
        "what is no flow file is an error, as serve --check says, and nothing is made",
        arguments: ["hello: world\n", "flow: a\nsteps:\n  a: { plai: { library: 42 } }\n", "[]\n", "", "a: [\n"])
    func noFlow(text: String) throws {
        try write(Self.menu)
        try write(text, to: "f.yaml")
        let check = try place.rtmedia("serve", "f.yaml", "--check")
        let expected = check.text.split(separator: "\n").map { "rtmedia: \($0)\n" }.joined()
        #expect(check.status == 65 && !expected.isEmpty)
        for words in [[], ["--check"]] {
            let run = try place.run("rtmedia", ["say", "--sheet", "s.csv", "-o", "p", "--flow", "f.yaml"] + words)
            #expect(run.status == 65 && run.errors == expected, "\(run.errors)\(expected)")
        }
        #expect(!place.files.contains { $0.hasPrefix("p/") })
    }

    @Test("JSON has the rate and the pitch of each prompt, and what is to be known of voices, each once")
    func json() throws {
        try write("id,voice,text\na,TTS_EN-GB_LILY,one\nb,TTS_EN-GB_LILY,two\nc,,TTS | TTS_EN-GB_LILY | three\n")
        try write("TTS_EN-GB_LILY: { rate: 150, pitch: 61 }", to: "v.yaml")
        let made = try records("--sheet", "s.csv", "-o", "p", "--voices", "v.yaml")
        let prompts = made.filter { $0["file"] != nil }
        #expect(prompts.count == 3 && prompts.allSatisfy { $0["rate"] as? Int == 150 && $0["pitch"] as? Int == 61 })
        #expect(made.compactMap { $0["finding"] as? String } == ["the voice \"TTS_EN-GB_LILY\" is not known"])
        let usual = try records("--sheet", "s.csv", "-o", "q", "--rate", "200")
        let text = try records("TTS|TTS_EN-GB_LILY|one", "--rate", "200", "-o", "one.wav")
        #expect(usual[0]["rate"] as? Int == 200 && usual[0]["pitch"] as? Int == text[0]["pitch"] as? Int)
        let three = try place.rtmedia("say", "three", "--voice", "TTS_EN-GB_LILY", "--rate", "200", "-q")
        #expect(try place.bytes("q/c.wav") == Array(three.output))
    }

    @Test("the table calls a prompt what the messages call it")
    func cells() throws {
        try write("id,text\na,one\nb,two\nc,three\n")
        _ = try place.rtmedia("say", "--sheet", "s.csv", "-o", "p", "-q")
        try place.write([1], to: "p/a.wav")
        try FileManager.default.removeItem(atPath: "\(place.path)/p/c.wav")
        try write("id,text\na,one\nb,two\nc,three\nd,four\n")
        try place.write([1], to: "p/d.wav")
        let run = try place.rtmedia("say", "--sheet", "s.csv", "-o", "p", "--check", "--longest", "0.1")
        let cells = Dictionary(
            uniqueKeysWithValues: run.text.split(separator: "\n").map { line in
                (line.prefix(1), line.dropFirst(6).drop { $0 == " " })
            })
        #expect(cells["a"] == "edited" && cells["c"] == "missing" && cells["d"] == "not made by a sheet", "\(run.text)")
        #expect(run.errors.contains("a.wav: was edited") && run.errors.contains("d.wav: was not made by a sheet"))
        #expect(run.errors.contains(" long, more than 0.1 s"), "\(run.errors)")
        #expect(run.errors.contains("1 edited, 1 not made by a sheet"), "\(run.errors)")
        let wrong = try place.rtmedia("say", "--sheet", "s.csv", "-o", "p", "--longest", "x")
        #expect(wrong.status == 64 && wrong.errors.contains("'x' is invalid for '--longest <s>': must be a number"))
        let jobs = try place.rtmedia("say", "--sheet", "s.csv", "-o", "p", "--jobs", "1.5")
        #expect(jobs.errors.contains("'1.5' is invalid for '--jobs <n>': must be a whole number"))
    }

    @Test("what was changed by hand, and what was there before, is kept, unless it is forced")
    func kept() throws {
        try write("id,text\na,one\nb,two\n")
        try place.write([1], to: "p/b.wav")
        let first = try place.rtmedia("say", "--sheet", "s.csv", "-o", "p")
        #expect(
            first.status == 73
                && first.errors.contains(
                    "s.csv:3: b: error: p/b.wav: exists already, with other content; --force replaces it")
        )
        #expect(try place.bytes("p/b.wav") == [1] && place.bytes("p/a.wav").count > 1000)
        try place.write([7], to: "p/a.wav")
        _ = try place.rtmedia("say", "--sheet", "s.csv", "-o", "p", "-q")
        #expect(try place.bytes("p/a.wav") == [7])
        #expect(try place.rtmedia("say", "--sheet", "s.csv", "-o", "p", "-f", "-q").status == 0)
        #expect(try place.bytes("p/a.wav").count > 1000 && place.bytes("p/b.wav").count > 1000)
        // Without its records a folder is as it was, and is known again.
        try FileManager.default.removeItem(atPath: "\(place.path)/p/.rtmedia-prompts.json")
        #expect(try place.rtmedia("say", "--sheet", "s.csv", "-o", "p", "-q").status == 0)
        try place.write(Array("{\"prompts\":7}".utf8), to: "p/.rtmedia-prompts.json")
        #expect(try place.rtmedia("say", "--sheet", "s.csv", "-o", "p", "-q").status == 0)
    }

    @Test("a recording stands in the place of a text, at the same level, and is never overwritten")
    func recordings() throws {
        try place.copy("chime.mp3")
        try write("- { id: '1', file: chime.mp3 }\n- { id: '2', text: Two. }\n", to: "s.yaml")
        let made = try records("--sheet", "s.yaml", "-o", "p")
        #expect(made.count == 2 && made.allSatisfy { $0["result"] as? String == "made" })
        for record in made {
            let level = try #require(record["active_level_dbov"] as? Double),
                gain = try #require(record["gain_db"] as? Double)
            #expect(abs(level + gain + 26) < 0.01)
        }
        try #require(try place.shell("cp p/2.wav 3.wav").status == 0)
        let before = try place.bytes("3.wav")
        try write("id,file\n3,3.wav\n")
        let run = try place.rtmedia("say", "--sheet", "s.csv", "-o", ".", "-f")
        #expect(run.status == 73 && run.errors.contains("3: error: "), "\(run.errors)")
        #expect(try place.bytes("3.wav") == before)
        for file in ["/etc/hostname", "../x.wav", "a/../../x", "-"] {
            try write("id,file\n3,\(file)\n")
            let run = try place.rtmedia("say", "--sheet", "s.csv", "-o", "q")
            #expect(
                run.status == 65
                    && run.errors.contains("s.csv:2:1: error: the file \"\(file)\" must lie beside the sheet"))
        }
        try write("id,file\n3,nosuch.wav\n")
        #expect(try place.rtmedia("say", "--sheet", "s.csv", "-o", "q").status == 66)
    }

    @Test("en_GB takes from en what it lacks, with its own voice if there is one")
    func fallback() throws {
        try write("id,language,text\na,en,Hello.\nb,en,Colour.\na,en_GB,Hullo.\n")
        let run = try place.rtmedia("say", "--sheet", "s.csv", "-o", "p")
        #expect(run.status == 0 && run.errors.contains("4 prompts: 4 made, 1 taken from the general language"))
        #expect(
            try place.bytes("p/en_GB/b.wav") == place.bytes("p/en/b.wav")
                && place.bytes("p/en_GB/a.wav") != place.bytes("p/en/a.wav"))
    }

    @Test(
        "tables of all kinds are read: commas, tabs, semicolons, YAML, and lines as Asterisk has them",
        arguments: [
            ("s.csv", "\u{FEFF}ID,Text\r\n42,\"One, \"\"two\"\".\"\r\n"), ("s.tsv", "id\ttext\n42\tOne, \"two\".\n"),
            ("s.csv", "id;text\n42;One, \"two\".\n"), ("s.yaml", "42: One, \"two\".\n"),
            ("s.yml", "- { id: 42, text: 'One, \"two\".' }\n"),
            ("s.txt", "; a comment\n\n42: One, \"two\". [a note]\nbeep: [a tone]\n"),
            ("s.csv", "\u{FEFF}text,id\n\"One, \"\"two\"\".\",42\n,\n"),
        ])
    func forms(name: String, text: String) throws {
        try write(text, to: name)
        let run = try place.rtmedia("say", "--sheet", name, "-o", "p", "-q")
        #expect(run.status == 0, "\(run.errors)")
        #expect(try place.bytes("p/42.wav") == Array(place.rtmedia("say", "One, \"two\".", "-q").output))
    }

    @Test(
        "what is wrong in a sheet is told with its line, and nothing is made",
        arguments: [
            ("../x,a,en", "the id \"../x\" would lie outside the folder"), ("/x,a,en", "begins with /"),
            ("x/../y,a,en", "would lie outside the folder"),
            ("a\0b,a,en", "must be made of ASCII letters"),
            ("\(String(repeating: "x", count: 70)),a,en", "more than 64 characters"),
            ("\(String(repeating: "x", count: 300)),a,en", "longer than 200"), (".x,a,en", "hidden"),
            ("-x,a,en", "begins with a dash"),
            ("x y,a,en", "must be made of ASCII letters"), ("x\\y,a,en", "must be made of ASCII letters"),
            ("é,a,en", "must be made of ASCII letters"),
            ("ok,b,en", "ok in en appears already in line 2"),
            ("OK,b,en", "OK and ok of line 2 would be the same file"),
            ("x,,en", "x has neither a text nor a file"), ("x,a,", "x has no language, and others have one"),
            (",a,en", "the id \"\" is missing"),
            ("x,a,../y", "the language \"../y\" must look like en"),
            ("x,a,EN", "the language \"EN\" is written \"en\" above"),
            ("x,a,en,more", "has more fields than the first line names"), ("x,\"a", "a quotation mark is never closed"),
            ("x//y,a,en", "has a part without a name"),
            ("ok.wav/x,a,en", "would be a file where another prompt has a folder"),
        ])
    func hostile(row: String, message: String) throws {
        try write("id,text,language\nok,one,en\n\(row)\n")
        let run = try place.rtmedia("say", "--sheet", "s.csv", "-o", "p")
        #expect(run.status == 65 && run.errors.contains(message), "\(run.errors)")
        #expect(run.errors.contains(row.hasPrefix("ok.wav") ? "s.csv:2:1: error: " : "s.csv:3:1: error: "))
        #expect(place.files == ["s.csv"])
    }

    @Test("a text that can't be spoken is an error of its line, and the others are made")
    func badTexts() throws {
        try write("id,voice,text\na,,one\nb,TTS_XX_X,two\nc,,<speak>x</speak>\nd,,...\n")
        let run = try place.rtmedia("say", "--sheet", "s.csv", "-o", "p")
        #expect(run.status == 65)
        for message in [
            "s.csv:3: b: error: no local voice speaks xx", "s.csv:4: c: error: looks like SSML",
            "s.csv:5: d: error: holds nothing",
        ] {
            #expect(run.errors.contains(message), "\(run.errors)")
        }
        #expect(place.files.contains("p/a.wav") && !place.files.contains("p/b.wav"))
    }

    @Test("with --ssml those texts are markup that begin with <speak>; voices that are not known are told once")
    func markup() throws {
        try write(
            "id,voice,text\na,,fish & chips\nb,,<speak>one<break time='1s'/>two</speak>\nc,TTS_FR-FR_AUDRY,un\nd,TTS_FR-FR_AUDRY,deux\n"
        )
        let run = try place.rtmedia("say", "--sheet", "s.csv", "-o", "p", "--ssml")
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.errors.components(separatedBy: "did you mean \"TTS_FR-FR_AUDREY\"?").count == 2)
        #expect(
            try place.bytes("p/b.wav") == Array(place.rtmedia("say", "--ssml", "one<break time='1s'/>two", "-q").output)
        )
        #expect(try place.bytes("p/a.wav") == Array(place.rtmedia("say", "fish & chips", "-q").output))
    }

    @Test("names of a sheet sound apart, and where they can't, it is told")
    func cast() throws {
        let letters = Array("ABCDEFGHIJKLMNOPQRST")
        let names = (0..<40).map { number -> String in "\(letters[number % 20])\(letters[number / 20])LENA" }
        try write("id,voice,text\n" + names.enumerated().map { "\($0),TTS_EN-GB_\($1),one\n" }.joined())
        let run = try place.rtmedia("say", "--sheet", "s.csv", "-o", "p")
        let sounds = Set(try (0..<40).map { try place.bytes("p/\($0).wav") })
        #expect(
            sounds.count == 35 && run.errors.split(separator: "\n").filter { $0.contains(": sounds like ") }.count == 5)
    }

    @Test("the folder serves library ids of a simulated call")
    func served() throws {
        try write("id,text\n42,Please hold.\n")
        #expect(try place.rtmedia("say", "--sheet", "s.csv", "-o", "p", "-q").status == 0)
        let handler = try HandlerProgram.steps(
            #"[{"command":"play","params":{"media_id":"42"}},{"command":"hangup","params":{}}]"#)
        let call = try place.rtmedia("call", handler.address, "--media", "p")
        #expect(call.status == 0 && call.text.contains("plays     42"), "\(call.text)")
    }

    @Test("200 prompts in 5 languages are made, and made anew in less time when 3 have changed")
    func many() throws {
        let voices = ["en", "fr", "de", "es", "it"]
        func sheet(_ changed: Set<Int>) -> String {
            var text = "id,language,text\n"
            for id in 0..<40 {
                for voice in voices {
                    text += "p\(id),\(voice),\(id) \(changed.contains(id) && voice == "fr" ? "x" : "a")\n"
                }
            }
            return text
        }
        try write(sheet([]))
        #expect(try place.rtmedia("say", "--sheet", "s.csv", "-o", "p").errors.hasPrefix("200 prompts: 200 made in "))
        try write(sheet([3, 17, 39]))
        #expect(
            try place.rtmedia("say", "--sheet", "s.csv", "-o", "p").errors.hasPrefix(
                "200 prompts: 3 made, 197 unchanged in "))
    }

    @Test("options for sheets go with a sheet, and texts do not")
    func usage() throws {
        try write(Self.menu)
        for words in [
            ["one", "--check"], ["one", "--flow", "f"], ["one", "--sheet", "s.csv", "-o", "p"], ["--sheet", "s.csv"],
            ["--sheet", "s.csv", "-o", "p", "--play"], ["--sheet", "s.csv", "-o", "p", "--as", "command"],
            ["--sheet", "s.csv", "-o", "p", "--longest", "0"],
        ] { #expect(try place.run("rtmedia", ["say"] + words).status == 64, "\(words)") }
        #expect(try place.rtmedia("say", "--sheet", "nosuch.csv", "-o", "p").status == 66)
    }
}
