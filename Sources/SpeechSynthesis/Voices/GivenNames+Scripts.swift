extension GivenNames {
    /// A name with letters of ASCII for those of the Greek, Cyrillic, Armenian and Georgian scripts, as its language writes itself
    /// for others; all other letters stay.
    ///
    /// Greek is ELOT 743, Russian is that of passports, Ukrainian and Bulgarian are their states' own tables, of which names in
    /// the table above are made too; Armenian and Georgian are those of geographers (BGN).
    static func transliterated(_ name: String, language: String) -> String {
        let letters = name.uppercased().map(withoutAccent)
        let own = ownLetters[language] ?? [:]
        var text = ""
        var place = 0
        while place < letters.count {
            if place + 1 < letters.count, let sound = pairs[String(letters[place...(place + 1)])] {
                text += sound
                place += 2
            } else {
                let letter = letters[place]
                text += own[letter] ?? sounds[letter] ?? String(letter)
                place += 1
            }
        }
        return text
    }

    /// Whose name it is by its last letter in its own script; nil if it is in another one, or ends otherwise than its names do.
    static func guess(byScriptOf name: Substring) -> Sex? {
        guard let last = name.uppercased().last.map(withoutAccent) else { return nil }
        switch last {
        case "Α"..."Ω": return last == "Σ" ? .male : .female
        case "А", "Я": return .female
        case "А"..."Я", "Ѐ"..."Џ", "Ґ", "Ў": return .male
        default: return nil
        }
    }

    /// A letter that is in the tables, without what stands above it; Й and Ё are letters of their own.
    private static func withoutAccent(_ letter: Character) -> Character {
        plain[letter] ?? (sounds[letter] == nil ? Character(letter.unicodeScalars.first!) : letter)
    }

    /// Letters without accents, and with them.
    private static let plain: [Character: Character] = {
        var letters: [Character: Character] = [:]
        for (plain, others) in table("Α=ΆἈἉ Ε=ΈἘἙ Η=ΉἨἩ Ι=ΊΪἸἹ Ο=ΌὈὉ Υ=ΎΫὙ Ω=ΏὨὩ") {
            for letter in others { letters[letter] = plain.first! }
        }
        return letters
    }()

    /// Two letters that are written as one sound.
    private static let pairs = table("ΟΥ=OU ΑΥ=AV ΕΥ=EV ΓΓ=NG ΓΚ=GK ΜΠ=B ՈՒ=U")

    private static let sounds = letters(
        """
        Α=A Β=V Γ=G Δ=D Ε=E Ζ=Z Η=I Θ=TH Ι=I Κ=K Λ=L Μ=M Ν=N Ξ=X Ο=O Π=P Ρ=R Σ=S Τ=T Υ=Y Φ=F Χ=CH Ψ=PS Ω=O
        А=A Б=B В=V Г=G Д=D Е=E Ё=E Ж=ZH З=Z И=I Й=Y К=K Л=L М=M Н=N О=O П=P Р=R С=S Т=T У=U Ф=F Х=KH Ц=TS Ч=CH Ш=SH
        Щ=SHCH Ъ= Ы=Y Ь= Э=E Ю=YU Я=YA І=I Ї=I Є=E Ґ=G Ў=U Ј=J Љ=LJ Њ=NJ Ћ=C Ђ=DJ Џ=DZ Ѓ=G Ќ=K Ѕ=DZ
        Ա=A Բ=B Գ=G Դ=D Ե=E Զ=Z Է=E Ը=Y Թ=T Ժ=ZH Ի=I Լ=L Խ=KH Ծ=TS Կ=K Հ=H Ձ=DZ Ղ=GH Ճ=CH Մ=M Յ=Y Ն=N Շ=SH Ո=O Չ=CH
        Պ=P Ջ=J Ռ=R Ս=S Վ=V Տ=T Ր=R Ց=TS Ւ=V Փ=P Ք=K Օ=O Ֆ=F
        Ა=A Ბ=B Გ=G Დ=D Ე=E Ვ=V Ზ=Z Თ=T Ი=I Კ=K Ლ=L Მ=M Ნ=N Ო=O Პ=P Ჟ=ZH Რ=R Ს=S Ტ=T Უ=U Ფ=P Ქ=K Ღ=GH Ყ=Q Შ=SH Ჩ=CH
        Ც=TS Ძ=DZ Წ=TS Ჭ=CH Ხ=KH Ჯ=J Ჰ=H
        """)

    /// Letters that a language writes otherwise.
    private static let ownLetters: [String: [Character: String]] = [
        "be": letters("Г=H"), "uk": letters("Г=H И=Y Є=IE Й=I"), "bg": letters("Щ=SHT Ъ=A Х=H"),
        "sr": letters("Ж=Z Х=H Ц=C Ч=C Ш=S"), "mk": letters("Ж=Z Х=H Ц=C Ч=C Ш=S"),
    ]

    private static func table(_ text: String) -> [String: String] {
        var table: [String: String] = [:]
        for entry in text.split(whereSeparator: \.isWhitespace) {
            let sides = entry.split(separator: "=", omittingEmptySubsequences: false)
            table[String(sides[0])] = String(sides[1])
        }
        return table
    }

    private static func letters(_ text: String) -> [Character: String] {
        .init(uniqueKeysWithValues: table(text).map { ($0.key.first!, $0.value) })
    }
}
