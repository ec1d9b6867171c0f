import TestSupport
import Testing

/// The lexicons and the books of voices that `rtmedia say` is given.
@Suite(.waiting) struct SayLexiconTests {
    let place = Workplace()

    @Test("a lexicon and a file of voices decide, and what is wrong in them is told with its line")
    func files() throws {
        try place.write(
            Array("word,spoken,language\r\nGIF,jif,\r\nchat,minou,fr\r\nhello,[[h@l'oU]],\r\n".utf8), to: "lex.csv")
        #expect(
            try place.rtmedia("say", "GIF chat", "--lexicon", "lex.csv", "-q").output
                == place.rtmedia("say", "jif chat", "-q").output)
        try place.write(Array("word,spoken,language\n,a,\nb,[[é]],\nc,d,../x\n".utf8), to: "bad.csv")
        let bad = try place.rtmedia("say", "x", "--lexicon", "bad.csv", "-q")
        #expect(
            bad.status == 65
                && bad.errors.split(separator: "\n").map { $0.prefix(26) }
                    == ["rtmedia: bad.csv:2:1: error", "rtmedia: bad.csv:3:1: error", "rtmedia: bad.csv:4:1: error"].map
                { $0.prefix(26) })
        try place.write(Array("TTS_EN-GB_SERENA: { sex: male, rate: 140, pitch: 60 }\n".utf8), to: "v.yaml")
        let json = try place.rtmedia("say", "one", "--voices", "v.yaml", "-o", "a.wav", "--json").text
        #expect(json.contains(#""rate":140"#) && json.contains(#""pitch":60"#) && json.contains(#""sex":"male""#))
        try place.write(Array("a: { sex: x, rate: 7 }\nb: { hue: 1 }\n".utf8), to: "v.yaml")
        let voices = try place.rtmedia("say", "one", "--voices", "v.yaml", "-q")
        #expect(
            voices.status == 65 && voices.errors.contains("v.yaml:1:11: error: sex must be")
                && voices.errors.contains("v.yaml:2:6: error"))
        #expect(
            try place.rtmedia("say", "4711", "--digits", "-q").output == place.rtmedia("say", "4 7 1 1", "-q").output)
        #expect(try place.rtmedia("say", "one", "--lexicon", "nosuch.csv", "-q").status == 66)
    }

    @Test(
        "what a lexicon says twice, or for a language that nobody speaks, is told; a PLS lexicon is told as what it is")
    func lexicons() throws {
        try place.write(
            Array("word,spoken,language\nGIF,jif,\ngif,gift,\ngif,geef,xx\nGIF,gif,\nhi,[[zzz!!]],en_GB\n".utf8),
            to: "l.csv")
        let warnings = [
            "l.csv:4:1: warning: no local voice speaks \"xx\": its words are never spoken so",
            "l.csv:5:1: warning: \"GIF\" is in line 2 already; this line counts",
        ]
        let run = try place.rtmedia("say", "hi", "--lexicon", "l.csv", "-o", "a.wav")
        let lines = run.errors.split(separator: "\n").map(String.init)
        #expect(run.status == 0 && Array(lines.prefix(2)) == warnings.map { "rtmedia: \($0)" }, "\(run.errors)")
        #expect(lines.contains { $0.contains("knows no sound \"!!\" of [[zzz!!]]") }, "\(run.errors)")
        let told = try place.rtmedia("say", "hi", "--lexicon", "l.csv", "-o", "b.wav", "--json").json(SayRecord.self)
        #expect(told.warnings.count == 3 && told.warnings.starts(with: warnings))
        try place.write(Array("id,text\na,hi\n".utf8), to: "s.csv")
        let sheet = try place.rtmedia("say", "--sheet", "s.csv", "-o", "p", "--lexicon", "l.csv")
        #expect(sheet.status == 0 && warnings.allSatisfy { sheet.errors.contains("\($0)\n") }, "\(sheet.errors)")
        #expect(
            sheet.errors.contains("s.csv:2: a: warning: gmw/en (English (Great Britain)) knows no sound"),
            "\(sheet.errors)")
        let entries = String(repeating: "<lexeme><grapheme>a</grapheme><alias>b</alias></lexeme>\n", count: 500)
        let pls =
            "<?xml version=\"1.0\"?>\n<lexicon version=\"1.0\" xmlns=\"http://www.w3.org/2005/01/pronunciation-lexicon\">\n\(entries)</lexicon>\n"
        try place.write(Array(pls.utf8), to: "l.pls")
        let refused = try place.rtmedia("say", "hi", "--lexicon", "l.pls", "-q")
        #expect(
            refused.status == 65
                && refused.errors
                    == "rtmedia: l.pls:1:1: error: is a PLS lexicon (XML), which is not read; write CSV with the columns word, spoken and language\n"
        )
        try place.write(Array(String(repeating: "x", count: 100_000).utf8), to: "long.csv")
        let long = try place.rtmedia("say", "hi", "--lexicon", "long.csv", "-q")
        #expect(long.status == 65 && long.errors.contains("has no column \"xxx") && long.errors.utf8.count < 400)
    }
}
