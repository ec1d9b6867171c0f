/// Makes texts of pieces, whole and damaged, that try to have the engine open `canary`, start programs, or lose its way.
struct TextMaker {
    struct Made {
        let text: String
        let isSSML: Bool
        /// Whether the worker gets it as it is, without the library.
        let isForWorker: Bool
        let voice: String
    }

    private var state: UInt64
    private let pieces: [String]

    init(seed: UInt64, index: Int, canary: String) {
        state = (seed &+ 1) &* 0x9E37_79B9_7F4A_7C15 ^ (UInt64(index) &+ 1) &* 0xD1B5_4A32_D192_ED03 | 1
        let up = String(repeating: "../", count: 12)
        pieces = [
            "<speak>hello</speak>", "<!-- a > b -->", "<p><s>one.</s></p>", "&#233;", #"<break time="50ms"/>"#,
            "<![CDATA[<b> ]] &]]>", #"<audio src="\#(canary)">a</audio>"#, "<AUDIO src='\(canary)'/>",
            #"<šudio src="\#(canary)"/>"#, #"<speak xml:base="\#(canary)">"#, "</speak>",
            #"<lexicon uri="\#(canary)"/>"#,
            #"<voice name="en+\#(up)tmp/canary">b</voice>"#, #"<voice name="\#(up)tmp/canary">b</voice>"#,
            #"<voice name="mb/mb-de5">a</voice>"#, #"<voice name="en-german-5">a</voice>"#,
            #"<voice name="en+f2" gender="female" variant="3" age="9">a</voice>"#, #"<voice xml:lang="fr">b</voice>"#,
            #"<prosody rate="slow" pitch="+2st" volume="80%" range="x-high">a</prosody>"#, "<prosody rate='999%'>",
            "</prosody>", #"<say-as interpret-as="characters" format="glyphs">ab1</say-as>"#,
            #"<say-as interpret-as="tts:digits" detail="3">12345</say-as>"#,
            #"<sub alias="&lt;audio src='\#(canary)'/&gt;">b</sub>"#, #"<mark name="\#(canary)"/>"#, "&#1;0I",
            "&#1;5Vfr ",
            #"<phoneme alphabet="espeak" ph="_^_\#(canary)">a</phoneme>"#, "&#60;audio src='\(canary)'/&#62;",
            "<br/><h1>a</h1>", #"<emphasis level="strong">a</emphasis>"#, "[[_^_\(canary) b]]",
            "<tts:style field='punctuation' mode='all'>",
            "привет", "你好", "\u{1}0I", "\u{1}Vfr ", "\u{2}", "\r\n\r\n", "\u{E03C}", "\u{202E}", "!?...", "<", ">", "&",
            "\"", "/",
        ]
    }

    /// A text.
    mutating func make() -> Made {
        var scalars: [Unicode.Scalar] = []
        for _ in 0...below(5) {
            let piece = Array(pieces[below(pieces.count)].unicodeScalars)
            scalars.insert(contentsOf: piece, at: below(3) == 0 ? below(scalars.count + 1) : scalars.count)
        }
        for _ in 0..<(below(2) == 0 ? 0 : below(4)) where !scalars.isEmpty {
            let place = below(scalars.count)
            switch below(4) {
            case 0: scalars.remove(at: place)
            case 1: scalars[place] = Unicode.Scalar(UInt8(below(128)))
            case 2: scalars[place] = Unicode.Scalar(UInt32(below(0xD800))) ?? "?"
            default: scalars.removeSubrange(place..<min(scalars.count, place + below(8)))
            }
        }
        if below(20) == 0 {
            let element = ["p", "s xml:lang='fr'", "voice gender='male'", "prosody rate='90%'"][below(4)]
            let depth = 1 + below(20)
            let opened = String(repeating: "<\(element)>", count: depth)
            let closed = String(repeating: "</\(element.prefix { $0 != " " })>", count: depth)
            scalars = Array((opened + String(String.UnicodeScalarView(scalars)) + closed).unicodeScalars)
        }
        return Made(
            text: String(String.UnicodeScalarView(scalars)), isSSML: below(8) > 0, isForWorker: below(2) == 0,
            voice: ["gmw/en", "roa/fr+f2", "sit/cmn"][below(3)])
    }

    /// A number below another one (xorshift64).
    private mutating func below(_ bound: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state >> 16) % bound
    }
}
