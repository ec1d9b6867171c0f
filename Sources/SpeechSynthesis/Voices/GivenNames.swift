/// Whose names given names are: those that makers of telephone voices give them, those that differ between languages, and
/// many more, of a table; of others it is guessed by their ending.
enum GivenNames {
    /// Whose name it is.
    struct Verdict: Hashable {
        let sex: Sex
        /// Whether the name is in no table.
        let isGuess: Bool
    }

    /// Whose name it is; nil if it is no name.
    ///
    /// - Parameters:
    ///   - name: in any script; a name with a hyphen is looked up as a whole, then by its first part.
    ///   - language: a code of ISO 639, as in `it`, where Andrea is a man.
    /// - Complexity: O(the size of the table), a third of a millisecond.
    static func verdict(on name: String, language: String) -> Verdict? {
        let parts = name.split(whereSeparator: { "-_ \u{2010}\u{2011}".contains($0) })
        let whole = folded(transliterated(name, language: language))
        let first = parts.first.map { folded(transliterated(String($0), language: language)) } ?? ""
        for plain in first == whole ? [whole] : [whole, first] {
            if let sex = knownSex(of: plain, language) { return Verdict(sex: sex, isGuess: false) }
        }
        let sex = parts.first.flatMap { guess(byScriptOf: $0) } ?? guess(first)
        return sex.map { Verdict(sex: $0, isGuess: true) }
    }

    /// A name in capitals of ASCII, without accents and all that is no letter.
    static func folded(_ name: String) -> String {
        var plain = ""
        for character in name.uppercased() {
            if let letters = letters[character] {
                plain += letters
            } else {
                plain.unicodeScalars.append(contentsOf: character.unicodeScalars.filter { ("A"..."Z").contains($0) })
            }
        }
        return plain
    }

    private static func knownSex(of name: String, _ language: String) -> Sex? {
        guard name.utf8.count > 1 else { return nil }
        let key = Substring(name)
        if let (women, men) = byLanguage[language] {
            if women.contains(key) { return .female }
            if men.contains(key) { return .male }
        }
        if women.contains(key) { return .female }
        if men.contains(key) { return .male }
        return entry(Array(name.utf8))
    }

    /// Looks a name up in the table, by reading it from the beginning.
    private static func entry(_ name: [UInt8]) -> Sex? {
        guard name.count <= longest else { return nil }
        return table.withUTF8Buffer { table in
            var place = 0
            /// How many letters of the name the entry before begins with.
            var matched = 0
            while place < table.count {
                let sign = table[place]
                let isWoman = sign >= UInt8(ascii: "a")
                var length = isWoman ? Int(sign) - 97 : common(sign)
                place += 1
                // An entry that shares more with the one before than that has of the name has no more of it.
                var isEqual = length <= matched
                if isEqual { matched = length }
                while place < table.count, (65...90).contains(table[place]) {
                    isEqual = isEqual && length < name.count && table[place] == name[length]
                    length += 1
                    if isEqual { matched = length }
                    place += 1
                }
                if isEqual, length == name.count { return isWoman ? .female : .male }
            }
            return nil
        }
    }

    /// What a sign of men's stands for.
    private static func common(_ sign: UInt8) -> Int {
        if (48...57).contains(sign) { return Int(sign) - 48 }
        // ! # $ % & ( ), for 10...16: the quotation mark and the apostrophe are left out.
        return sign == 33 ? 10 : sign < 39 ? Int(sign) - 35 + 11 : Int(sign) - 40 + 15
    }

    private static let longest = 16

    /// By the last two letters, as most names of the table go.
    private static func guess(_ name: String) -> Sex? {
        let last = Array(name.utf8.suffix(2))
        guard last.count == 2 else { return nil }
        let place = 26 * Int(last[0] - 65) + Int(last[1] - 65)
        return endings.withUTF8Buffer { $0[place] == UInt8(ascii: "f") ? .female : .male }
    }

    /// Letters with accents, and those of ASCII that stand for them.
    private static let letters: [Character: String] = {
        var letters: [Character: String] = [:]
        for group in accents.split(whereSeparator: \.isWhitespace) {
            guard let sign = group.firstIndex(of: "=") else { continue }
            for letter in group[group.index(after: sign)...] { letters[letter] = String(group[..<sign]) }
        }
        return letters
    }()

