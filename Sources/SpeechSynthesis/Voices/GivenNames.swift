/// Whose names given names are: those that makers of telephone voices give them in many languages.
enum GivenNames {
    /// Whose name it is; nil if that is not known.
    ///
    /// - Parameter name: in capitals; hyphens do not count.
    static func sex(of name: String) -> Sex? {
        let plain = String(name.unicodeScalars.filter { $0.properties.isAlphabetic }.map { Character($0) })
        if women.contains(Substring(plain)) { return .female }
        return men.contains(Substring(plain)) ? .male : nil
    }

    private static let women = names(
        """
        AGATA ALICE ALLISON ALVA AMELIE AMÉLIE AMIRA ANGELICA ANNA AUDREY AURELIE AURÉLIE AVA AYLIN AYUMI BEATRIZ CARLA
        CARMELA CARMIT CAROL CATARINA CHANTAL CHLOE CHLOÉ CLAIRE CLARA DAMAYANTI DARIA ELLEN ELSA EMILY EMMA ERICA
        EVA EVELYN EWA FEDERICA FERNANDA FIONA FRANCISCA HELENA IDA INES IOANA ISABELA ISABELLE IVETA JOANA JOELLE
        JULIA JULIE KAREN KANYA KATE KATYA KIYARA KLARA KYOKO LAILA LANA LAURA LEKHA LESYA LINH LUCIANA LUCIE MARIA
        MARIAM MARIE MARISKA MARISOL MEIJIA MELINA MILENA MIREN MIZUKI MOIRA MONICA MÓNICA MONTSERRAT NARISA NORA
        PAOLA PAULINA PETRA RAQUEL SAKURA SAMANTHA SANDRA SANGEETA SARA SATU SERENA SILVIA SIMONA SINJI SOLEDAD SOPHIE
        SORA STEFFI STEPHANIE STINE SUSAN TESSA TIANTIAN TINGTING VEENA VIRGINIE XIMENA YELDA YUNA ZOE ZOSIA ZUZANA
        """)

    private static let men = names(
        """
        ALEXANDROS ANTOINE ARTHUR CARLOS CEM DANIEL DIEGO EVAN FELIPE FELIX FÉLIX GEORGE HATTORI HENRI HENRIK JAMES
        JAVIER JOAQUIM JORDI JORGE JUAN KRZYSZTOF LEE LOUIS LUCA MAGED MAGNUS MALCOLM MARKUS MARTIN MINSU NATHAN NEEL
        NICOLAS NIKOS OLIVER OSKAR OTOYA PAUL PEDRO PETER PIERRE RISHI SEBASTIEN SÉBASTIEN SHOW TAKERU TARIK THOMAS TOM
        VIKTOR WILLIAM XANDER YANNICK YURI
        """)

    private static func names(_ text: String) -> Set<Substring> { Set(text.split { $0 == " " || $0 == "\n" }) }
}
