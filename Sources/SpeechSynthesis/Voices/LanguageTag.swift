/// A language, and perhaps a region, as in `fr-CA` (BCP 47); `fra` and `fre` (ISO 639-2 and 639-3) are `fr`.
struct LanguageTag: Sendable, Hashable {
    /// The language in lower case, as in `fr`.
    let language: String
    /// What follows it, in lower case, as in `ca`.
    let region: String?

    /// Reads a tag, with hyphens or underscores; nil if it has no letters, or others than letters and digits.
    init?(_ text: some StringProtocol) {
        let parts = text.lowercased().split(omittingEmptySubsequences: false) { $0 == "-" || $0 == "_" }
        guard let first = parts.first, (2...16).contains(first.utf8.count),
            first.utf8.allSatisfy({ (97...122).contains($0) }),
            parts.dropFirst().allSatisfy({ part in
                (1...16).contains(part.utf8.count)
                    && part.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) }
            })
        else { return nil }
        language = Self.shortCodes[String(first)] ?? String(first)
        region = parts.count > 1 ? parts.dropFirst().joined(separator: "-") : nil
    }

    /// The tags by which a voice is looked for, best first.
    var candidates: [String] {
        let plain = Self.sameLanguages[language] ?? language
        let regional = region.map { region -> [String] in
            let country = region.split(separator: "-").last.map(String.init) ?? region
            let near = Self.nearRegions["\(plain)-\(country)"].map { [$0] } ?? []
            return ["\(language)-\(region)", "\(plain)-\(region)", "\(plain)-\(country)"] + near
        }
        return (regional ?? []) + [language, plain]
    }

    /// The language as most call it: `nb` for `no`.
    var code: String { Self.sameLanguages[language] ?? language }

    /// Whether a voice's tag is this one in full, or there is no region to tell apart.
    func isMatched(by voice: LocalVoice) -> Bool {
        guard let region else { return true }
        return voice.languages.contains { $0.tag == "\(language)-\(region)" } || !voice.hasRegion
    }

    /// Codes for what is one language to the engine (ISO 639's withdrawn codes, and macrolanguages).
    private static let sameLanguages = [
        "no": "nb", "nn": "nb", "iw": "he", "in": "id", "mo": "ro", "chi": "zh", "zho": "zh", "hbs": "hr", "sh": "hr",
    ]

    /// Codes of two letters for those of three, of ISO 639-2 (both kinds) and 639-3.
    private static let shortCodes: [String: String] = {
        var codes: [String: String] = [:]
        for line in longCodes.split(whereSeparator: \.isWhitespace) {
            let names = line.split(separator: "=").map(String.init)
            for code in names[1].split(separator: ",") { codes[String(code)] = names[0] }
        }
        return codes
    }()

    private static let longCodes = """
        af=afr am=amh an=arg ar=ara,arb as=asm az=aze,azj ba=bak be=bel bg=bul bn=ben bs=bos ca=cat cs=ces,cze cv=chv
        cy=cym,wel da=dan de=deu,ger el=ell,gre en=eng eo=epo es=spa et=est,ekk eu=eus,baq fa=fas,per,pes fi=fin
        fr=fra,fre ga=gle gd=gla gn=grn gu=guj he=heb hi=hin hr=hrv ht=hat hu=hun hy=hye,arm ia=ina id=ind io=ido
        is=isl,ice it=ita ja=jpn ka=kat,geo kk=kaz kl=kal kn=kan ko=kor ku=kur ky=kir la=lat lb=ltz lt=lit lv=lav,lvs
        mi=mri,mao mk=mkd,mac ml=mal mr=mar ms=msa,may,zsm mt=mlt my=mya,bur nb=nob ne=nep,npi nl=nld,dut nn=nno no=nor
        om=orm or=ori,ory pa=pan pl=pol pt=por qu=que ro=ron,rum ru=rus sd=snd si=sin sk=slk,slo sl=slv sq=sqi,alb sr=srp
        sv=swe sw=swa,swh ta=tam te=tel th=tha tk=tuk tn=tsn tr=tur tt=tat ug=uig uk=ukr ur=urd uz=uzb,uzn vi=vie
        """

    /// Regions that speak like another one, for which there may be a voice.
    private static let nearRegions: [String: String] = {
        var regions = ["zh-hk": "yue", "zh-mo": "yue", "en-sc": "en-gb-scotland"]
        for region in ["ca", "ph", "pr"] { regions["en-\(region)"] = "en-us" }
        for region in ["ag", "bb", "bs", "jm", "tt"] { regions["en-\(region)"] = "en-029" }
        let latin = "ar bo cl co cr cu do ec gt hn mx ni pa pe pr py sv us uy ve"
        for region in latin.split(separator: " ") { regions["es-\(region)"] = "es-419" }
        return regions
    }()
}

extension LocalVoice {
    /// Whether its language has voices for regions at all.
    fileprivate var hasRegion: Bool { languages.contains { $0.tag.contains("-") } }
}