    /// Names that are another sex's in a language than in most: women's, then men's.
    private static let byLanguage: [String: (women: Set<Substring>, men: Set<Substring>)] = [
        "ca": (names("MERITXELL"), names("JOAN TONI POL")),
        "cs": (names("ANTONIE NIKOLA"), names("MARIAN")), "da": (names("INGE"), names("KIM RONNI")),
        "de": (names("AUGUSTE ANTONIE DANIELE"), names("KAY TONI HEINI")),
        "el": (names(""), names("ALEXIS CHARIS PARIS THEMIS")),
        "en": (names("JEAN ROBIN MORGAN BAILEY ARIEL JOAN KIM"), names("")),
        "es": (names("REYES SOL ELI"), names("JOAN TONI")), "et": (names("KADRI TERJE"), names("LAURI")),
        "fi": (names(""), names("JANNE JONI KARI KIM LAURI TONI")),
        "fr": (names("DANIELE LAURENCE"), names("AIME ALEXIS JEAN CLAUDE")),
        "he": (names("ADI MICHAL"), names("AMI ELISHA")), "hi": (names("ARTI"), names("ANANDA INDRA")),
        "hr": (names("IVICA"), names("FRAN MARIJO MARJAN TONI")),
        "hu": (names("LUCA TIMI"), names("EDE LACI MISI PETI GYURI")),
        "is": (names("ALDIS ARNY OLOF VALDIS"), names("KARI MAR")),
        "it": (names(""), names("ANDREA FELICE GABRIELE LEONE MICHELE NICOLA ROSARIO SIMONE LUCA")),
        "ko": (names("MIRAN"), names("")), "lt": (names("GENE JURA REDA"), names("RIMAS")),
        "lv": (names("ZANE"), names("JANIS MARIS")), "nb": (names("ELI GERD"), names("INGE JO KIM OLA")),
        "nl": (names("BO CATO ISA JET LOT"), names("KAY")), "pl": (names(""), names("MARIAN")),
        "ro": (names(""), names("CAROL GABI GHITA LEONIDA MARIAN")), "ru": (names(""), names("DANILA NIKITA")),
        "sk": (names(""), names("MARIAN")), "sl": (names(""), names("FRANCE MARJAN SANDI TINE TONE")),
        "sv": (names("GERD LOVIS"), names("AGNE CONNY INGE LOVE OLA TONI")),
        "tr": (names("NEVIN SULTAN"), names("")), "uk": (names(""), names("DANILA NIKITA")),
    ]

    private static let women = names(
        """
        AGATA ALICE ALLISON ALVA AMELIE AMIRA ANGELICA ANNA AUDREY AURELIE AVA AYLIN AYUMI BEATRIZ CARLA
        CARMELA CARMIT CAROL CATARINA CHANTAL CHLOE CLAIRE CLARA DAMAYANTI DARIA ELLEN ELSA EMILY EMMA ERICA
        EVA EVELYN EWA FEDERICA FERNANDA FIONA FRANCISCA HELENA IDA INES IOANA ISABELA ISABELLE IVETA JOANA JOELLE
        JULIA JULIE KAREN KANYA KATE KATYA KIYARA KLARA KYOKO LAILA LANA LAURA LEKHA LESYA LINH LUCIANA LUCIE MARIA
        MARIAM MARIE MARISKA MARISOL MEIJIA MELINA MILENA MIREN MIZUKI MOIRA MONICA MONTSERRAT NARISA NORA
        PAOLA PAULINA PETRA RAQUEL SAKURA SAMANTHA SANDRA SANGEETA SARA SATU SERENA SILVIA SIMONA SINJI SOLEDAD SOPHIE
        SORA STEFFI STEPHANIE STINE SUSAN TESSA TIANTIAN TINGTING VEENA VIRGINIE XIMENA YELDA YUNA ZOE ZOSIA ZUZANA
        """)

    private static let men = names(
        """
        ALEXANDROS ANTOINE ARTHUR CARLOS CEM DANIEL DIEGO EVAN FELIPE FELIX GEORGE HATTORI HENRI HENRIK JAMES
        JAVIER JOAQUIM JORDI JORGE JUAN KRZYSZTOF LEE LOUIS LUCA MAGED MAGNUS MALCOLM MARKUS MARTIN MINSU NATHAN NEEL
        NICOLAS NIKOS OLIVER OSKAR OTOYA PAUL PEDRO PETER PIERRE RISHI SEBASTIEN SHOW TAKERU TARIK THOMAS TOM
        VIKTOR WILLIAM XANDER YANNICK YURI
        """)

    private static func names(_ text: String) -> Set<Substring> { Set(text.split { $0 == " " || $0 == "\n" }) }

    private static let accents = """
        A=ÀÁÂÃÄÅĀĂĄƏǍǞǠǺȀȂȦḀẠẢẤẦẨẪẬẮẰẲẴẶ
        AE=Æ
        B=ḂḄḆ
        C=ÇĆĈĊČḈ
        D=ÐĎĐḊḌḎḐḒ
        E=ÈÉÊËĒĔĖĘĚȄȆȨḔḖḘḚḜẸẺẼẾỀỂỄỆ
        F=Ḟ
        G=ĜĞĠĢǦǴḠ
        H=ĤĦȞḢḤḦḨḪ
        I=ÌÍÎÏĨĪĬĮİǏȈȊḬḮỈỊ
        J=Ĵ
        K=ĶǨḰḲḴ
        L=ĹĻĽŁḶḸḺḼ
        M=ḾṀṂ
        N=ÑŃŅŇŊǸṄṆṈṊ
        O=ÒÓÔÕÖØŌŎŐƠǑǪǬȌȎȪȬȮȰṌṎṐṒỌỎỐỒỔỖỘỚỜỞỠỢ
        OE=Œ
        P=ṔṖ
        R=ŔŖŘȐȒṘṚṜṞ
        S=ŚŜŞŠȘṠṢṤṦṨ
        T=ŢŤŦȚṪṬṮṰ
        TH=Þ
        U=ÙÚÛÜŨŪŬŮŰŲƯǓǕǗǙǛȔȖṲṴṶṸṺỤỦỨỪỬỮỰ
        V=ṼṾ
        W=ŴẀẂẄẆẈ
        X=ẊẌ
        Y=ÝŶŸȲẎỲỴỶỸ
        Z=ŹŻŽẐẒẔ
        """
}
