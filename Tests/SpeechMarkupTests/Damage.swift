/// Makes markup of pieces, most of them whole, and damages it.
struct Damage {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    private static let pieces = [
        "<speak>hello</speak>", "<?xml version='1.0'?>", "<!-- a > b -->", "<p><s>one.</s></p>", "fish &amp; chips",
        "&#233;&#xE9;", #"<break time="1s"/>"#, #"<mark name="a>b"/>"#, "<x:y>z</x:y>", "<![CDATA[<b> ]] &]]>",
        #"<audio src="/etc/hostname">a</audio>"#, "<AUDIO src='a'/>", #"<šudio src="a"/>"#, #"<lexicon uri="a"/>"#,
        #"<voice name="en+f2" gender="female">a</voice>"#, #"<voice name="en+../../a">b</voice>"#,
        #"<voice name="mb/mb-de5">a</voice>"#, #"<prosody rate="slow" pitch="+2st" volume="80%">a</prosody>"#,
        #"<say-as interpret-as="characters" format="glyphs">ab</say-as>"#, #"<sub alias="a &lt;audio/&gt;">b</sub>"#,
        #"<speak xml:base="/etc/" xml:lang="fr">a</speak>"#, "&#1;0I", "&#60;audio src='a'/&#62;", "<br/><h1>a</h1>",
        #"<emphasis level="strong">a</emphasis>"#, "[[_^_fr b]]", "<!DOCTYPE a>", "<", ">", "&", "\"", "'", "/", "]]>",
        "-->", "\u{1}", "\r\n", "\u{E03C}", "\u{202E}",
    ]

    /// A text.
    mutating func text() -> String {
        var scalars: [Unicode.Scalar] = []
        for _ in 0...below(4) {
            let piece = Array(Self.pieces[below(Self.pieces.count)].unicodeScalars)
            scalars.insert(contentsOf: piece, at: below(3) == 0 ? below(scalars.count + 1) : scalars.count)
        }
        for _ in 0..<(below(2) == 0 ? 0 : below(4)) where !scalars.isEmpty {
            let place = below(scalars.count)
            switch below(3) {
            case 0: scalars.remove(at: place)
            case 1: scalars[place] = Unicode.Scalar(UInt8(below(128)))
            default: scalars.removeSubrange(place..<min(scalars.count, place + below(8)))
            }
        }
        return String(String.UnicodeScalarView(scalars))
    }

    /// A number below another one (xorshift64).
    private mutating func below(_ bound: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state % UInt64(bound))
    }
}
